import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { NoticesEvent } from '#contracts/notices/notices.events.js';
import { specOf } from '#kernel/spec.js';
import { merkleRoot } from './merkle.policy.js';
import { noticeBatches, type NoticeBatchCommand } from './notice-batch.decider.js';
import { inPostmansOrder } from './order.policy.js';

const { given } = specOf(noticeBatches);

const batchId = '30000000-0000-4000-8000-000000000001';
const maker = '60000000-0000-4000-8000-000000000001';
const other = '60000000-0000-4000-8000-000000000002';
const id = (nth: number) => `2000000${nth}-0000-4000-8000-000000000000`;
const digest = (nth: number) => String(nth).repeat(64);
const cards = [1, 2, 3].map((nth) => ({ noticeId: id(nth), reservationId: id(nth), digest: digest(nth) }));
const rootOf = (...nths: number[]) => merkleRoot(nths.map(digest));
const batch = { batchId, batchNumber: 12, preparedBy: maker, cards, templateVersion: 0 };
const prepared: NoticesEvent = { type: 'NoticeBatchPrepared', data: { ...batch, hash: rootOf(1, 2, 3) } };
const approved: NoticesEvent = {
  type: 'NoticeBatchApproved',
  data: { batchId, approvedBy: other, count: 3, hash: rootOf(1, 2, 3) },
};
const printed = (good = 3): NoticesEvent => ({
  type: 'NoticeBatchPrinted',
  data: { batchId, printedBy: maker, good, spoiled: 1 },
});
const withdrawn = (nth: number, after: 'prepared' | 'approved' | 'printed'): NoticesEvent => ({
  type: 'NoticeWithdrawn',
  data: { batchId, noticeId: id(nth), serialNo: nth, after, reason: 'cancelled' },
});
const now = Date.UTC(2025, 6, 22, 1);
const approve = (more: object = {}): NoticeBatchCommand => ({
  ...{ do: 'approve', batchId, by: other, count: 3, hash: rootOf(1, 2, 3), now },
  ...{ unseenWarnings: [], ...more },
});
const pile = {
  ...{ batchId, postedBy: other, postedOn: '2025-07-23', office: '札幌中央郵便局', count: 3, excludedSerials: [] },
  ...{ cardStock: 'postalCard' as const, rateYen: 85 },
};
const post = (more: object = {}): NoticeBatchCommand => ({ do: 'post', posting: { ...pile, ...more }, today: '2025-07-23' }); // prettier-ignore

describe('the approval (R028, §4.2)', () => {
  test('is of exactly the cards that were shown and counted', () => {
    given(prepared).when(approve()).then(approved);
    given(prepared)
      .when(approve({ count: 2 }))
      .thenRefuses('batch-changed');
    given(prepared)
      .when(approve({ hash: digest(9) }))
      .thenRefuses('batch-changed');
  });
  test('of a batch that has lost a card needs another look', () => {
    given(prepared, withdrawn(2, 'prepared'))
      .when(approve())
      .thenRefuses('batch-changed', { batchId, count: 2, hash: rootOf(1, 3) });
  });
  test('is never the maker’s own, unless the city agreed; then it takes a second look ten minutes later', () => {
    given(prepared)
      .when(approve({ by: maker }))
      .thenRefuses('own-batch');
    const agreed = { by: maker, agreementNumber: '協-9' };
    const inspectedAt = new Date(now).toISOString();
    const look = { batchId, inspectedBy: maker, inspectedAt, count: 3, hash: rootOf(1, 2, 3) };
    const inspected: NoticesEvent = { type: 'NoticeBatchInspected', data: look };
    given(prepared).when(approve(agreed)).then(inspected);
    given(prepared, inspected)
      .when(approve({ ...agreed, now: now + 599_999 }))
      .thenRefuses('second-look-too-early');
    const second = { ...agreed, now: now + 600_000 };
    const own: NoticesEvent = {
      type: 'NoticeBatchApproved',
      data: { batchId, approvedBy: maker, count: 3, hash: rootOf(1, 2, 3), agreementNumber: '協-9' },
    };
    given(prepared, inspected).when(approve(second)).then(own);
  });
  test('happens once', () => {
    given(prepared, approved).when(approve()).thenRefuses('batch-not-prepared');
  });
});

