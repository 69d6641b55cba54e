import { execFile } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import kafkajs from 'kafkajs';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { freePort } from '#servers/free-port.js';
import { kafkaMissing } from '#servers/kafka.js';
import { describeUnless } from '#servers/test-kafka.js';
import type { DemoAccount } from './desk-accounts.js';
import type { DeskFile } from './desk-directory.js';
import { RehearsalDesk } from './rehearsal-desk.js';
import { workspaceRoot } from './workspace-root.js';

jest.setTimeout(180_000);

const run = promisify(execFile);
const HEADING = '## One booking by `curl`';

/** The commands under the heading, as they stand in the README; only the address and the folder are another desk's. */
function commandsFor(url: string, data: string): string {
  const readme = readFileSync(join(workspaceRoot(), 'README.md'), 'utf8');
  const block = /```bash\n(.*?)```/s.exec(readme.slice(readme.indexOf(HEADING)))![1]!;
  const [api, accounts] = ['http://127.0.0.1:8080', '$PWD/.uketsuke'];
  expect(block.split(api).length + block.split(accounts).length).toBe(4);
  return block.replace(api, url).replace(accounts, data);
}

let scratch: string;
let port: string;
const desks: RehearsalDesk[] = [];
const started = (...args: string[]) => {
  const all = ['--data', join(scratch, 'desk'), '--port', port, ...args];
  const desk = new RehearsalDesk(all, {}, 'rehearsal-filled-desk.main.ts');
  desks.push(desk);
  return desk;
};
const stepsSaid = () =>
  desks
    .at(-1)!
    .output.split('\n')
    .filter((line) => line.startsWith('['));
const walk = async (url: string) => {
  const script = `set -euo pipefail; trap 'kill $(jobs -p) 2> /dev/null || true' EXIT\n${commandsFor(url, join(scratch, 'desk'))}`;
  const { stdout } = await run('bash', ['--norc', '-c', script], {
    env: { PATH: process.env['PATH'] },
    timeout: 60_000,
  });
  return stdout.trimEnd().split('\n');
};
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-walk-'));
  chmodSync(scratch, 0o711);
  port = String(await freePort());
});
afterAll(async () => {
  await Promise.all(desks.map((desk) => desk.end()));
  rmSync(scratch, { recursive: true, force: true });
});

/** What the screens saw of a session, in order: seats held and reserved; together with those left always all of them. */
function changesIn(seen: readonly string[]): Map<string, string[]> {
  const changes = new Map<string, string[]>();
  const rooms = new Map<string, number>();
  for (const line of seen) {
    const [, code, ...seats] = /^(\S+) \{ held: (\d+), reserved: (\d+), seatsLeft: (\d+) \}$/.exec(line)!;
    const [held, reserved, left] = seats.map(Number) as [number, number, number];
    expect(held + reserved + left).toBe(rooms.get(code!) ?? held + reserved + left);
    rooms.set(code!, held + reserved + left);
    changes.set(code!, [...(changes.get(code!) ?? []), `${held} held, ${reserved} reserved`]);
  }
  return changes;
}

function expectWalked([signedIn, made, again, moved, cancelled, state, ...seen]: readonly string[]): void {
  expect(JSON.parse(signedIn!)).toEqual({
    accountId: 'demo-operator',
    roles: ['operator'],
    handler: true,
    mark: 'demo',
  });
  const { sessionId, reservations } = JSON.parse(made!) as {
    sessionId: string;
    reservations: [{ reservationId: string; receiptNumber: string }];
  };
  const { reservationId, receiptNumber } = reservations[0];
  expect(again).toBe(receiptNumber);
  expect(JSON.parse(moved!)).toMatchObject({ reservationId, revision: 2 });
  expect(JSON.parse(moved!)).not.toMatchObject({ sessionId });
  expect([JSON.parse(cancelled!), state]).toEqual([
    expect.objectContaining({ reservationId, revision: 3 }),
    'cancelled',
  ]);
  const [from, to, ...none] = [...changesIn(seen).values()];
  expect(none).toEqual([]);
  // Changes that follow each other fast may be shown as one; none is shown twice or in another order
  expect(
    ['1 held, 0 reserved', '0 held, 1 reserved', '0 held, 0 reserved'].filter((one) => from!.includes(one)),
  ).toEqual(from);
  expect(from!.length).toBeGreaterThan(1);
  expect([from!.at(-1), to!.at(-1)]).toEqual(['0 held, 0 reserved', '0 held, 0 reserved']);
}

test('the lines of the README book, move and cancel a seat, and the screens see it', async () => {
  const url = await started('--demo').ready();
  const accounts = JSON.parse(readFileSync(join(scratch, 'desk/demo-accounts.json'), 'utf8')) as DemoAccount[];
  expect(accounts).toHaveLength(7);
  expect(stepsSaid()).toEqual([
    '[1/3] Starting PostgreSQL',
    '[2/3] Starting the services',
    '[3/3] Filling the demonstration',
  ]);
  expectWalked(await walk(url));
  await desks.at(-1)!.end();
});

describeUnless(await kafkaMissing(), 'the same over Kafka', () => {
  test('the lines of the README do the same, and any Kafka client reads what happened, without a name', async () => {
    expectWalked(await walk(await started('--kafka').ready()));
    // It was filled when it was made
    expect(stepsSaid()).toEqual(['[1/3] Starting Kafka', '[2/3] Starting PostgreSQL', '[3/3] Starting the services']);
    const { kafkaBrokers } = JSON.parse(readFileSync(join(scratch, 'desk/desk.json'), 'utf8')) as DeskFile;
    const messages = await everythingIn('reservations.events', kafkaBrokers!.split(','));
    const types = messages.map(({ headers }) => String(headers!['ce_type']));
    const count = (type: string) => types.filter((one) => one === type).length;
    // One of each in the first walk, one in this: what happened before Kafka came is there too
    expect([count('ClassSessionScheduled'), count('SeatHeld'), count('ReservationMade')]).toEqual([60, 2, 2]);
    expect([count('ReservationMovedOut'), count('ReservationMovedIn'), count('ReservationCancelled')]).toEqual([
      2, 2, 2,
    ]);
    const told = messages
      .map(({ value }) => String(value))
      .filter((text) => /髙|タカサキ|ハナコ|二十四条|blockLot/.test(text));
    expect(told).toEqual([]);
  });
});

/** As a program that knows nothing of the desk reads a topic. */
async function everythingIn(topic: string, brokers: string[]): Promise<kafkajs.KafkaMessage[]> {
  const kafka = new kafkajs.Kafka({ brokers, logLevel: kafkajs.logLevel.NOTHING });
  const [admin, consumer] = [kafka.admin(), kafka.consumer({ groupId: 'anybody' })];
  await Promise.all([admin.connect(), consumer.connect()]);
  try {
    const ends = await admin.fetchTopicOffsets(topic);
    const left = new Map(
      ends.filter(({ high }) => Number(high) > 0).map(({ partition, high }) => [partition, Number(high)]),
    );
    const messages: kafkajs.KafkaMessage[] = [];
    await consumer.subscribe({ topic, fromBeginning: true });
    await new Promise<void>((resolve, reject) => {
      const eachMessage = async ({ partition, message }: kafkajs.EachMessagePayload) => {
        messages.push(message);
        if (Number(message.offset) + 1 >= (left.get(partition) ?? 0)) left.delete(partition);
        if (left.size === 0) resolve();
      };
      consumer.run({ eachMessage }).catch(reject);
    });
    return messages;
  } finally {
    await Promise.all([admin.disconnect(), consumer.disconnect()]);
  }
}
