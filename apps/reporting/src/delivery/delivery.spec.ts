import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import crypto from 'officecrypto-tool';
import { openPool } from '#platform/log/connection.js';
import { ReportDesk } from '../rehearsal/report-desk.js';
import * as told from '../rehearsal/told.js';
import { idOf } from '../rehearsal/told.js';

let desk: ReportDesk;
const order = (kind: string, name: string) =>
  desk.ask('/deliveries', {
    method: 'POST',
    body: { kind, id: idOf(name), recipient: 'デジタル企画課', medium: 'media', tracking: 'USB-07' },
  });
const slug = async (answer: Response) => ((await answer.json()) as { slug: string }).slug;

beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(...told.ground(), told.scheduled('0702 10:00', 'A'), told.made('0711 09:00', 'A', 'r0'));
});
afterAll(() => desk.close());

test.each([
  ['session', 'A'],
  ['term', 't1'],
])('the rosters of a %s leave sealed, and the password goes another way (P13, P21)', async (kind, name) => {
  const ordered = (await (await order(kind, name)).json()) as { deliveryId: string; password: string };
  const { deliveryId, password } = ordered;
  const answer = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect(answer.status).toBe(200);
  const sealed = Buffer.from(await answer.arrayBuffer());
  expect(JSON.stringify([...answer.headers])).not.toContain(password);
  expect(crypto.isEncrypted(sealed)).toBe(true);
  expect((await crypto.decrypt(sealed, { password })).subarray(0, 2).toString()).toBe('PK');
  // the record knows the file and not the password
  const { deliveries } = (await (await desk.ask('/deliveries')).json()) as { deliveries: { deliveryId: string }[] };
  expect(deliveries.find((one) => one.deliveryId === deliveryId)).toMatchObject({
    ...{ subject: `${kind}/${idOf(name)}`, recipient: 'デジタル企画課', tracking: 'USB-07', orderedBy: 'sv1' },
    ...{ sha256: createHash('sha256').update(sealed).digest('hex'), receivedOn: null },
  });
  const pool = openPool({ url: desk.database.url, name: 'spec' }, 1);
  const tables = await pool.query(
    'select (select json_agg(d) from delivery d) d, (select json_agg(a) from access_log a) a',
  );
  await pool.end();
  expect(JSON.stringify(tables.rows)).not.toContain(password);
  expect(JSON.stringify(tables.rows[0])).toContain(deliveryId);
  // once
  const again = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect([again.status, await slug(again)]).toEqual([409, 'delivery-over']);
});

test('of two who fetch a delivery at once, one gets it', async () => {
  const { deliveryId } = (await (await order('session', 'A')).json()) as { deliveryId: string };
  const both = await Promise.all([1, 2].map(() => desk.ask(`/deliveries/${deliveryId}.xlsx`)));
  expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
});

test('the receipt of the city is recorded for what was made, and for nothing else', async () => {
  const { deliveryId } = (await (await order('session', 'A')).json()) as { deliveryId: string };
  const receive = (id: string) =>
    desk.ask(`/deliveries/${id}/received`, { method: 'POST', body: { receivedOn: '2025-07-26' } });
  const early = await receive(deliveryId);
  expect([early.status, await slug(early)]).toEqual([409, 'delivery-not-made']);
  await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect(await (await receive(deliveryId)).json()).toMatchObject({ receivedOn: '2025-07-26' });
  expect((await receive(idOf('none'))).status).toBe(404);
});

test('a session that is none makes no file', async () => {
  const { deliveryId } = (await (await order('session', 'none')).json()) as { deliveryId: string };
  const answer = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect([answer.status, await slug(answer)]).toEqual([404, 'not-found']);
});