describe('printing (§4.4.4, §8.3)', () => {
  const print = (good: number): NoticeBatchCommand => ({ do: 'print', batchId, by: maker, good, spoiled: 1 });
  test('balances: the good ones are those in the batch', () => {
    given(prepared, approved).when(print(3)).then(printed());
    given(prepared, approved).when(print(2)).thenRefuses('sheets-do-not-balance');
    given(prepared).when(print(3)).thenRefuses('batch-not-approved');
    given(prepared, approved, printed()).when(print(3)).thenRefuses('batch-not-approved');
  });
  test('a card that was withdrawn after the approval may have been printed before: then it has to be pulled out', () => {
    const history = [prepared, approved, withdrawn(2, 'approved')];
    given(...history)
      .when(print(2))
      .then(printed(2));
    given(...history)
      .when(print(3))
      .then(printed(3));
    given(...history, printed(2))
      .when(post({ count: 2 }))
      .then(posted({ count: 2 }, 170));
    given(...history, printed(3))
      .when(post({ count: 2 }))
      .thenRefuses('pull-list-open', { batchId, serials: [2] });
  });
  test('once more takes a second person and the old cards destroyed', () => {
    const reprint = (more: object): NoticeBatchCommand => ({
      ...{ do: 'reprint', batchId, by: other, fromSerial: 2, toSerial: 3, reason: 'jam', ...more },
    });
    const again = { batchId, fromSerial: 2, toSerial: 3, reason: 'jam' as const, spoiled: 2, confirmedBy: other };
    given(prepared, approved, printed()).when(reprint({})).then({ type: 'NoticeBatchReprinted', data: again });
    given(prepared, approved, printed())
      .when(reprint({ by: maker }))
      .thenRefuses('second-person-needed');
    given(prepared, approved, printed())
      .when(reprint({ toSerial: 4 }))
      .thenRefuses('no-such-serials');
    given(prepared, approved, printed())
      .when(reprint({ spoiled: 1 }))
      .thenRefuses('sheets-do-not-balance');
  });
});

const posted = (more: object, postageYen: number): NoticesEvent =>
  ({ type: 'NoticeBatchPosted', data: { ...pile, ...more, postageYen } }) as NoticesEvent;

describe('posting (§8.3, §8.4, R038)', () => {
  const history = [prepared, approved, printed()];
  test('is what the post counted, with its postage', () => {
    given(...history)
      .when(post())
      .then(posted({}, 255));
    const express = { express: { count: 1, rateYen: 300 } };
    given(...history)
      .when(post(express))
      .then(posted(express, 555));
    given(...history)
      .when(post({ count: 4 }))
      .thenRefuses('count-differs');
  });
  test('is counted by somebody else than who printed and counted (§8.7)', () => {
    given(...history)
      .when(post({ postedBy: maker }))
      .thenRefuses('second-person-needed');
  });
  test('waits for every voided card to be pulled out', () => {
    const voided = [...history, withdrawn(2, 'printed')];
    given(...voided)
      .when(post({ count: 2 }))
      .thenRefuses('pull-list-open');
    given(...voided)
      .when(post({ count: 2, excludedSerials: [2, 3] }))
      .thenRefuses('not-on-pull-list');
    given(...voided)
      .when(post({ count: 2, excludedSerials: [2] }))
      .then(posted({ count: 2, excludedSerials: [2] }, 170));
  });
  test('happens once, on a day that has come, and by a stock that takes so few', () => {
    given(...history, posted({}, 255))
      .when(post())
      .thenRefuses('batch-posted');
    given(...history)
      .when(post({ postedOn: '2025-07-24' }))
      .thenRefuses('posted-in-future');
    given(...history)
      .when(post({ cardStock: 'paidSeparately' }))
      .thenRefuses('too-few-for-stock');
  });
  test('nothing is withdrawn from what the post has', () => {
    const withdraw: NoticeBatchCommand = { do: 'withdraw', batchId, noticeId: id(1), reason: 'cancelled' };
    given(...history, posted({}, 255))
      .when(withdraw)
      .thenNothing();
    given(...history)
      .when(withdraw)
      .then(withdrawn(1, 'printed'));
  });
});

describe('the root', () => {
  const digests = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { minLength: 2, maxLength: 9 });
  const hex = (lists: readonly Uint8Array[]) => lists.map((one) => Buffer.from(one).toString('hex'));
  test('is another for any digest that is changed, taken out or moved', () => {
    fc.assert(
      fc.property(digests, fc.nat(), (list, at) => {
        const all = hex(list);
        const i = at % all.length;
        const changed = all.with(i, 'f'.repeat(64));
        expect(merkleRoot(changed) === merkleRoot(all)).toBe(all[i] === 'f'.repeat(64));
        expect(merkleRoot(all.toSpliced(i, 1))).not.toBe(merkleRoot(all));
        expect(merkleRoot(all.toReversed()) === merkleRoot(all)).toBe(all.join() === all.toReversed().join());
      }),
    );
  });
});

describe('the order of the postman (§4.4.4)', () => {
  const box = (postalCode: string, chome: string, blockLot: string, roomNumber?: string) => ({
    ...{ postalCode, town: '北二十四条西', chome, blockLot },
    ...(roomNumber !== undefined && { building: '試験荘', roomNumber }),
  });
  const ordered = [
    box('0010023', '9', '1番1号'),
    box('0010024', '２', '1番1号'),
    box('0010024', '10', '1番2号'),
    box('0010024', '10', '1番10号'),
    box('0010024', '10', '1番10号', '99'),
    box('0010024', '10', '1番10号', '103'),
  ];
  test('goes by number, not by letter, and is the same whoever asks', () => {
    const shuffled = [3, 5, 0, 4, 2, 1].map((i) => ordered[i]!);
    expect(inPostmansOrder(shuffled, (one) => one, (one) => JSON.stringify(one))).toEqual(ordered); // prettier-ignore
  });
});
