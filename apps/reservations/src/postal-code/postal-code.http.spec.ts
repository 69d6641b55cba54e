import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openRehearsalDesk, type RehearsalDesk } from '../rehearsal/rehearsal-desk.js';

let desk: RehearsalDesk;
beforeAll(async () => void (desk = await openRehearsalDesk()));
afterAll(() => desk?.close());

describe('while somebody is on the line', () => {
  test('a postcode becomes a town, however it is typed', async () => {
    for (const code of ['0010024', '001-0024', encodeURIComponent('００１－００２４')]) {
      const { status, body } = await desk.ask('GET', `/postal-codes/${code}`);
      expect([status, body.postalCode, body.towns[0].town]).toEqual([200, '0010024', '北二十四条西']);
    }
  });

  test.each(['9999999', '12', 'abc', '%00', '001002４x'])('%s names nothing', async (code) => {
    const answer = await desk.ask('GET', `/postal-codes/${encodeURIComponent(code)}`);
    expect(answer).toMatchObject({ status: 404, body: { slug: 'not-found' } });
  });

  test('a town becomes a postcode; whoever asks too widely is told that there is more', async () => {
    const { body } = await desk.ask('POST', '/postal-codes/search', { ward: '北区', town: 'きたにじゅうよじょう' });
    expect(body).toMatchObject({ more: false, towns: [{ postalCode: '0010024' }] });
    const wide = await desk.ask('POST', '/postal-codes/search', { town: '条' });
    expect([wide.body.towns.length, wide.body.more]).toEqual([50, true]);
    expect(await desk.ask('POST', '/postal-codes/search', { ward: '北区' })).toMatchObject({ status: 400 });
  });

  test('only the desk asks', async () => {
    const answer = await desk.ask('GET', '/postal-codes/0010024', undefined, 'city');
    expect(answer).toMatchObject({ status: 403, body: { slug: 'forbidden' } });
  });
});
