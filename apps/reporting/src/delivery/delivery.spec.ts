import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, unzipSync } from 'fflate';
import crypto from 'officecrypto-tool';
import { ReportDesk } from '../rehearsal/report-desk.js';
import * as told from '../rehearsal/told.js';
import { idOf } from '../rehearsal/told.js';
import type { Delivery } from './deliveries.js';

let desk: ReportDesk;
const post = (path: string, body: object = {}, as = 'sv1') => desk.ask(path, { method: 'POST', body, as });
const answerOf = async (answer: Response) => [answer.status, ((await answer.json()) as { slug: string }).slug];

const wanted = (kind: string, name: string, more: object = {}) => ({
  ...{ kind, id: idOf(name), purpose: kind === 'handover' ? 'handover' : 'deliverable' },
  ...{ recipient: 'デジタル企画課', medium: 'media', mediumNumber: 'USB-07', ...more },
});

/** Asked for by one, agreed to by another. */
async function approved(kind: string, name: string): Promise<string> {
  const request = await post('/export-requests', wanted(kind, name), 'op1');
  const { exportRequestId } = (await request.json()) as { exportRequestId: string };
  expect((await post(`/export-requests/${exportRequestId}/approve`)).status).toBe(200);
  return exportRequestId;
}

async function ordered(kind: string, name: string): Promise<{ deliveryId: string; password: string }> {
  const answer = await post('/deliveries', { exportRequestId: await approved(kind, name) });
  expect(answer.status).toBe(200);
  return (await answer.json()) as { deliveryId: string; password: string };
}

async function recordOf(deliveryId: string): Promise<Delivery> {
  const { deliveries } = (await (await desk.ask('/deliveries')).json()) as { deliveries: Delivery[] };
  return deliveries.find((one) => one.deliveryId === deliveryId)!;
}

async function inDatabase(sql: string): Promise<string> {
  return JSON.stringify((await desk.query(sql)).rows);
}

beforeAll(async () => {
  desk = await ReportDesk.open();
  await desk.tell(...told.ground(), told.scheduled('0702 10:00', 'A'), told.made('0711 09:00', 'A', 'r0'));
});
afterAll(() => desk.close());

test.each([
  ['session', 'A'],
  ['term', 't1'],
])('the rosters of a %s leave sealed, and the password goes another way (P13, P21)', async (kind, name) => {
  const { deliveryId, password } = await ordered(kind, name);
  const answer = await desk.ask(`/deliveries/${deliveryId}.xlsx`);
  expect(answer.status).toBe(200);
  const sealed = Buffer.from(await answer.arrayBuffer());
  expect(JSON.stringify([...answer.headers])).not.toContain(password);
  expect(crypto.isEncrypted(sealed)).toBe(true);
  expect((await crypto.decrypt(sealed, { password })).subarray(0, 2).toString()).toBe('PK');
  // the record knows the file and not the password
  expect(await recordOf(deliveryId)).toMatchObject({
    ...{ subject: `${kind}/${idOf(name)}`, recipient: 'デジタル企画課', mediumNumber: 'USB-07', orderedBy: 'sv1' },
    ...{ sha256: createHash('sha256').update(sealed).digest('hex'), pieces: 1, transport: null, receivedOn: null },
  });
  const tables = await inDatabase(
    'select (select json_agg(d) from delivery d) d, (select json_agg(a) from access_log a) a, (select json_agg(r) from export_request r) r',
  );
  expect(tables).not.toContain(password);
  // once
  expect(await answerOf(await desk.ask(`/deliveries/${deliveryId}.xlsx`))).toEqual([409, 'delivery-over']);
});

