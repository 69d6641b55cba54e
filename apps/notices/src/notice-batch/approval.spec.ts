import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { BatchSteps } from '../rehearsal/batch-steps.js';
import { NoticesDesk, type Answer, type Asking } from '../rehearsal/notices-desk.js';
import { postingSettings, SmallTerm } from '../rehearsal/small-term.js';
import { SECOND_LOOK_MS } from './approving.policy.js';

let desk: NoticesDesk;
let term: SmallTerm;
let steps: BatchSteps;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
  steps = new BatchSteps(desk, term);
});
afterAll(() => desk.close());

const today = dateAt(Date.now());
type Made = Awaited<ReturnType<BatchSteps['prepareAll']>>;
const approve = ({ batchId, count, hash }: Made, asking: Asking = {}) =>
  desk.ask('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor', asking);
const outcome = ({ status, body }: Answer) => [status, body.slug ?? body.state];
const look = (batchId: string, document = '', asking: Asking = {}) =>
  desk.must('GET', `/notices/batches/${batchId}${document}`, undefined, 'supervisor', asking);

/** Two persons of a class that no card reaches in time, one of which lives where no postcode is known. */
async function withWarnings(sessionCode: string): Promise<Made> {
  const sessionId = await term.schedule(sessionCode, 5, plusDays(today, 1));
  for (const more of [{}, { postalCode: '9999999' }]) await term.book(sessionId, more);
  return steps.prepareAll(sessionId);
}

describe('every warning is seen by whoever approves (§4.2)', () => {
  test('the approval names the cards that were not looked at, and goes through once they were', async () => {
    const made = await withWarnings('W-1');
    const blind = await approve(made);
    expect([...outcome(blind), blind.body.serials]).toEqual([409, 'warnings-not-viewed', [1, 2]]);
    await desk.must('GET', `/notices/batches/${made.batchId}`, undefined, 'operator');
    await look(made.batchId, '', { account: 'supervisor-2' });
    expect(outcome(await approve(made))).toEqual([409, 'warnings-not-viewed']);
    const { cards } = (await look(made.batchId)).body;
    expect(cards.map(({ warnings }: { warnings: string[] }) => warnings).toSorted()).toEqual([
      ['tooLate'],
      ['tooLate', 'unknownPostalCode'],
    ]);
    expect(outcome(await approve(made))).toEqual([200, 'approved']);
  });

  test('the proof shows them too, as they will be printed, and what was seen is known after a restart', async () => {
    const made = await withWarnings('W-2');
    await look(made.batchId, '/proof.pdf');
    await desk.restart();
    expect(outcome(await approve(made))).toEqual([200, 'approved']);
  });

  test('a course title that says too much on open mail is such a warning, with a neutral one proposed (§8.5)', async () => {
    const telling = await SmallTerm.open(desk, 2, null);
    const title = '認知症の方のためのスマホ講座';
    const { position } = await desk.must('PUT', `/courses/${telling.courseId}`, { title }, 'supervisor');
    await steps.heard(position);
    const made = await new BatchSteps(desk, telling).prepared('W-4', 1);
    expect(outcome(await approve(made))).toEqual([409, 'warnings-not-viewed']);
    const { cards, titleAdvice } = (await look(made.batchId)).body;
    expect(cards[0].warnings).toEqual(['tellingTitle']);
    expect(titleAdvice).toMatchObject([{ courseTitle: title, word: '認知症', neutralTitle: 'デジタル活用講座' }]);
    const neutral = { title, neutralTitle: titleAdvice[0].neutralTitle };
    await steps.heard((await desk.must('PUT', `/courses/${telling.courseId}`, neutral, 'supervisor')).position);
    const again = await new BatchSteps(desk, telling).prepareAll(made.sessionId);
    expect(outcome(await approve(again))).toEqual([200, 'approved']);
  });

  test('without a warning, count and hash are enough', async () => {
    expect(outcome(await approve(await steps.prepared('W-3', 3)))).toEqual([200, 'approved']);
  });
});

describe('a desk with one supervisor, as the city agreed (§4.2, §8.26)', () => {
  const own: Asking = { account: 'alone' };
  const prepareAlone = async (sessionCode: string, persons: number) => {
    const sessionId = await term.schedule(sessionCode);
    const booked = await term.bookMany(sessionId, persons);
    const { body } = await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] }, 'supervisor', own);
    return { ...(body as Made), booked };
  };
  /** Nobody can turn the clock of the log: what was looked at is put back by as much instead. */
  const minutesPass = async (batchId: string, minutes: number) => {
    await desk.stop();
    await desk.on('notices', async (pool) => {
      // Past the guard of the log, which lets nobody change an event
      await pool.query('set session_replication_role = replica');
      await pool.query(
        `update events set data = jsonb_set(data, '{inspectedAt}', to_jsonb(to_char(
         (data ->> 'inspectedAt')::timestamptz at time zone 'UTC' - make_interval(mins => $2), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')))
       where type = 'NoticeBatchInspected' and data ->> 'batchId' = $1`,
        [batchId, minutes],
      );
    });
    await desk.restart();
  };

  test('the maker approves on a second look ten minutes later, and nobody’s own batch goes without the agreement', async () => {
    const before = await prepareAlone('A-1', 1);
    expect(outcome(await approve(before, own))).toEqual([403, 'own-batch']);
    const agreed = { ...postingSettings, validFrom: today, singleSupervisorAgreement: '協-9' };
    await desk.must('POST', '/notices/posting-settings', agreed, 'supervisor');

    const made = await prepareAlone('A-2', 3);
    expect(outcome(await approve(made, own))).toEqual([200, 'prepared']);
    const early = await approve(made, own);
    expect(outcome(early)).toEqual([409, 'second-look-too-early']);
    const { secondLookFrom } = (await look(made.batchId)).body;
    expect([early.body.from, Date.parse(secondLookFrom) > Date.now() + SECOND_LOOK_MS - 120_000]).toEqual([secondLookFrom, true]); // prettier-ignore
    await minutesPass(made.batchId, 9);
    expect(outcome(await approve(made, own))).toEqual([409, 'second-look-too-early']);
    await minutesPass(made.batchId, 2);
    expect(outcome(await approve(made, own))).toEqual([200, 'approved']);
    const [told] = await desk.query<{ data: object }>(
      `select data from events where type = 'NoticeBatchApproved' and data ->> 'batchId' = $1`,
      [made.batchId],
    );
    expect(told!.data).toMatchObject({ agreementNumber: '協-9', count: 3 });
  });

  test('a card that left meanwhile makes it another batch: the first look begins again', async () => {
    const made = await prepareAlone('A-3', 2);
    await approve(made, own);
    await minutesPass(made.batchId, 11);
    const path = `/reservations/${made.booked[0]!.reservationId}/cancel`;
    await steps.heard((await desk.must('POST', path, { reasonCode: 'illness' })).position);
    expect(outcome(await approve(made, own))).toEqual([409, 'batch-changed']);
    const { count, hash } = (await look(made.batchId)).body;
    expect(outcome(await approve({ ...made, count, hash }, own))).toEqual([200, 'prepared']);
    expect(outcome(await approve({ ...made, count, hash }, own))).toEqual([409, 'second-look-too-early']);
  });
});
