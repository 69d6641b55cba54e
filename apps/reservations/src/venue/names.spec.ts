import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';
import { northWardHall, openSmallTerm, type SmallTerm } from '../rehearsal/small-term.js';
import { HEADINGS, workbook } from '../schedule-import/lists-rig.js';
import { XLSX } from '../schedule-import/schedule-upload.js';

let desk: RehearsalDesk;
let term: SmallTerm;
beforeAll(async () => {
  desk = await openRehearsalDesk();
  term = await openSmallTerm(desk);
});
afterAll(() => desk?.close());

const lead = (method: string, path: string, body: unknown) => desk.ask(method, path, body, 'supervisor');
const hall = (name: string) => ({ ...northWardHall, name });
const register = (name: string) => lead('POST', '/venues', hall(name));

/** @returns the venue and the course that a list with these names would be read as, or what is wrong with it */
async function imported(venue: string, course = 'はじめてのスマホ') {
  const line = ['V-1', course, venue, term.firstDay, '10:00', '12:00', 5];
  const list = new Blob([new Uint8Array(await workbook([HEADINGS, line]))], { type: XLSX });
  return lead('POST', `/sessions/import?termId=${term.termId}`, list);
}

describe('one name, one venue', () => {
  test('a venue is not renamed to the name of another, however it is typed; to a name of its own it is', async () => {
    const { venueId } = (await register('手稲会館')).body;
    const other = (await register('清田会館')).body.venueId;
    expect(await lead('PUT', `/venues/${venueId}`, hall('清田 会館'))).toMatchObject({
      ...{ status: 409, body: { slug: 'venue-exists', venueId: other } },
    });
    expect((await lead('PUT', `/venues/${venueId}`, hall('手稲 会館'))).status).toBe(200);
    expect((await lead('PUT', `/venues/${venueId}`, hall('手稲コミュニティ会館'))).status).toBe(200);
    expect((await register('手稲コミュニティ会館')).body).toMatchObject({ slug: 'venue-exists', venueId });
  });

  test('a name that a venue has given up is free for another; each list finds who bears the name now', async () => {
    const first = (await register('豊平会館')).body.venueId;
    await lead('PUT', `/venues/${first}`, hall('豊平会館（旧）'));
    const second = await register('豊平会館');
    expect(second.status).toBe(201);
    expect(second.body.venueId).not.toBe(first);
    expect((await register('豊平会館')).body).toMatchObject({ slug: 'venue-exists', venueId: second.body.venueId });
    const { sessionId } = (await imported('豊平会館')).body.added[0];
    expect((await desk.ask('GET', `/sessions/${sessionId}`)).body.venueId).toBe(second.body.venueId);
    expect((await lead('PUT', `/venues/${first}`, hall('豊平会館'))).body).toMatchObject({ slug: 'venue-exists' });
  });

  test('two that were given one name in the same instant are told, not picked from', async () => {
    const ids = [(await register('南会館')).body.venueId, (await register('南区会館')).body.venueId];
    const client = new pg.Client({ connectionString: desk.databaseUrl });
    await client.connect();
    await client.query('update venue set name = $2 where venue_id = any ($1)', [ids, '南区民会館']);
    await client.end();
    expect((await imported('南区民会館')).body.problems).toEqual([
      { cell: 'C2', reason: 'この名前の会場が2つあります' },
    ]);
  });

  test('the same holds for courses', async () => {
    const define = (title: string) => lead('POST', '/courses', { title });
    const { courseId } = (await define('写真の撮り方')).body;
    const other = (await define('写真の送り方')).body.courseId;
    expect(await lead('PUT', `/courses/${courseId}`, { title: '写真の送り方' })).toMatchObject({
      ...{ status: 409, body: { slug: 'course-exists', courseId: other } },
    });
    await lead('PUT', `/courses/${courseId}`, { title: '写真の撮り方 入門' });
    const second = await define('写真の撮り方');
    expect([second.status, second.body.courseId === courseId]).toEqual([201, false]);
  });
});