describe('a file leaves when one asked and another agreed (§8.20)', () => {
  test('not before: without a decision, after a no, or on the word of whoever asked', async () => {
    const request = await post('/export-requests', wanted('session', 'A'), 'op1');
    const { exportRequestId } = (await request.json()) as { exportRequestId: string };
    const order = () => post('/deliveries', { exportRequestId });
    expect(await answerOf(await order())).toEqual([403, 'export-not-approved']);
    expect(await answerOf(await post(`/export-requests/${exportRequestId}/approve`, {}, 'op1'))).toEqual([403, 'own-request']); // prettier-ignore
    expect(await answerOf(await order())).toEqual([403, 'export-not-approved']);
    const reason = { reason: '引渡し先が未定' };
    expect((await post(`/export-requests/${exportRequestId}/refuse`, reason, 'sv2')).status).toBe(200);
    expect(await answerOf(await order())).toEqual([403, 'export-not-approved']);
    expect(await answerOf(await post(`/export-requests/${exportRequestId}/approve`))).toEqual([409, 'export-decided']);
    expect(await answerOf(await post('/deliveries', { exportRequestId: idOf('none') }))).toEqual([404, 'not-found']);
  });

  test('and an approval that somebody writes into the table for themselves is no row', async () => {
    await post('/export-requests', wanted('session', 'A'), 'op1');
    const forged = `update export_request set state = 'approved', decided_by = requested_by where state = 'requested'`;
    await expect(inDatabase(forged)).rejects.toThrow('by_another');
  });

  test('one file a request: what is asked for again needs another yes', async () => {
    const exportRequestId = await approved('session', 'A');
    const order = async () => (await (await post('/deliveries', { exportRequestId })).json()) as { deliveryId: string };
    // a password that was lost before the file was made is no file
    const [first, second] = [await order(), await order()];
    const fetched = await Promise.all([first, second].map(({ deliveryId }) => desk.ask(`/deliveries/${deliveryId}.xlsx`))); // prettier-ignore
    expect(fetched.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    expect(await answerOf(await post('/deliveries', { exportRequestId }))).toEqual([409, 'export-done']);
  });

  test('of two who decide at once one decides, and the same decision again is the same', async () => {
    const request = await post('/export-requests', wanted('session', 'A'), 'op1');
    const { exportRequestId } = (await request.json()) as { exportRequestId: string };
    const approve = (as: string) => post(`/export-requests/${exportRequestId}/approve`, {}, as);
    const both = await Promise.all(['sv1', 'sv2'].map(approve));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
    const again = await approve(both[0]!.status === 200 ? 'sv1' : 'sv2');
    expect(await again.json()).toMatchObject({ state: 'approved' });
  });

  test('the access log names the request, who agreed, and the file (P11)', async () => {
    const { deliveryId } = await ordered('session', 'A');
    await desk.ask(`/deliveries/${deliveryId}.xlsx`);
    const { exportRequestId } = await recordOf(deliveryId);
    const log = JSON.parse(
      await inDatabase(
        `select account_id, action, purpose, outcome, subjects::text[] from access_log where '${exportRequestId}' = any (subjects) order by n`,
      ),
    );
    expect(log).toEqual([
      expect.objectContaining({ account_id: 'op1', outcome: 'requested', subjects: [idOf('A'), exportRequestId] }),
      expect.objectContaining({ account_id: 'sv1', outcome: 'approved' }),
      expect.objectContaining({ action: 'export', outcome: 'sealed', subjects: [idOf('A'), exportRequestId, deliveryId] }), // prettier-ignore
    ]);
  });

  test('what is asked for must be there, and a medium has a number', async () => {
    const ask = async (...asked: Parameters<typeof wanted>) =>
      answerOf(await post('/export-requests', wanted(...asked)));
    expect(await ask('session', 'none')).toEqual([404, 'not-found']);
    expect(await ask('term', 'none')).toEqual([404, 'not-found']);
    expect(await ask('handover', 'none')).toEqual([404, 'not-found']);
    expect(await ask('session', 'A', { mediumNumber: undefined })).toEqual([422, 'medium-number-missing']);
    expect(await ask('session', 'A', { purpose: 'handover' })).toEqual([422, 'purpose-mismatch']);
    expect(await ask('handover', 't1', { purpose: 'deliverable' })).toEqual([422, 'purpose-mismatch']);
  });

  test('an operator asks, and agrees to nothing; who is no handler asks for nothing', async () => {
    const body = wanted('session', 'A');
    expect((await desk.ask('/export-requests', { method: 'POST', body, roles: ['operator'] })).status).toBe(200);
    expect((await desk.ask('/export-requests', { method: 'POST', body, roles: ['operator'], handler: false })).status).toBe(403); // prettier-ignore
    expect((await desk.ask(`/export-requests/${idOf('x')}/approve`, { method: 'POST', roles: ['operator'] })).status).toBe(403); // prettier-ignore
    expect((await desk.ask('/export-requests', { roles: ['auditor'] })).status).toBe(200);
  });
});

describe('持出し記録 (P21)', () => {
  const sealed = { handedOverOn: '2025-07-25', carrier: 'courier', container: 'BOX-2', sealNumber: 'S-118', trackingNumber: '4412-0001-7723' }; // prettier-ignore

  test('a file is made, handed over, received and its copy destroyed, in this order, each recorded once', async () => {
    const { deliveryId } = await ordered('session', 'A');
    const step = (did: string, body: object) => post(`/deliveries/${deliveryId}/${did}`, body);
    expect(await answerOf(await step('handed-over', sealed))).toEqual([409, 'delivery-not-made']);
    expect(await answerOf(await desk.ask(`/deliveries/${deliveryId}/receipt.docx`))).toEqual([409, 'delivery-not-made']); // prettier-ignore
    await desk.ask(`/deliveries/${deliveryId}.xlsx`);
    const received = { receivedOn: '2025-07-26' };
    expect(await answerOf(await step('received', received))).toEqual([409, 'delivery-not-handed-over']);
    expect((await step('handed-over', sealed)).status).toBe(200);
    expect((await step('handed-over', sealed)).status).toBe(200);
    expect(await answerOf(await step('handed-over', { ...sealed, sealNumber: 'S-119' }))).toEqual([409, 'delivery-recorded']); // prettier-ignore
    expect((await step('received', received)).status).toBe(200);
    const destroyed = { destroyedOn: '2026-02-27', method: 'overwritten' };
    expect(await (await step('destroyed', destroyed)).json()).toMatchObject({
      ...{ transport: sealed, receivedOn: '2025-07-26', destroyed },
    });
    expect((await post(`/deliveries/${idOf('none')}/received`, received)).status).toBe(404);
  });

  test('a medium goes locked, sealed and traceable; what is missing is named', async () => {
    const { deliveryId } = await ordered('session', 'A');
    await desk.ask(`/deliveries/${deliveryId}.xlsx`);
    const hand = async (body: object) => {
      const answer = await post(`/deliveries/${deliveryId}/handed-over`, { handedOverOn: '2025-07-25', ...body });
      return [answer.status, ((await answer.json()) as { missing?: string[] }).missing];
    };
    expect(await hand({ carrier: 'courier' })).toEqual([422, ['container', 'sealNumber', 'trackingNumber']]);
    expect(await hand({ carrier: 'network', container: 'BOX-2', sealNumber: 'S-1' })).toEqual([422, ['carrier']]);
    expect(await hand({ carrier: 'hand', container: 'BOX-2', sealNumber: 'S-1' })).toEqual([200, undefined]);
  });

  test('the paper that goes with it has the file, its hash and its way, and no password', async () => {
    const { deliveryId, password } = await ordered('session', 'A');
    await desk.ask(`/deliveries/${deliveryId}.xlsx`);
    await post(`/deliveries/${deliveryId}/handed-over`, sealed);
    const answer = await desk.ask(`/deliveries/${deliveryId}/receipt.docx`);
    const text = strFromU8(unzipSync(new Uint8Array(await answer.arrayBuffer()))['word/document.xml']!);
    const { sha256 } = await recordOf(deliveryId);
    for (const part of [sha256!, 'BOX-2', 'S-118', '4412-0001-7723', 'USB-07', '申請 op1、承認 sv1']) {
      expect(text).toContain(part);
    }
    expect(text).not.toContain(password);
  });
});
