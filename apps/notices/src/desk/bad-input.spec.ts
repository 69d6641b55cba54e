import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { defaultTemplateFile } from '#office/template/default-template.js';
import { newId } from '#kernel/ids.js';
import { documentFlaws } from '#platform/rehearsal/document-flaws.js';
import { nullRequests } from '#platform/rehearsal/null-requests.js';
import { oddRequests, type InterfaceDocument } from '#platform/rehearsal/odd-requests.js';
import { BatchSteps } from '../rehearsal/batch-steps.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { applicant, SmallTerm } from '../rehearsal/small-term.js';
import { DOCX } from '../template/template-upload.js';

let desk: NoticesDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
});
afterAll(() => desk.close());

const upload = (bytes: Uint8Array, query = '') =>
  desk.ask('PUT', `/templates/notice${query}`, new Blob([new Uint8Array(bytes)], { type: DOCX }), 'supervisor');

/** The desk's own template with its text changed. */
async function changed(change: (xml: string) => string): Promise<Uint8Array> {
  const parts = unzipSync(await defaultTemplateFile());
  const document = change(strFromU8(parts['word/document.xml']!));
  return zipSync({ ...parts, 'word/document.xml': strToU8(document) });
}

describe('a template that cannot be printed on open mail is refused with every reason', () => {
  test.each([
    ['no file', async () => new Uint8Array(0)],
    ['no zip', async () => strToU8('これは様式ではありません')],
    ['an A4 page', () => changed((xml) => xml.replace(/w:w="\d+"( w:h=)"\d+"/, 'w:w="11906"$1"16838"'))],
    ['a field that nobody knows', () => changed((xml) => xml.replace('講座名', '血液型'))],
    ['a zip bomb', async () => zipSync({ 'word/document.xml': new Uint8Array(64 * 1024 * 1024) }, { level: 9 })],
  ])('%s', async (_, make) => {
    const answer = await upload(await make());
    expect([answer.status, answer.body.slug]).toEqual([answer.status === 400 ? 400 : 422, answer.status === 400 ? 'unreadable-file' : 'template-refused']); // prettier-ignore
  });

  test('the field is named', async () => {
    const { body } = await upload(await changed((xml) => xml.replace('講座名', '血液型')));
    expect(JSON.stringify(body.refusals)).toContain('血液型');
  });

  test('what is no template at all is refused by its type', async () => {
    const answer = await desk.ask('PUT', '/templates/notice', { a: 1 }, 'supervisor');
    expect([answer.status, answer.body.slug]).toEqual([400, 'unreadable-file']);
  });

  test('an operator changes none', async () => {
    const file = new Blob([new Uint8Array(await defaultTemplateFile())], { type: DOCX });
    expect((await desk.ask('PUT', '/templates/notice', file)).status).toBe(403);
  });
});

describe('names that somebody typed', () => {
  test('are printed as they are: XML, braces, as many kana as there can be; what has no glyph is left out and told', async () => {
    const sessionId = await term.schedule('B-1');
    const names = ['</w:t><w:t>&lt;', '{{講座名}}B', 'ア'.repeat(50), '髙﨑𠮷𩸽'];
    for (const familyName of names) await term.book(sessionId, { familyName });
    await term.book(sessionId, { familyName: '😀' });
    await term.book(sessionId, { postalCode: '9999999', blockLot: '1番1号', building: 'い'.repeat(60) });
    const { batchId, count, hash, leftOut } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] }))
      .body;
    expect(leftOut.map(({ reason }: { reason: string }) => reason)).toContain('missingGlyph');
    expect(count + leftOut.length).toBe(names.length + 2);
    await new BatchSteps(desk, term).approve({ batchId, count, hash });
    const docx = await desk.must('GET', `/notices/batches/${batchId}/notices.docx`);
    const text = strFromU8(unzipSync(docx.bytes)['word/document.xml']!);
    expect(text).toContain('&lt;/w:t&gt;&lt;w:t&gt;&amp;lt;');
    expect(text).toContain('{{講座名}}B');
  });

  test.each([
    ['a control character', { familyName: '山\u0008田' }],
    ['a line break', { building: '北一条ビル\n501' }],
    ['60 kana in one name', { familyName: 'ア'.repeat(60) }],
    ['an address of 200 characters in one line', { blockLot: '大'.repeat(200) }],
  ])('%s is refused at the telephone, by the name of its field', async (_, more) => {
    const [field] = Object.keys(more);
    const attendees = [{ applicant: applicant(8_000, more) }];
    const { status, body } = await desk.ask('POST', '/reservations', {
      sessionId: newId(),
      attendees,
    });
    expect([status, body.slug, body.fields[0].field]).toEqual([400, 'invalid-body', `attendees.0.applicant.${field}`]);
  });

  test('60 kana in a name, or an address of 200 characters, that no card can hold: told by name of the notice, and nobody else waits', async () => {
    const sessionId = await term.schedule('B-4');
    await term.book(sessionId, { familyName: 'ア'.repeat(50), givenName: 'イ'.repeat(10) });
    await term.book(sessionId, {
      blockLot: '1番'.padEnd(60, '大'),
      building: '北'.repeat(80),
      careOf: '様方'.repeat(30),
    });
    const none = await desk.ask('POST', '/notices/batches', { sessionIds: [sessionId] });
    const reasons = ({ leftOut }: { leftOut: { reason: string }[] }) => leftOut.map(({ reason }) => reason);
    expect([none.status, none.body.slug, reasons(none.body)]).toEqual([409, 'nothing-to-prepare', ['overflow', 'overflow']]); // prettier-ignore
    await term.book(sessionId, { familyName: 'ア'.repeat(15), givenName: 'イ'.repeat(15), building: '北'.repeat(40) });
    const made = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    expect([made.count, reasons(made)]).toEqual([1, ['overflow', 'overflow']]);
    await new BatchSteps(desk, term).approve(made);
    expect((await desk.must('GET', `/notices/batches/${made.batchId}/addresses.pdf`)).status).toBe(200);
  });

  test('a postcode that does not exist is printed as it was said, without bars, and told to who approves', async () => {
    const sessionId = await term.schedule('B-5');
    await term.book(sessionId, { postalCode: '9999999' });
    const { batchId } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    const { cards } = (await desk.must('GET', `/notices/batches/${batchId}`)).body;
    expect(cards[0].warnings).toEqual(['unknownPostalCode']);
  });

  test('a missing postcode blocks printing, not booking', async () => {
    const sessionId = await term.schedule('B-2');
    await term.book(sessionId, { postalCode: undefined });
    const answer = await desk.ask('POST', '/notices/batches', { sessionIds: [sessionId] });
    expect([answer.status, answer.body.slug]).toEqual([409, 'nothing-to-prepare']);
    const { notices } = (await desk.must('GET', `/notices?sessionId=${sessionId}`)).body;
    expect(notices).toMatchObject([{ state: 'due', postalCodeMissing: true }]);
  });
});

