import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { endOfNextBusinessDay } from '#calendar/business-hours.js';
import { instantOf } from '#calendar/civil-time.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { tellSmallPlan } from '../rehearsal/small-plan.js';

let desk: InquiriesDesk;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(() => desk?.close());

const words = '通知書が届かないと山田花子様がお怒り';
const raise = (more: object = {}) => desk.ask('POST', '/complaints', { category: 'notice', words, ...more });
const step = (id: string, name: string, what: object = {}, as: 'operator' | 'manager' | 'supervisor' = 'manager') =>
  desk.ask('POST', `/complaints/${id}/${name}`, what, as);

describe('a complaint', () => {
  test('of Friday 7/18 15:50 is due on Tuesday 7/22 at 16:00 (R043, acceptance scenario E)', async () => {
    const { body } = await raise({ receivedAt: '2025-07-18T15:50:00+09:00' });
    expect(body.reportBy).toBe(new Date(instantOf('2025-07-22', '16:00')).toISOString());
    const { complaints } = (await desk.read('/complaints?open=true&overdue=true')).body;
    expect(complaints).toEqual([expect.objectContaining({ complaintId: body.complaintId, overdue: true })]);
    const late = await step(body.complaintId, 'report');
    expect(late.body.state).toBe('reported');
    const read = (await desk.read(`/complaints/${body.complaintId}`)).body;
    expect(read).toMatchObject({ onTime: false, overdue: false });
    expect((await desk.read('/complaints?open=true&overdue=true')).body.complaints).toEqual([]);
  });

  test('of today is reported by the 責任者 in time, with what was done, and closed after', async () => {
    const raised = await raise();
    const { complaintId, reportBy } = raised.body;
    const due = endOfNextBusinessDay(Date.now(), { opensAt: '09:00', closesAt: '16:00' });
    expect(reportBy).toBe(new Date(due).toISOString());
    expect((await step(complaintId, 'notes', { part: 'course', text: '再発行をお約束' }, 'operator')).status).toBe(201);
    expect((await step(complaintId, 'report', {}, 'supervisor')).body.slug).toBe('forbidden');
    expect((await step(complaintId, 'close', { result: 'resolved' })).body.slug).toBe('complaint-not-reported');
    await step(complaintId, 'report');
    expect((await step(complaintId, 'close', { result: 'resolved' }, 'supervisor')).body.state).toBe('closed');
    const { notes, onTime, steps } = (await desk.read(`/complaints/${complaintId}`)).body;
    expect({ onTime, texts: notes.map(({ text }: { text: string }) => text) }).toEqual({
      ...{ onTime: true, texts: [words, '再発行をお約束'] },
    });
    expect(steps.map(({ type }: { type: string }) => type.replace('Complaint', ''))).toEqual([
      ...['Raised', 'Noted', 'Reported', 'Closed'],
    ]);
  });

  test('that is urgent asks for the telephone at once, and says when who was told what (R044)', async () => {
    const { complaintId, cityMustBeTold } = (await raise({ urgent: true })).body;
    expect(cityMustBeTold).toBe(true);
    const { checklist, dueAt } = (await desk.read(`/complaints/${complaintId}`)).body;
    expect(checklist.map(({ point }: { point: string }) => point)).toContain('whatHappened');
    expect(Date.parse(dueAt) - Date.now()).toBeLessThanOrEqual(600_000);
    const call = { means: 'telephone', reached: true, checklist: ['whoCalls', 'whatHappened'] };
    expect((await step(complaintId, 'city-calls', { ...call, reached: false })).body.cityMustBeTold).toBe(true);
    const told = await step(complaintId, 'city-calls', { ...call, who: 'デジタル企画課 佐藤様', what: '至急の回収' });
    expect(told.body.cityMustBeTold).toBe(false);
    const read = (await desk.read(`/complaints/${complaintId}`)).body;
    expect(read.minutesToReach).toBe(0);
    expect(read.notes.at(-1)).toMatchObject({ part: 'cityCall', who: 'デジタル企画課 佐藤様', text: '至急の回収' });
    const [{ plain }] = (await desk.query(
      `select count(*)::int as plain from events where data::text like '%佐藤%' or data::text like '%山田%'`,
    )) as [{ plain: number }];
    expect(plain).toBe(0);
  });

  test('is marked urgent later by whoever notices; the operator does not call the city', async () => {
    const { complaintId } = (await raise()).body;
    const call = { means: 'telephone', reached: true, checklist: [] };
    expect((await step(complaintId, 'city-calls', call)).body.slug).toBe('not-urgent');
    expect((await step(complaintId, 'urgent', {}, 'operator')).body.urgent).toBe(true);
    expect((await step(complaintId, 'city-calls', call, 'operator')).body.slug).toBe('forbidden');
    const early = await step(complaintId, 'city-calls', { ...call, toldAt: '2025-01-01T00:00:00Z' });
    expect(early).toMatchObject({ status: 400, body: { slug: 'told-at-impossible' } });
  });

  test('is read by nobody who is no designated handler, and not by the city', async () => {
    expect((await desk.read('/complaints', 'city')).body.slug).toBe('forbidden');
    expect((await desk.ask('POST', '/complaints', { category: 'venue', words }, 'auditor')).body.slug).toBe(
      'forbidden',
    );
  });
});
