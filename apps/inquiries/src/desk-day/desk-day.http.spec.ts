import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { newId } from '#kernel/ids.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { firstTerm, termPlanned } from '../rehearsal/reception-term.js';

const SECRET = '山田花子 011-555-0199';
const today = dateAt(Date.now());
const [sessionId, holdId] = [newId(), newId()];

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await desk.tell(
    ...termPlanned({
      ...firstTerm,
      reception: { ...firstTerm.reception, from: plusDays(today, -3), to: plusDays(today, 10) },
    }),
  );
});
afterAll(() => desk.close());

const takeCall = async () => (await desk.ask('POST', '/calls', {})).body.callId as string;
const content = { familyName: SECRET, step: 4 };

describe('a draft', () => {
  test('is kept while the call lasts, and told to its operator again', async () => {
    const callId = await takeCall();
    const put = (version?: number) =>
      desk.ask('PUT', `/calls/${callId}/draft`, { content, ...(version !== undefined && { version }) });
    expect(await put(0)).toMatchObject({ status: 200, body: { callId, version: 1 } });
    expect(await put(1)).toMatchObject({ status: 200, body: { version: 2 } });
    expect(await put(1)).toMatchObject({ status: 409, body: { slug: 'draft-changed' } });
    expect((await desk.read(`/calls/${callId}/draft`)).body).toMatchObject({ callId, version: 2, content });
  });

  test('of another operator is not shown; the supervisor may take it over, and it is in the access log', async () => {
    const callId = await takeCall();
    await desk.ask('PUT', `/calls/${callId}/draft`, { content });
    // an operator with another account: roles make the account of a spec
    expect(await desk.ask('GET', `/calls/${callId}/draft`, undefined, ['operator', 'city'])).toMatchObject({
      status: 403,
      body: { slug: 'draft-of-another' },
    });
    expect((await desk.ask('GET', `/calls/${callId}/draft`, undefined, 'supervisor')).body.content).toEqual(content);
    const logged = await desk.query(`select purpose, subjects from access_log order by n desc limit 1`);
    expect(logged).toEqual([{ purpose: 'draft-taken-over', subjects: [callId] }]);
  });

  test('is sealed: no word of it stands in the database', async () => {
    const tables = await desk.query(
      `select table_name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`,
    );
    for (const { table_name } of tables) {
      const rows = await desk.query(`select t::text as row from ${String(table_name)} t`);
      const hex = Buffer.from(SECRET).toString('hex');
      for (const { row } of rows)
        expect([String(row).includes('山田'), String(row).includes(hex)]).toEqual([false, false]);
    }
  });

  test('that is erased leaves a record, and erased again no second one', async () => {
    const callId = await takeCall();
    await desk.ask('PUT', `/calls/${callId}/draft`, { content });
    const records = async () => (await desk.query(`select count(*)::int as n from deletion_record`))[0]!['n'];
    const before = (await records()) as number;
    expect(await desk.ask('DELETE', `/calls/${callId}/draft`)).toMatchObject({ status: 204 });
    expect(await desk.ask('DELETE', `/calls/${callId}/draft`)).toMatchObject({ status: 204 });
    expect(await records()).toBe(before + 1);
    expect(await desk.read(`/calls/${callId}/draft`)).toMatchObject({ status: 404 });
  });

  test('of no call, or as long as a book, is refused', async () => {
    expect(await desk.ask('PUT', `/calls/${newId()}/draft`, { content })).toMatchObject({ status: 404 });
    const book = { text: 'あ'.repeat(12_000) };
    expect(await desk.ask('PUT', `/calls/${await takeCall()}/draft`, { content: book })).toMatchObject({
      status: 413,
      body: { slug: 'draft-too-large' },
    });
  });
});

describe('the end of the day', () => {
  test('does not come while a seat is held', async () => {
    const held = { holdId, sessionId, seats: 1, expiresAt: new Date(Date.now() + 300_000).toISOString() };
    await desk.tell({ stream: `class-session-${sessionId}`, event: { type: 'SeatHeld', data: held } });
    await until(async () => (await desk.read(`/days/${today}`)).body.checks.unreleasedHolds === 1);
    const refused = await desk.ask('POST', `/days/${today}/close`, { anyway: true }, 'supervisor');
    expect(refused).toMatchObject({ status: 409, body: { slug: 'day-not-ready', checks: { unreleasedHolds: 1 } } });
    const over = { holdId, sessionId, seats: 1, cause: 'lapsed' } as const;
    await desk.tell({ stream: `class-session-${sessionId}`, event: { type: 'HoldReleased', data: over } });
    await until(async () => (await desk.read(`/days/${today}`)).body.checks.unreleasedHolds === 0);
  });

  test('does not come while drafts are open, unless somebody says that they may go', async () => {
    const callId = await takeCall();
    await desk.ask('PUT', `/calls/${callId}/draft`, { content });
    const refused = await desk.ask('POST', `/days/${today}/close`, {}, 'supervisor');
    expect(refused).toMatchObject({ status: 409, body: { slug: 'day-not-ready' } });
    expect(refused.body.checks.openDrafts).toBeGreaterThan(0);
    expect(await desk.read(`/calls/${callId}/draft`)).toMatchObject({ status: 200 });
  });

  test('erases every draft with a record of it, once', async () => {
    const { body } = await desk.read(`/days/${today}`);
    const closed = await desk.ask('POST', `/days/${today}/close`, { anyway: true }, 'supervisor');
    expect(closed).toMatchObject({ status: 200, body: { date: today, draftsErased: body.checks.openDrafts } });
    expect(await desk.query('select * from call_draft')).toEqual([]);
    const [record] = await desk.query(
      `select d.count from deletion_record d join events e on e.data ->> 'deletionRecordId' = d.deletion_id::text`,
    );
    expect(record).toEqual({ count: body.checks.openDrafts });
    await desk.ask('POST', `/days/${today}/close`, { anyway: true }, 'supervisor');
    expect(await desk.query(`select count(*)::int as n from events where type = 'DayClosed'`)).toEqual([{ n: 1 }]);
    expect((await desk.read(`/days/${today}`)).body).toMatchObject({ state: 'closed' });
  });

  test('ends the saving of drafts for that day', async () => {
    const callId = await takeCall();
    expect(await desk.ask('PUT', `/calls/${callId}/draft`, { content })).toMatchObject({
      status: 409,
      body: { slug: 'day-closed' },
    });
  });

  test('is no future day and no day that does not exist', async () => {
    expect(await desk.ask('POST', `/days/${plusDays(today, 1)}/close`, {}, 'supervisor')).toMatchObject({
      body: { slug: 'day-not-over' },
    });
    expect(await desk.ask('GET', '/days/2025-02-30')).toMatchObject({ status: 404 });
  });
});

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await holds()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It never came to that.');
}
