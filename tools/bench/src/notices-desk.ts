import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import type { Role } from '#contracts/access/roles.js';
import { READINESS_ITEMS } from '#contracts/reservations/term.events.js';
import { newId } from '#kernel/ids.js';
import { grantReader } from '#platform/log/reader-role.js';
import { CallerSigner } from '#platform/service/caller-token.js';
import { CALLER_HEADER } from '#platform/service/caller.js';
import { testDatabase } from '#servers/test-database.js';
import { bookingOf } from './booking-desk.js';
import { ServiceProcess } from './service-process.js';

const settings = {
  ...{ validFrom: '2026-04-01', daysAhead: 7, approveAhead: 1, freezeAhead: 2, batchAt: '13:00' },
  offices: [{ name: '札幌中央郵便局', cutOff: '17:00', leads: [{ days: 2 }] }],
  ...{ safety: [], deskDays: [], deliveryDays: [], cardYen: 85, cardStock: 'paidSeparately' },
  sender: { name: '札幌市', section: '受付窓口', postalCode: '0608611', address: '札幌市中央区北一条西二丁目' },
  reception: '札幌市デジタル講習会受付 011-000-0000',
};

/** Reservations and notices as the desk starts them, asked as the gateway would ask. */
export class NoticesDesk {
  private readonly stops: (() => Promise<unknown>)[] = [];
  private reservations!: string;
  private notices!: string;
  private signer!: CallerSigner;

  static async open(): Promise<NoticesDesk> {
    const desk = new NoticesDesk();
    const { publicKey, privateKey } = generateKeyPairSync('ed25519', {
      publicKeyEncoding: { type: 'spki', format: 'pem' },
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    });
    desk.signer = await CallerSigner.open(privateKey);
    const folder = await mkdtemp(join(tmpdir(), 'uketsuke-bench-notices-'));
    desk.stops.push(() => rm(folder, { recursive: true }));
    const [theirs, own] = [await testDatabase(), await testDatabase()];
    desk.stops.push(() => Promise.all([theirs.drop(), own.drop()]));
    const common = {
      ...{ UKETSUKE_MARK: 'demo', PORT: '0', SHUTDOWN_DELAY_MS: '0', GATEWAY_PUBLIC_KEY: publicKey },
      KEY_DIRECTORY: join(folder, 'keys'),
    };
    const reservations = await ServiceProcess.start('reservations', {
      ...common,
      ...{ DATABASE_URL: theirs.url, CAPACITY_URL: 'http://127.0.0.1:9' },
    });
    desk.stops.push(() => reservations.stop());
    const reader = { name: `reader_${newId().slice(0, 8)}`, password: newId() };
    await grantReader(theirs.url, reader.name, reader.password);
    const readerUrl = new URL(theirs.url);
    [readerUrl.username, readerUrl.password] = [reader.name, reader.password];
    const notices = await ServiceProcess.start('notices', {
      ...common,
      ...{ DATABASE_URL: own.url, RESERVATIONS_URL: reservations.url, RESERVATIONS_LOG_URL: readerUrl.href },
      SPOOL_DIRECTORY: join(folder, 'spool'),
    });
    desk.stops.push(() => notices.stop());
    [desk.reservations, desk.notices] = [reservations.url, notices.url];
    return desk;
  }

  /** @returns the id of a session in which so many are booked, whose notices are due */
  async book(persons: number): Promise<string> {
    const firstDay = plusDays(dateAt(Date.now()), 30);
    const plan = {
      ...{ fiscalYear: 2026, termNo: 1, title: '第1期' },
      reception: { from: plusDays(firstDay, -20), to: plusDays(firstDay, -5), opensAt: '09:00', closesAt: '16:00' },
      bookableClasses: { from: firstDay, to: plusDays(firstDay, 60) },
      dispatchWindow: { from: plusDays(firstDay, -30), to: plusDays(firstDay, -2) },
    };
    const { termId } = await this.ask('POST', '/terms', plan);
    await this.ask('POST', `/terms/${termId}/readiness`, { items: READINESS_ITEMS });
    await this.ask('POST', `/terms/${termId}/open`);
    const { courseId } = await this.ask('POST', '/courses', { title: 'はじめてのスマホ' });
    const venue = { name: '北区民センター', ward: '北区', wardCode: '01102', address: '札幌市北区北25条西6丁目' };
    const { venueId } = await this.ask('POST', '/venues', venue);
    const dates = [{ date: firstDay, startsAt: '10:00', endsAt: '12:00' }];
    const session = { termId, courseId, venueId, sessionCode: 'S-1', capacity: persons, dates };
    const { sessionId } = await this.ask('POST', '/sessions', session);
    await this.ask('POST', '/notices/posting-settings', settings);
    for (let nth = 1; nth <= persons; nth++) await this.ask('POST', '/reservations', bookingOf(sessionId!, nth));
    for (;;) {
      const { sessions } = await this.ask<{ sessions: { due: number }[] }>('GET', '/notices/due');
      if (sessions[0]?.due === persons) return sessionId!;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  /** Prepares, approves and fetches both documents. */
  async render(sessionId: string, persons: number): Promise<string> {
    const made = await this.ask<{ batchId: string; count: number; hash: string }>('POST', '/notices/batches', {
      sessionIds: [sessionId],
    });
    const { batchId, count, hash } = made;
    if (count !== persons) throw new Error(`${count} of ${persons} notices are in the batch.`);
    await this.ask('GET', `/notices/batches/${batchId}`, undefined, 'second');
    await this.ask('POST', `/notices/batches/${batchId}/approve`, { count, hash }, 'second');
    await Promise.all(
      ['notices.docx', 'addresses.pdf'].map((name) => this.file(`/notices/batches/${batchId}/${name}`)),
    );
    return batchId;
  }

  async sendBack(batchId: string): Promise<void> {
    await this.ask('POST', `/notices/batches/${batchId}/send-back`, { reasonCode: 'bench' }, 'second');
  }

  /** Asks for the health every 20 ms. `stop` answers the longest wait, milliseconds. */
  watchHealth(): { readonly stop: () => Promise<number> } {
    let slowest = 0;
    let going = true;
    const watching = (async () => {
      while (going) {
        const start = performance.now();
        await (await fetch(`${this.notices}/health/live`)).arrayBuffer();
        slowest = Math.max(slowest, performance.now() - start);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    })();
    return {
      stop: async () => {
        going = false;
        await watching;
        return slowest;
      },
    };
  }

  async close(): Promise<void> {
    for (const stop of this.stops.toReversed()) await stop();
  }

  private async file(path: string): Promise<void> {
    const response = await fetch(this.notices + path, { headers: { [CALLER_HEADER]: await this.sign('bench') } });
    const { byteLength } = await response.arrayBuffer();
    if (!response.ok || byteLength < 1_000) throw new Error(`${path} was answered ${response.status}.`);
  }

  private async ask<Body = Record<string, string>>(
    method: string,
    path: string,
    body?: object,
    account = 'bench',
  ): Promise<Body> {
    const response = await fetch((path.startsWith('/notices') ? this.notices : this.reservations) + path, {
      method,
      headers: {
        ...{ [CALLER_HEADER]: await this.sign(account), 'idempotency-key': newId() },
        ...(body && { 'content-type': 'application/json' }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path} was answered ${response.status}: ${text}`);
    return (text === '' ? {} : JSON.parse(text)) as Body;
  }

  private sign(accountId: string): Promise<string> {
    const roles: Role[] = ['operator', 'supervisor'];
    return this.signer.sign({ accountId, roles, handler: true });
  }
}
