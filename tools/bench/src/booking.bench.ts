import { join } from 'node:path';
import { testDatabase } from '#servers/test-database.js';
import type { Bench } from './bench.js';
import { BookingDesk, bookingOf } from './booking-desk.js';
import { KeepAlive } from './keep-alive.js';
import { perSecond } from './load.js';
import { median, paired } from './paired.js';
import { judge } from './result.js';
import { ServiceProcess } from './service-process.js';

const CONNECTIONS = 64;
const SLICE = Number(process.env['BENCH_SLICE'] ?? 1_500);
const SESSIONS = 200;
/** Bookings before the first that counts: a desk is not started for one telephone call. */
const WARM_UP = 8_000;

/** `POST /reservations` on the service against a bare endpoint with one INSERT; and the last seat that everybody wants. */
export const booking: Bench = async function* ({ progress }) {
  progress('booking: starting the services');
  const database = await testDatabase();
  const bareProgram = join(import.meta.dirname, 'booking-bare.js');
  const bare = await ServiceProcess.run(bareProgram, { DATABASE_URL: database.url });
  const bareHttp = new KeepAlive(bare.url, CONNECTIONS);
  const desk = await BookingDesk.open(256);
  let nth = 0;
  const insert = async () => {
    const { status } = await bareHttp.post('/reservations', JSON.stringify(bookingOf(sessionIds[0]!, ++nth)), {});
    if (status !== 201) throw new Error(`The bare endpoint answered ${status}.`);
  };
  const sessionIds = await desk.sessions(SESSIONS, 9_999, 1);
  try {
    progress('booking: warming up');
    for (let i = 0; i < WARM_UP; i += CONNECTIONS) {
      await Promise.all(Array.from({ length: CONNECTIONS }, () => desk.book(sessionIds[++nth % SESSIONS]!)));
    }
    progress('booking');
    const measured = await paired(
      () => perSecond(CONNECTIONS, SLICE, insert),
      async () => {
        await desk.renew();
        return perSecond(CONNECTIONS, SLICE, () => desk.book(sessionIds[++nth % SESSIONS]!));
      },
    );
    const candidate = `POST /reservations, ${CONNECTIONS} connections, ${SESSIONS} sessions, sealed personal data`;
    const baseline = 'a bare Nest/Fastify endpoint with one INSERT of the same size';
    yield judge(
      {
        bench: 'booking',
        candidate,
        baseline,
        clients: CONNECTIONS,
        unit: 'bookings/s',
        limit: 0.5,
        direction: 'atLeast',
      },
      measured,
    );

    await desk.openCapacity();
    for (const [clients, seats, limit] of [
      [200, 1, 60],
      [128, 30, 40],
    ] as const) {
      progress(`last seat: ${clients} at once for ${seats}`);
      const wanted = await desk.sessions(3 * (8 + 4), seats, clients === 200 ? 2 : 3);
      const rush = async () => {
        await desk.renew();
        const times: number[] = [];
        for (let i = 0; i < 3; i++) {
          const sessionId = wanted.pop()!;
          const start = performance.now();
          const answers = await Promise.all(Array.from({ length: clients }, () => desk.book(sessionId)));
          times.push(performance.now() - start);
          const given = answers.filter((status) => status === 201).length;
          if (given !== seats) throw new Error(`${given} of ${seats} seats were given.`);
        }
        return median(times);
      };
      const one = async () => {
        const times: number[] = [];
        for (let i = 0; i < 100; i++) {
          const start = performance.now();
          await insert();
          times.push(performance.now() - start);
        }
        return median(times);
      };
      const underLoad = async () => {
        const times: number[] = [];
        await perSecond(CONNECTIONS, SLICE / 3, async () => {
          const start = performance.now();
          await insert();
          times.push(performance.now() - start);
        });
        return median(times);
      };
      const candidate = `last seat: ${clients} at once, exactly ${seats} booked, all answered`;
      const claim = { bench: 'booking', candidate, clients, unit: 'ms', limit, direction: 'atMost' } as const;
      yield judge({ ...claim, baseline: 'p50 of a bare request, alone' }, await paired(one, rush));
      // What 200 at once would cost a bare endpoint is seen from how long it takes when it is busy
      const loaded = `p50 of a bare request among ${CONNECTIONS}`;
      yield judge({ ...claim, baseline: loaded }, await paired(underLoad, rush, 3));
    }
  } finally {
    bareHttp.close();
    await bare.stop();
    await desk.close();
    await database.drop();
  }
};
