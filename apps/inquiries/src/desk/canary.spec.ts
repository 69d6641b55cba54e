import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { everyFile, everyTable, marksIn } from '#platform/rehearsal/canary.js';
import { ServiceLog } from '#platform/service/logging.js';
import { openInquiriesDesk, type InquiriesDesk } from '../rehearsal/inquiries-desk.js';
import { sessionId, tellSmallPlan } from '../rehearsal/small-plan.js';

const written: string[] = [];
let desk: InquiriesDesk;
beforeAll(async () => {
  const destination = { write: (line: string) => written.push(line) };
  desk = await openInquiriesDesk({ log: new ServiceLog({ service: 'canary', level: 'debug', destination }) });
  await tellSmallPlan(desk, '2099-08-05');
});
afterAll(() => desk?.close());

const contact = { name: '鸚鵡山 金糸雀', phoneNumber: '011-999-8877' };
const marks = [
  ...['鸚鵡山', '金糸雀', 'オウムヤマ', '0119998877', '011-999-8877', '鳥籠荘', '止木様方', '籠の鍵'],
  // who sits at a telephone, and what a caller said in passing
  ...['SIP/oumuyama', 'oumuyama', '市の鷹匠'],
];

const texts: Readonly<Record<string, string>> = {
  queueLog: [
    `1752195600|1752195600.9|uketsuke|NONE|ENTERQUEUE||0119998877|1`,
    `1752195610|1752195600.9|uketsuke|SIP/oumuyama|CONNECT|10|1752195610.1|3`,
    `1752195700|1752195600.9|uketsuke|SIP/oumuyama|COMPLETECALLER|10|90|1`,
    // cut in half, and a line of nothing: neither is shown
    `1752195700|1752195700.1|uketsuke|NONE|ENTERQUEUE||01199`,
    `鸚鵡山 0119998877`,
  ].join('\n'),
  calls: `通話番号,日付,時刻,応答,氏名\nL-1,2025/7/11,9:30,応答,鸚鵡山\n鸚鵡山,2025/7/11,9:30,応答,金糸雀\n`,
  traffic: `日付,時間帯,着信,話中\n2025/7/11,9:00～10:00,鸚鵡山,1\n`,
};

test('names, numbers, words and telephones of people stand in no event, table, log line, metric and refusal', async () => {
  const refusals: string[] = [];
  const say = async (...asked: Parameters<InquiriesDesk['ask']>) => {
    const answer = await desk.ask(...asked);
    if (answer.status >= 400) refusals.push(JSON.stringify(answer.body));
    return answer;
  };
  const file = (text: string, type: string) => new Blob([text], { type });
  const imports = [
    await say('POST', '/calls/import?format=queueLog&queue=uketsuke', file(texts['queueLog']!, 'text/plain'), 'supervisor'), // prettier-ignore
    await say('POST', '/calls/import?format=calls', file(texts['calls']!, 'text/csv'), 'supervisor'),
    await say('POST', '/calls/import?format=traffic', file(texts['traffic']!, 'text/csv'), 'supervisor'),
    await say('POST', '/calls/import?format=queueLog&queue=鸚鵡山', file('鸚鵡山', 'text/plain'), 'supervisor'),
  ];
  expect(marksIn({ imports: JSON.stringify(imports.map(({ body }) => body)) }, marks)).toEqual([]);

  const { callId } = (await say('POST', '/calls', { extension: 'SIP/oumuyama' })).body;
  const draft = { familyName: '鸚鵡山', kana: 'オウムヤマ', phoneNumber: '0119998877', building: '鳥籠荘' };
  const saved = await say('PUT', `/calls/${callId}/draft`, { content: draft });
  await say('PUT', `/calls/${callId}/draft`, { content: draft, version: 7 });
  await say('PUT', `/calls/${callId}/draft`, { content: '鸚鵡山' });
  await say('PATCH', `/calls/${callId}/close`, { purpose: '鸚鵡山', outcome: 'booked', note: '鳥籠荘' });

  const inquiry = { category: 'other', outcome: 'answered', note: '鸚鵡山様、鳥籠荘の鳥を連れて来たい', callId };
  const asked = await say('POST', '/inquiries', { ...inquiry, unlisted: '籠の鍵を失くした人は' });
  await say('POST', '/inquiries', { ...inquiry, category: '鸚鵡山' });

  const question = { category: 'eligibility', question: '市外の方は参加できますか', callbackWanted: true, contact };
  const opened = await say('POST', '/escalations', { ...question, background: '鸚鵡山様は鳥籠荘にお住まい', callId });
  await say('POST', '/escalations', { ...question, question: '鸚鵡山様は参加できますか' });
  const { escalationId } = opened.body;
  await say('POST', `/escalations/${escalationId}/confirm`, {}, 'manager');
  await say('POST', `/escalations/${escalationId}/send-to-city`, { means: 'telephone' }, 'manager');
  const instruction = { instruction: '鸚鵡山様に籠の鍵をお返しください', answeredBy: 'city', means: 'telephone' };
  await say('POST', `/escalations/${escalationId}/answer`, instruction, 'manager');
  const sheet = await say('GET', `/escalations/${escalationId}/sheet.docx`, undefined, 'manager');

  const complained = await say('POST', '/complaints', { category: 'notice', words: '鸚鵡山様の葉書が止木様方へ', contact, urgent: true }); // prettier-ignore
  const { complaintId } = complained.body;
  const call = { means: 'telephone', reached: true, checklist: [], who: '市の鷹匠', what: '鳥籠荘の件を伝えた' };
  await say('POST', `/complaints/${complaintId}/city-calls`, call, 'manager');
  await say('POST', `/complaints/${complaintId}/notes`, { part: 'course', text: 'オウムヤマ様に電話' });
  await say('POST', `/complaints/${complaintId}/notes`, { part: '鸚鵡山', text: '鳥籠荘' });

  const wished = await say('POST', '/callbacks', { cause: 'vacancyWish', sessionId, contact });
  await say('POST', '/callbacks', { cause: 'vacancyWish', contact });
  await say('POST', '/callbacks', { cause: 'vacancyWish', sessionId, contact: { ...contact, phoneNumber: '鸚鵡山' } });
  await say('GET', `/callbacks/鸚鵡山?cause=${encodeURIComponent('金糸雀')}`);
  await say('POST', '/faq/search', { text: '鸚鵡山 金糸雀' });
  await say('POST', '/faq/search', { text: '鸚鵡山', category: '金糸雀' });

  // Everything is there for whoever may read it, so there was something to give away
  expect([saved, asked, opened, complained, wished, sheet].map(({ status }) => status)).toEqual([
    ...[200, 201, 201, 201, 201, 200],
  ]);
  expect((await desk.read(`/callbacks/${wished.body.callbackId}`)).body.contact).toEqual(contact);
  expect((await desk.read(`/complaints/${complaintId}`)).body.notes).toHaveLength(3);
  const seen = {
    tables: await everyTable(desk.databaseUrl),
    keys: everyFile(desk.keyDirectory),
    log: written.join(''),
    refusals: refusals.join('\n'),
    metrics: await (await fetch(`${desk.url}/metrics`)).text(),
  };
  expect(refusals.length).toBeGreaterThan(8);
  expect(seen.tables).toContain('QueueLinesHeard');
  expect(seen.log).toContain('/complaints');
  expect(marksIn(seen, marks)).toEqual([]);
});
