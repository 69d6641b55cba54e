import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { Rows } from '#platform/hosting/rows.js';
import { FIRST_HASH } from './access-entry.js';
import { accessCounts, anchorBefore } from './access-figures.js';
import { accessEntry, AccessLogRig } from './access-log-rig.js';

let rig: AccessLogRig;
let rows: Rows;
let now = 0;
beforeAll(async () => {
  rig = await AccessLogRig.make();
  rows = new Rows({ pool: rig.pool });
});
afterAll(() => rig.close());

/** Three entries at noon of the 11th, one a minute before midnight, two on the 12th. (UTC, for short) */
beforeEach(async () => {
  await rig.startAnew();
  const log = await rig.open({ clock: { now: () => now } });
  const write = async (at: string, ...entry: Parameters<typeof accessEntry>) => {
    now = Date.parse(at);
    await log.write(accessEntry(...entry));
  };
  for (let i = 0; i < 3; i++) await write('2025-07-11T12:00:00Z');
  await write('2025-07-11T23:59:00Z', { action: 'print', purpose: 'roster-print' });
  for (let i = 0; i < 2; i++) await write('2025-07-12T00:00:00Z');
  await log.close();
});

describe('what a report says of an access log', () => {
  test('how often, by action and purpose, of the days asked for and no other', async () => {
    const of = (from: string, until: string) => accessCounts(rows, Date.parse(from), Date.parse(until));
    expect(await of('2025-07-11T00:00:00Z', '2025-07-12T00:00:00Z')).toEqual([
      { action: 'search', purpose: 'booking', count: 3 },
      { action: 'print', purpose: 'roster-print', count: 1 },
    ]);
    expect(await of('2025-07-10T00:00:00Z', '2025-07-11T00:00:00Z')).toEqual([]);
  });

  test('the last entry of a day and its hash, which stand as they are whatever is written later', async () => {
    const stored = await rig.rows();
    const anchor = await anchorBefore(rows, Date.parse('2025-07-12T00:00:00Z'));
    expect(anchor).toEqual({ n: 4, at: '2025-07-11T23:59:00.000Z', hash: stored[3]!['hash'] });
    const log = await rig.open();
    await log.write(accessEntry());
    expect(await anchorBefore(rows, Date.parse('2025-07-12T00:00:00Z'))).toEqual(anchor);
    expect((await rig.prove()).broken).toBeUndefined();
  });

  test('is the beginning of the chain before the first entry', async () => {
    expect(await anchorBefore(rows, Date.parse('2025-07-11T00:00:00Z'))).toEqual({ n: 0, at: null, hash: FIRST_HASH });
  });

  test('a paper with the anchor tells of a chain that was written anew behind it', async () => {
    const printed = await anchorBefore(rows, Date.parse('2025-07-12T00:00:00Z'));
    await rig.startAnew();
    const log = await rig.open({ clock: { now: () => now } });
    // The same entries but one, in a chain that proves itself
    for (const at of ['12:00', '12:00', '12:00', '23:59']) {
      now = Date.parse(`2025-07-11T${at}:00Z`);
      await log.write(accessEntry({ accountId: 'somebody-else' }));
    }
    await log.close();
    expect((await rig.prove()).broken).toBeUndefined();
    const found = await anchorBefore(rows, Date.parse('2025-07-12T00:00:00Z'));
    expect([found.n, found.hash === printed.hash]).toEqual([4, false]);
  });
});
