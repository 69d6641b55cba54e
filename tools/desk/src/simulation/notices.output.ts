import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeskClient } from '../desk-client.js';
import { check, type Check } from './check.js';
import type { Booking } from './ledger.js';
import type { EndOfDay, Output } from './output.js';
import { townsOfSapporo } from './towns.js';

/** `GET /notices` (design §7). */
export interface Notice {
  readonly noticeId: string;
  readonly reservationId: string;
  readonly sessionId: string;
  readonly state: string;
}

interface Batch {
  readonly batchId: string;
  readonly batchNumber: number;
  readonly count: number;
  readonly hash: string;
  readonly leftOut: readonly { readonly noticeId: string; readonly reason: string }[];
}

export interface Card {
  readonly serialNo: number;
  readonly noticeId: string;
  readonly reservationId: string;
  readonly sessionId: string;
}

const DOCUMENTS = ['notices.docx', 'notices.pdf', 'addresses.pdf'] as const;
/** A notice that is nobody's any more. */
const ENDED = new Set(['voided', 'reissued']);

/** Every booking gets its card: postcodes are found, a batch is prepared, approved by somebody else, made and printed. */
export const notices: Output = {
  name: 'the notices',
  run: async (day) => {
    const { operator } = day.desk;
    const bookings = day.evidence.ledger.active();
    await findPostcodes(operator, bookings);
    // Where others have booked before, their notices are none of this day's business
    const isAlone = day.evidence.before.every(({ reserved }) => reserved === 0);
    const known = new Set(bookings.map(({ reservationId }) => reservationId));
    const isOurs = ({ reservationId }: { readonly reservationId: string }) => isAlone || known.has(reservationId);
    const due = (await settledNotices(operator, bookings)).filter(isOurs);
    const ids = new Set(due.map(({ noticeId }) => noticeId));
    const { status, body: batch } = await operator.ask<Batch>('POST', '/notices/batches', {});
    if (status !== 201)
      return { checks: [check('notices-prepared', 'a batch', [`refused: ${JSON.stringify(batch)}`])] };
    await approve(day, batch);
    const { cards } = await operator.must<{ cards: Card[] }>('GET', `/notices/batches/${batch.batchId}`);
    const made = await download(day, batch);
    await operator.must('POST', `/notices/batches/${batch.batchId}/printed`, { good: batch.count, spoiled: 0 });
    const printed = (await allNotices(operator)).filter(({ state }) => state === 'printed').length;
    return {
      checks: [
        everyBookingHasOneNotice(bookings, due),
        everyNoticeIsPrinted(bookings, cards.filter(isOurs), {
          count: isAlone ? batch.count : cards.filter(isOurs).length,
          leftOut: batch.leftOut.filter(({ noticeId }) => isAlone || ids.has(noticeId)),
        }),
        cardsInOrder(bookings, cards),
        check('notices-documents', made.told.join(', '), made.wrong),
      ],
      summary: { notices: { due: due.filter(isLive).length, printed } },
    };
  },
};

/** 郵便番号調査中: what a caller did not know is looked up, and the booking corrected (§8.12). */
async function findPostcodes(operator: DeskClient, bookings: readonly Booking[]): Promise<void> {
  for (const { reservationId, applicant } of bookings) {
    if (applicant.postalCode !== undefined) continue;
    const { postalCode } = townsOfSapporo().find(
      ({ ward, town }) => ward === applicant.ward && town === applicant.town,
    )!;
    await operator.must('PATCH', `/reservations/${reservationId}/applicant`, { postalCode });
  }
}

async function allNotices(operator: DeskClient): Promise<Notice[]> {
  const all: Notice[] = [];
  for (let after = ''; ;) {
    const page = await operator.must<{ notices: Notice[]; next?: string }>('GET', `/notices?limit=500${after}`);
    all.push(...page.notices);
    if (page.next === undefined) return all;
    after = `&after=${page.next}`;
  }
}

/** Once the service has heard of every booking and every correction: half a minute at most. */
async function settledNotices(operator: DeskClient, bookings: readonly Booking[]): Promise<Notice[]> {
  const known = new Set(bookings.map(({ reservationId }) => reservationId));
  for (let end = Date.now() + 30_000; ;) {
    const all = await allNotices(operator);
    const heard = all.filter((one) => isLive(one) && known.has(one.reservationId)).length;
    const isMissingPostcode = (all as (Notice & { postalCodeMissing?: boolean })[]).some(
      (one) => isLive(one) && one.postalCodeMissing,
    );
    if ((heard >= bookings.length && !isMissingPostcode) || Date.now() > end) return all;
    await sleep(200);
  }
}

