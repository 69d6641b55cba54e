import { arrivals, type Arrival } from './arrivals.js';
import { Chance } from './chance.js';
import { familyName, givenName, typed, type Named } from './names.js';
import { townsOfSapporo, type Town } from './towns.js';

/** What an operator types into the form of `POST /reservations`. */
export interface Applicant {
  readonly familyName: string;
  readonly givenName: string;
  readonly familyNameKana: string;
  readonly givenNameKana: string;
  readonly phoneNumber?: string;
  readonly postalCode?: string;
  readonly prefecture: string;
  readonly city: string;
  readonly ward: string;
  readonly town: string;
  readonly chome?: string;
  readonly blockLot: string;
  readonly building?: string;
  readonly roomNumber?: string;
}

/** Somebody who wants something of the desk, alone, as a couple, or for a parent. */
export interface Caller {
  /** Who shall come: one, or two. */
  readonly applicants: readonly Applicant[];
  /** Who calls for them, if they do not call themselves. */
  readonly proxy?: { readonly name: string; readonly relation: string; readonly phoneNumber: string };
  /** The course they ask for, counted from 0; most want the first. */
  readonly course: number;
  /** Where they live, and would like to go. */
  readonly ward: string;
  /** Would go elsewhere, if there is room. */
  readonly isFlexible: boolean;
}

/**
 * `book`: wants a seat. `ask`: asks and books nothing. `hangUp`: is gone when the seat is held. `again`: has booked, and
 * calls as if not. `move`, `cancel`: calls about the booking of an earlier call.
 */
export type Purpose = 'book' | 'ask' | 'hangUp' | 'again' | 'move' | 'cancel';

export interface PlannedCall extends Arrival {
  /** From 0, in order of arrival. */
  readonly nth: number;
  readonly caller: Caller;
  readonly purpose: Purpose;
  /** The earlier call that booked what this one is about. */
  readonly about?: number;
}

/** How many calls later somebody calls again, at the earliest: the desk is through with the first by then. */
const LATER = 20;

/** Everybody who will call, made up from the seed: the same seed, the same people. */
export function planCalls(calls: number, seats: number, seed: number): PlannedCall[] {
  const chance = new Chance(seed);
  const planned: PlannedCall[] = [];
  const open: number[] = [];
  for (const [nth, arrival] of arrivals(calls, seats, chance).entries()) {
    const about = open.findIndex((one) => one <= nth - LATER);
    const follows = about >= 0 && chance.happens(0.22);
    if (follows && !arrival.abandoned) {
      const [earlier] = open.splice(about, 1) as [number];
      const purpose = chance.weighted([['move', 5], ['cancel', 4], ['again', 3]] as const); // prettier-ignore
      planned.push({ ...arrival, nth, purpose, about: earlier, caller: planned[earlier]!.caller });
      continue;
    }
    const purpose = chance.weighted([['book', 85], ['ask', 11], ['hangUp', 4]] as const); // prettier-ignore
    planned.push({ ...arrival, nth, purpose, caller: newCaller(nth, chance) });
    if (purpose === 'book' && !arrival.abandoned) open.push(nth);
  }
  return planned;
}

function newCaller(nth: number, chance: Chance): Caller {
  const town = chance.one(townsOfSapporo());
  const phoneNumber = `011${2_000_000 + nth * 17 + chance.whole(0, 16)}`;
  const home = { phoneNumber, ...addressIn(town, chance) };
  const family = familyName(chance);
  const given = givenName(chance);
  const applicant = { ...nameOf(family, given, chance), ...home };
  const course = chance.weighted([[0, 40], [1, 25], [2, 15], [3, 10], [4, 10]] as const); // prettier-ignore
  const wish = { course, ward: town.ward, isFlexible: chance.happens(0.75) };
  const kind = chance.weighted([['alone', 76], ['couple', 12], ['parent', 12]] as const); // prettier-ignore
  if (kind === 'alone') return { ...wish, applicants: [applicant] };
  if (kind === 'couple') {
    const partner = otherGivenName(given, chance);
    return { ...wish, applicants: [applicant, { ...nameOf(family, partner, chance), ...home }] };
  }
  const proxy = {
    name: family[0] + givenName(chance)[0],
    relation: chance.one(['長女', '長男', '次女', '孫', '長男の妻']),
    phoneNumber: `0901${phoneNumber.slice(-7)}`,
  };
  const { phoneNumber: _, ...withoutTelephone } = applicant;
  return { ...wish, applicants: [chance.happens(0.3) ? withoutTelephone : applicant], proxy };
}

function nameOf(family: Named, given: Named, chance: Chance) {
  return {
    ...{ familyName: family[0], givenName: given[0] },
    ...{ familyNameKana: typed(family[1], chance), givenNameKana: typed(given[1], chance) },
  };
}

/** Read otherwise: two people of one household. */
function otherGivenName(given: Named, chance: Chance): Named {
  for (;;) {
    const other = givenName(chance);
    if (other[1] !== given[1]) return other;
  }
}

function addressIn({ postalCode, ward, town }: Town, chance: Chance) {
  return {
    // A few do not know their postcode (§8.12)
    ...(!chance.happens(0.02) && { postalCode }),
    ...{ prefecture: '北海道', city: '札幌市', ward, town },
    ...(town.includes('条') && { chome: `${chance.whole(1, 20)}丁目` }),
    blockLot: `${chance.whole(1, 30)}番${chance.whole(1, 40)}号`,
    ...(chance.happens(0.4) && {
      building: chance.one(['メゾン北', 'ＳＴ－Ｔｏｗｅｒ', '第３コーポ']),
      roomNumber: String(chance.whole(101, 1_208)),
    }),
  };
}
