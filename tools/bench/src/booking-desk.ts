import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import type { Role } from '#contracts/access/roles.js';
import { newId } from '#kernel/ids.js';
import { grantReader } from '#platform/log/reader-role.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { testDatabase } from '#servers/test-database.js';
import { KeepAlive } from './keep-alive.js';
import { ServiceProcess } from './service-process.js';

/** Reservations and capacity as the desk starts them, asked as the gateway would ask. */
export class BookingDesk {
  private readonly stops: (() => Promise<unknown>)[] = [];
  private http!: KeepAlive;
  private signer!: CallerSigner;
  private token = '';
  private persons = 0;
  /** Starts the service that is asked for alternatives; without it a full session is refused all the same. */
  openCapacity!: () => Promise<void>;

  static async open(connections: number): Promise<BookingDesk> {
    const desk = new BookingDesk();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    desk.signer = await CallerSigner.open(privateKey);
    const keys = await mkdtemp(join(tmpdir(), 'uketsuke-bench-keys-'));
    desk.stops.push(() => rm(keys, { recursive: true }));
    const [own, other] = [await testDatabase(), await testDatabase()];
    desk.stops.push(() => Promise.all([own.drop(), other.drop()]));
    const common = {
      UKETSUKE_MARK: 'demo',
      PORT: '0',
      SHUTDOWN_DELAY_MS: '0',
      GATEWAY_PUBLIC_KEY: publicKey,
    };
    const capacityPort = 20_000 + Math.floor(Math.random() * 10_000);
    const environment = {
      ...common,
      ...{ DATABASE_URL: own.url, KEY_DIRECTORY: keys, CAPACITY_URL: `http://127.0.0.1:${capacityPort}` },
    };
    const reservations = await ServiceProcess.start('reservations', environment, ['--max-semi-space-size=32']);
    desk.stops.push(() => reservations.stop());
    desk.openCapacity = async () => {
      const reader = { name: `reader_${newId().slice(0, 8)}`, password: `${newId()}` };
      await grantReader(own.url, reader.name, reader.password);
      const readerUrl = new URL(own.url);
      [readerUrl.username, readerUrl.password] = [reader.name, reader.password];
      const capacity = await ServiceProcess.start('capacity', {
        ...common,
        ...{ DATABASE_URL: other.url, RESERVATIONS_LOG_URL: readerUrl.href, PORT: String(capacityPort) },
      });
      desk.stops.push(() => capacity.stop());
    };
    desk.http = new KeepAlive(reservations.url, connections);
    return desk;
  }

  /** A token is good for a minute: to be called before every slice. */
  async renew(): Promise<void> {
    this.token = await this.sign('supervisor', 'operator');
  }

  /** @returns ids of new sessions of a new term */
  async sessions(count: number, capacity: number, termNo: number): Promise<string[]> {
    await this.renew();
    const day = (plus: number) => new Date(Date.now() + plus * 86_400_000).toISOString().slice(0, 10);
    const plan = {
      ...{ fiscalYear: 2026, termNo, title: `第${termNo}期` },
      reception: { from: day(1), to: day(10), opensAt: '09:00', closesAt: '16:00' },
      bookableClasses: { from: day(10), to: day(90) },
      dispatchWindow: { from: day(1), to: day(20) },
    };
    const { termId } = await this.must('/terms', plan);
    await this.must(`/terms/${termId}/readiness`, { items: READINESS_ITEMS });
    await this.must(`/terms/${termId}/open`, {});
    const { courseId } = await this.must('/courses', { title: `はじめてのスマホ ${termNo}` });
    const venue = { ward: '北区', wardCode: '01102', address: '札幌市北区北25条西6丁目' };
    const { venueId } = await this.must('/venues', { name: `北区民センター ${termNo}`, ...venue });
    const dates = [{ date: day(30), startsAt: '10:00', endsAt: '12:00' }];
    return Promise.all(
      Array.from({ length: count }, async (_, nth) => {
        const session = { termId, courseId, venueId, sessionCode: `S-${nth}`, capacity, dates };
        return (await this.must('/sessions', session))['sessionId']!;
      }),
    );
  }

  /** Books somebody new; 201 or 409. */
  async book(sessionId: string): Promise<number> {
    const { status, text } = await this.post('/reservations', bookingOf(sessionId, ++this.persons));
    if (status !== 201 && status !== 409) throw new Error(`The desk answered ${status}: ${text}`);
    return status;
  }

  async close(): Promise<void> {
    this.http?.close();
    for (const stop of this.stops.toReversed()) await stop();
  }

  private async must(path: string, body: object): Promise<Record<string, string>> {
    const { status, text } = await this.post(path, body);
    if (status >= 300) throw new Error(`The desk answered ${status}: ${text}`);
    return JSON.parse(text) as Record<string, string>;
  }

  private post(path: string, body: object) {
    return this.http.post(path, JSON.stringify(body), {
      [CALLER_HEADER]: this.token,
      'idempotency-key': newId(),
    });
  }

  private sign(...roles: Role[]): Promise<string> {
    return this.signer.sign({ accountId: 'bench', roles, handler: true });
  }
}

/** One telephone call as it arrives, about 500 bytes. */
export function bookingOf(sessionId: string, nth: number) {
  const digits = String(nth).padStart(8, '0');
  const kana = [...digits].map((digit) => 'アカサタナハマヤラワ'[Number(digit)]).join('');
  return {
    sessionId,
    channel: 'telephone',
    attendees: [
      {
        applicant: {
          ...{ familyName: '試験', givenName: `花子${nth}`, familyNameKana: 'シケン', givenNameKana: kana },
          ...{ phoneNumber: `090${digits}`, postalCode: '0010024', prefecture: '北海道', city: '札幌市', ward: '北区' },
          ...{ town: '北二十四条西', chome: '6', blockLot: '1番1号', building: '試験荘', roomNumber: '203' },
        },
      },
    ],
  };
}