/** By somebody else than who made it, who has seen every warning of it first (§4.2). */
async function approve({ desk }: EndOfDay, { batchId }: Batch): Promise<void> {
  const other = desk.accounts.find(({ role }) => role === 'supervisor')!;
  const supervisor = await desk.operator.colleague(other);
  const { count, hash } = await supervisor.must<Batch>('GET', `/notices/batches/${batchId}`);
  await supervisor.must('POST', `/notices/batches/${batchId}/approve`, { count, hash });
}

/** What is printed, in `notices/<batchId>`. */
async function download({ desk, out }: EndOfDay, { batchId }: Batch): Promise<{ told: string[]; wrong: string[] }> {
  const folder = join(out, 'notices', batchId);
  mkdirSync(folder, { recursive: true });
  const told: string[] = [];
  const wrong: string[] = [];
  for (const name of DOCUMENTS) {
    const { status, bytes, contentType } = await downloaded(desk.operator, `/notices/batches/${batchId}/${name}`);
    const start = bytes.subarray(0, 4).toString('latin1');
    const isWhole = status === 200 && (start === '%PDF' || start.startsWith('PK'));
    if (!isWhole && slugIn(bytes) === 'converter-missing') {
      told.push(`${name} needs LibreOffice`);
      continue;
    }
    if (isWhole)
      writeFileSync(join(folder, contentType === 'application/zip' ? `${name}.zip` : name), bytes, { mode: 0o600 });
    if (isWhole) told.push(`${name} ${Math.ceil(bytes.length / 1_024)} KB`);
    else wrong.push(`${name}: ${status} ${slugIn(bytes)}`);
  }
  return { told, wrong };
}

/** Documents of many cards take their time: asked again until they are there. */
async function downloaded(operator: DeskClient, path: string) {
  for (let end = Date.now() + 120_000; ;) {
    const answer = await operator.download(path);
    if (answer.status !== 503 || Date.now() > end) return answer;
    await sleep(500);
  }
}

function slugIn(bytes: Buffer): string {
  try {
    return (JSON.parse(bytes.toString()) as { slug?: string }).slug ?? '';
  } catch {
    return '';
  }
}

const isLive = ({ state }: Notice) => !ENDED.has(state);

export function everyBookingHasOneNotice(bookings: readonly Booking[], all: readonly Notice[]): Check {
  const live = new Map<string, Notice[]>();
  for (const notice of all.filter(isLive))
    live.set(notice.reservationId, [...(live.get(notice.reservationId) ?? []), notice]);
  const wrong = bookings.flatMap(({ reservationId, receiptNumber, sessionId }) => {
    const [one, ...more] = live.get(reservationId) ?? [];
    if (one === undefined) return [`${receiptNumber} has none`];
    if (more.length > 0) return [`${receiptNumber} has ${more.length + 1}`];
    return one.sessionId === sessionId ? [] : [`${receiptNumber} is told of another session`];
  });
  const known = new Set(bookings.map(({ reservationId }) => reservationId));
  const strange = [...live.keys()].filter((reservationId) => !known.has(reservationId));
  return check('every-booking-has-one-notice', `${bookings.length} bookings`, [
    ...wrong,
    ...strange.map((id) => `${id} is no booking`),
  ]);
}

export function everyNoticeIsPrinted(
  bookings: readonly Booking[],
  cards: readonly Card[],
  { count, leftOut }: Pick<Batch, 'count' | 'leftOut'>,
): Check {
  const wrong = leftOut.map(({ noticeId, reason }) => `${noticeId} was left out: ${reason}`);
  if (count !== bookings.length || cards.length !== count)
    wrong.push(`${cards.length} cards of ${bookings.length} bookings, ${count} counted`);
  return check('every-notice-is-printed', `${count} cards`, wrong);
}

/** Numbered without a gap, each booking once, in the order of the postman: by postcode (§4.4). */
export function cardsInOrder(bookings: readonly Booking[], cards: readonly Card[]): Check {
  const postcodeOf = new Map(bookings.map((one) => [one.reservationId, one.applicant.postalCode]));
  const seen = new Set<string>();
  const wrong: string[] = [];
  let last = '';
  for (const [nth, { serialNo, reservationId }] of cards.entries()) {
    if (serialNo !== nth + 1) wrong.push(`card ${nth + 1} has the number ${serialNo}`);
    if (seen.has(reservationId)) wrong.push(`card ${serialNo} is a second one`);
    seen.add(reservationId);
    const postcode = postcodeOf.get(reservationId) ?? last;
    if (postcode < last) wrong.push(`card ${serialNo} is out of the order of postcodes`);
    last = postcode;
  }
  return check('cards-in-order', `${cards.length} cards by number and postcode`, wrong);
}