describe('bad input is refused with a reason', () => {
  test.each([
    ['settings without a lead for everywhere', '/notices/posting-settings', { offices: [{ name: '局', cutOff: '17:00', leads: [{ destination: '06', days: 2 }] }] }], // prettier-ignore
    ['an approval without a count', '/notices/batches/00000000-0000-4000-8000-000000000000/approve', { hash: 'x' }],
    ['a posting on no day', '/notices/batches/00000000-0000-4000-8000-000000000000/posted', { postedOn: '2026-02-30', office: '局', count: 1, excludedSerials: [] }], // prettier-ignore
    ['a selection of nothing', '/notices/batches', { noticeIds: [] }],
    ['a return for a reason the post does not print', '/notices/00000000-0000-4000-8000-000000000000/returned', { reason: '転居' }], // prettier-ignore
  ])('%s', async (_, path, body) => {
    const { postingSettings } = await import('../rehearsal/small-term.js');
    const asked = path.endsWith('posting-settings') ? { ...postingSettings, ...body } : body;
    const answer = await desk.ask('POST', path, asked, 'supervisor');
    expect([answer.status, answer.body.slug]).toEqual([400, 'invalid-body']);
  });

  test('a posting in the future', async () => {
    const { batchId } = await new BatchSteps(desk, term).approved('B-6', 1);
    await desk.must('POST', `/notices/batches/${batchId}/printed`, { good: 1, spoiled: 0 });
    const pile = { postedOn: plusDays(dateAt(Date.now()), 2), office: '局', count: 1, excludedSerials: [] };
    const answer = await desk.ask('POST', `/notices/batches/${batchId}/posted`, pile, 'supervisor');
    expect([answer.status, answer.body.slug]).toEqual([409, 'posted-in-future']);
  });

  test('a null where none is documented is refused by the name of its field, in every body', async () => {
    const document = (await (await fetch(`${desk.url}/openapi.json`)).json()) as InterfaceDocument;
    const taken: string[] = [];
    for (const { method, path, route, body, field } of nullRequests(document, newId())) {
      const answer = await desk.ask(method, path, body, 'supervisor');
      const named = answer.body?.fields?.some((wrong: { field: string }) => wrong.field === field);
      if (answer.status !== 400 || !named) taken.push(`${method} ${route} ${field}: ${answer.status}`);
    }
    expect(taken).toEqual([]);
  });

  test('anything of the documented shape, and anything of none: never an error of ours', async () => {
    const document = (await (await fetch(`${desk.url}/openapi.json`)).json()) as InterfaceDocument;
    expect(documentFlaws(document)).toEqual([]);
    const sessionId = await term.schedule('B-3');
    const { reservationId, personId } = await term.book(sessionId);
    const { batchId } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
    const [{ noticeId }] = (await desk.must('GET', `/notices?reservationId=${reservationId}`)).body.notices;
    const ids = [sessionId, term.termId, reservationId, personId, batchId, noticeId];
    await fc.assert(
      fc.asyncProperty(oddRequests(document, ids), async ({ method, path, body }) => {
        const { status, body: answer } = await desk.ask(method, path, body, 'supervisor');
        if (status >= 500 && answer?.slug !== 'unavailable') throw new Error(`${status} ${JSON.stringify(answer)}`);
        if (status >= 400 && typeof answer?.slug !== 'string') throw new Error(`no slug: ${JSON.stringify(answer)}`);
      }),
      { numRuns: Number(process.env['UKETSUKE_ODD_RUNS'] ?? 300), endOnFailure: true },
    );
  });
});
