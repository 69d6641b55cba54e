import { afterEach, describe, expect, test } from '@jest/globals';
import type { RunningService } from './bootstrap.js';
import { Readiness } from './health.http.js';
import { startRehearsal } from './rehearsal-desk.js';

let desk: RunningService;
afterEach(() => desk.stop());

async function ready(): Promise<[number, unknown]> {
  const response = await fetch(`${desk.url}/health/ready`);
  return [response.status, await response.json()];
}

describe('a service', () => {
  test('is ready while all its parts are well', async () => {
    desk = await startRehearsal();
    desk.app.get(Readiness).register('database', async () => ({ ok: true }));
    expect(await ready()).toEqual([200, { ok: true, checks: [{ name: 'database', ok: true }] }]);
  });

  test('is not ready when one of them is not, and says which', async () => {
    desk = await startRehearsal();
    const readiness = desk.app.get(Readiness);
    readiness.register('database', async () => ({ ok: true }));
    readiness.register('seat-board', async () => ({ ok: false, detail: '1,200 events behind' }));
    expect(await ready()).toEqual([
      503,
      {
        ok: false,
        checks: [
          { name: 'database', ok: true },
          { name: 'seat-board', ok: false, detail: '1,200 events behind' },
        ],
      },
    ]);
  });

  test('does not repeat what the error of a check says', async () => {
    desk = await startRehearsal();
    desk.app.get(Readiness).register('database', async () => {
      throw new Error('password of desk is typed');
    });
    expect(await ready()).toEqual([
      503,
      { ok: false, checks: [{ name: 'database', ok: false, detail: 'the check failed' }] },
    ]);
  });

  test('does not wait for a check that hangs, nor ask it again while it does', async () => {
    desk = await startRehearsal();
    let asked = 0;
    const hang = () => {
      asked += 1;
      return new Promise<never>(() => {});
    };
    desk.app.get(Readiness).register('broker', hang, 20);
    const late = [503, { ok: false, checks: [{ name: 'broker', ok: false, detail: 'no answer within 20 ms' }] }];
    expect([await ready(), await ready()]).toEqual([late, late]);
    expect(asked).toBe(1);
  });

  test('lives as long as its event loop turns, whatever its parts say', async () => {
    desk = await startRehearsal();
    desk.app.get(Readiness).register('database', async () => ({ ok: false }));
    expect((await fetch(`${desk.url}/health/live`)).status).toBe(200);
  });

  test('refuses two checks of one name', async () => {
    desk = await startRehearsal();
    const readiness = desk.app.get(Readiness);
    readiness.register('database', async () => ({ ok: true }));
    expect(() => readiness.register('database', async () => ({ ok: true }))).toThrow(/registered twice/);
  });
});
