import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { defaultTemplateFile } from '#office/template/default-template.js';
import { NoticesDesk } from '../rehearsal/notices-desk.js';
import { SmallTerm } from '../rehearsal/small-term.js';
import { DOCX } from '../template/template-upload.js';
import { OfficeConverter, pagesOf } from './office-converter.js';

let desk: NoticesDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await NoticesDesk.open();
  term = await SmallTerm.open(desk);
});
afterAll(() => desk.close());

const WORDS = '受講が決まりましたので、お知らせします。';
const CITY = '受講が決まりました。札幌市からのお知らせです。';

/** The desk's own, as a city would change it in Word. */
async function cityTemplate(): Promise<Blob> {
  const parts = unzipSync(await defaultTemplateFile());
  const document = strFromU8(parts['word/document.xml']!).replace(WORDS, CITY);
  const bytes = zipSync({ ...parts, 'word/document.xml': strToU8(document) });
  return new Blob([new Uint8Array(bytes)], { type: DOCX });
}

async function approved(sessionCode: string, persons: number): Promise<string> {
  const sessionId = await term.schedule(sessionCode, 600);
  await term.bookMany(sessionId, persons);
  const { batchId, count, hash } = (await desk.must('POST', '/notices/batches', { sessionIds: [sessionId] })).body;
  await desk.must('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'supervisor');
  return batchId;
}

describe('the city’s own template (R022, §8.8)', () => {
  test('is used from its acceptance on; a batch that was made before keeps its own', async () => {
    const before = await approved('C-1', 1);
    const accepted = await desk.must(
      'PUT',
      `/templates/notice?termId=${term.termId}`,
      await cityTemplate(),
      'supervisor',
    );
    expect(accepted.body).toMatchObject({ templateVersion: 1, fields: expect.arrayContaining(['氏名']) });
    const { inUse } = (await desk.must('GET', '/templates/notice')).body;
    expect(inUse).toMatchObject([{ termId: term.termId, templateVersion: 1 }]);
    const after = await approved('C-2', 2);
    const words = async (batchId: string) => {
      const { bytes } = await desk.must('GET', `/notices/batches/${batchId}/notices.docx`);
      return strFromU8(unzipSync(bytes)['word/document.xml']!);
    };
    expect(await words(before)).not.toContain(CITY);
    expect(await words(after)).toContain(CITY);
  });

  test('is looked at before it is used, with the longest name and address there are, marked 見本', async () => {
    const preview = (query: string, file?: Blob) =>
      desk.ask('POST', `/templates/notice/preview${query}`, file, 'supervisor');
    const versions = async () => (await desk.must('GET', '/templates/notice')).body.versions.length;
    const before = await versions();
    const shown = await preview('', await cityTemplate());
    const words = strFromU8(unzipSync(shown.bytes)['word/document.xml']!);
    for (const word of [CITY, '勅使河原小路', 'マクシミリアン', '見本']) expect(words).toContain(word);
    expect(await versions()).toBe(before);
    const own = await preview('?templateVersion=0&as=pdf');
    const outcome = own.status === 200 ? `${pagesOf(own.bytes)} page` : own.body.slug;
    expect(outcome).toBe((await new OfficeConverter().program()) === undefined ? 'converter-missing' : '1 page');
    const refused = await preview('', new Blob(['これは様式ではありません'], { type: DOCX }));
    expect([refused.status, refused.body.slug]).toEqual([422, 'template-refused']);
    expect((await preview('')).body.slug).toBe('unreadable-file');
    expect((await preview('?templateVersion=99')).status).toBe(404);
  }, 180_000);

  test('an earlier one is chosen again only as the city agreed', async () => {
    const back = `/templates/notice?termId=${term.termId}&templateVersion=0`;
    const bare = await desk.ask('PUT', back, undefined, 'supervisor');
    expect([bare.status, bare.body.slug]).toEqual([422, 'agreement-needed']);
    const agreed = encodeURIComponent('協-8');
    expect((await desk.must('PUT', `${back}&agreementNumber=${agreed}`, undefined, 'supervisor')).body.templateVersion).toBe(0); // prettier-ignore
    expect((await desk.must('PUT', `/templates/notice?termId=${term.termId}`, await cityTemplate(), 'supervisor')).status).toBe(200); // prettier-ignore
  });

  test('is rendered by LibreOffice, a page a card; without it that is said, and the .docx is still there', async () => {
    const path = `/notices/batches/${await approved('C-3', 3)}`;
    const [home, converter] = [process.env['PATH'], await new OfficeConverter().program()];
    process.env['PATH'] = '';
    await desk.restart();
    process.env['PATH'] = home;
    const without = await desk.ask('GET', `${path}/notices.pdf`);
    expect([without.status, without.body.slug]).toEqual([409, 'converter-missing']);
    expect((await desk.must('GET', `${path}/notices.docx`)).status).toBe(200);
    await desk.restart();
    const withIt = await desk.ask('GET', `${path}/notices.pdf`);
    const outcome = withIt.status === 200 ? `${pagesOf(withIt.bytes)} pages` : withIt.body.slug;
    expect(outcome).toBe(converter === undefined ? 'converter-missing' : '3 pages');
    const { documents } = (await desk.must('GET', path)).body;
    const checks = documents.map(({ name, pageCheck }: Record<string, unknown>) => `${name} ${pageCheck}`);
    expect(checks).toContain(converter === undefined ? 'notices.docx notDone' : 'notices.pdf ok');
  }, 180_000);

  test('over five hundred cards is a zip of files of five hundred, in the order of the serials', async () => {
    const path = `/notices/batches/${await approved('C-4', 504)}`;
    const { bytes } = await desk.must('GET', `${path}/notices.docx`);
    const files = Object.entries(unzipSync(bytes));
    const serials = files.map(([, file]) =>
      [...strFromU8(unzipSync(file)['word/document.xml']!).matchAll(/B\d+-(\d{4})\/0504/g)].map(([, serial]) =>
        Number(serial),
      ),
    );
    expect(serials.map((ofFile) => new Set(ofFile).size)).toEqual([500, 4]);
    expect([...new Set(serials.flat())]).toEqual(Array.from({ length: 504 }, (_, nth) => nth + 1));
  }, 180_000);
});
