import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { accessPolicy } from '#contracts/access/access-policy.js';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { undocumentedIn } from '#platform/rehearsal/documented-answer.js';
import { nullRequests } from '#platform/rehearsal/null-requests.js';
import { oddRequests, type InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { openInquiriesDesk, type InquiriesDesk } from './inquiries-desk.js';
import { termId } from './reception-term.js';
import { sessionId, tellSmallPlan } from './small-plan.js';

let desk: InquiriesDesk;
let document: InterfaceDocument;
beforeAll(async () => {
  desk = await openInquiriesDesk();
  await tellSmallPlan(desk, '2099-08-05');
  document = (await (await fetch(`${desk.url}/openapi.json`)).json()) as InterfaceDocument;
});
afterAll(() => desk.close());

test('every endpoint of the policy is documented, and nothing else', () => {
  const documented = Object.entries(document.paths as Record<string, object>).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.replaceAll(/\{(\w+)\}/g, ':$1')}`),
  );
  const own = accessPolicy
    .filter(({ service }) => service === 'inquiries')
    .map(({ method, path }) => `${method} ${path}`);
  expect(documented.filter((one) => own.includes(one)).toSorted()).toEqual(own.toSorted());
});

test('a null where none is documented is refused by the name of its field, in every body', async () => {
  const taken: string[] = [];
  for (const { method, path, route, body, field } of nullRequests(document, termId)) {
    const answer = await desk.ask(method, path, body, ['supervisor', 'manager', 'city']);
    const named = answer.body?.fields?.some((wrong: { field: string }) => wrong.field === field);
    if (answer.status !== 400 || !named) taken.push(`${method} ${route} ${field}: ${answer.status}`);
  }
  expect(taken).toEqual([]);
});

test('the interface document points to nothing that is not there', () => {
  expect(documentFlaws(document)).toEqual([]);
});

test.each([
  ['GET', '/inquiries/{inquiryId}/note', 404],
  ['DELETE', '/calls/{callId}/draft', 404],
  ['GET', '/faq/export.xlsx', 200],
  ['GET', '/faq/export.docx', 200],
])('%s %s is answered as the document says, also of what is no id', async (method, route, expected) => {
  const { status, body } = await desk.ask(method, route.replace(/\{\w+\}/, 'x'));
  expect([status, undocumentedIn(document, { method, route, status, body })]).toEqual([expected, []]);
});

test('anything of the documented shape, and anything of none, meets a reason and never an error of ours', async () => {
  const { callId } = (await desk.ask('POST', '/calls', {})).body;
  const contact = { name: '高橋 次郎', phoneNumber: '090-1234-5678' };
  const question = { category: 'venue', question: '駐車場はありますか', callbackWanted: true, contact };
  const made = [
    await desk.ask('POST', '/inquiries', { category: 'venue', outcome: 'answered' }),
    await desk.ask('POST', '/escalations', question),
    await desk.ask('POST', '/complaints', { category: 'notice', words: '届かない' }),
    await desk.ask('POST', '/callbacks', { cause: 'vacancyWish', sessionId, contact }),
    await desk.ask('POST', '/faq', { category: 'venue', question: '駐車場', answer: 'ありません' }),
  ].flatMap(({ body }) =>
    Object.entries(body as object)
      .filter(([name]) => name.endsWith('Id'))
      .map(([, id]) => String(id)),
  );
  await fc.assert(
    fc.asyncProperty(oddRequests(document, [termId, sessionId, callId, ...made]), async ({ method, path, body }) => {
      const { status, body: answer } = await desk.ask(method, path, body, ['supervisor', 'manager', 'city']);
      // seats for paper are asked of reservations, who is not there
      if (status === 503 && path.startsWith('/paper-packs')) return;
      if (status >= 500) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(answer)}`);
      if (status >= 400 && typeof answer.slug !== 'string') throw new Error(`no slug: ${JSON.stringify(answer)}`);
    }),
    { numRuns: Number(process.env['UKETSUKE_ODD_RUNS'] ?? 400), endOnFailure: true },
  );
});
