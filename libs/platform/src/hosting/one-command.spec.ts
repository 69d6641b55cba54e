import { Body, Controller, Get, Headers, Inject, Module, Param, Post, Res } from '@nestjs/common';
import { CommandBus, CommandHandler, CqrsModule } from '@nestjs/cqrs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { IsString } from 'class-validator';
import type { FastifyReply } from 'fastify';
import { describeKafka } from '#servers/test-kafka.js';
import { testDatabase, type TestDatabase } from '#servers/test-database.js';
import { newId } from '#kernel/ids.js';
import { EmbeddedFeed } from '../feed/embedded-feed.js';
import { KafkaFeed } from '../kafka/kafka-feed.js';
import { bodyHmac, commandIdOf } from '../lane/command-id.js';
import { Lanes } from '../lane/lanes.js';
import { openPool } from '../log/connection.js';
import { headCount } from '../rehearsal/head-count.js';
import { on, type SmallCommand } from '../rehearsal/small-session.js';
import { startService, type RunningService } from '../service/bootstrap.js';
import { currentCorrelationId } from '../service/correlation.js';
import { ServiceLog } from '../service/logging.js';
import { readSettings, commonVariables } from '../service/settings.js';
import { currentTraceparent, startTracing } from '../service/tracing.js';
import { formatPosition, WAIT_FOR_HEADER } from '../subscription/position-token.js';
import { waitFor } from '../subscription/wait-for.js';
import { LogModule, OwnLog } from './log.module.js';
import { Subscriptions, SubscriptionsModule } from './subscriptions.module.js';

// One command from door to screen, through two services that share nothing but the log.

class Reserve {
  constructor(
    readonly name: string,
    readonly command: SmallCommand,
    readonly key: string | undefined,
  ) {}
}

@CommandHandler(Reserve)
class ReserveHandler {
  constructor(@Inject(Lanes) private readonly lanes: Lanes) {}

  execute({ name, command, key }: Reserve) {
    const commandId = commandIdOf({ account: 'op1', method: 'POST', route: `/sessions/${name}`, key });
    const correlationId = currentCorrelationId();
    const traceparent = currentTraceparent();
    const metadata = { ...(correlationId && { correlationId }), ...(traceparent && { traceparent }) };
    return this.lanes.submit(on(name, command, { commandId, bodyHmac: bodyHmac(Buffer.alloc(32), command), metadata }));
  }
}

class PersonBody {
  @IsString() person: string;
}

@Controller('sessions')
class SessionsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(OwnLog) private readonly log: OwnLog,
  ) {}

  @Post(':name')
  async reserve(
    @Param('name') name: string,
    @Body() { person }: PersonBody,
    @Headers('idempotency-key') key: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const command: SmallCommand = person === 'open' ? { do: 'open', capacity: 1 } : { do: 'reserve', person };
    const accepted = await this.commands.execute(new Reserve(name, command, key));
    reply.header('uketsuke-position', formatPosition({ logId: this.log.logId, ...accepted }));
    return accepted.answer;
  }
}

@Controller('head-count')
class HeadCountHttp {
  constructor(@Inject(Subscriptions) private readonly subscriptions: Subscriptions) {}

  @Get(':name')
  async read(@Param('name') name: string, @Headers(WAIT_FOR_HEADER) token?: string) {
    const subscription = this.subscriptions.named('head-count');
    if (token !== undefined) await waitFor(subscription, 'reservations', token);
    const { rows } = await subscription.pool.query('select persons from head_count.session where stream like $1', [
      `%-${name}`,
    ]);
    return rows[0] ?? { persons: 0 };
  }
}

const quiet = new ServiceLog({ service: 'spec', level: 'error' });
let endTracing: () => Promise<void>;
beforeAll(async () => {
  endTracing = await startTracing({ service: 'spec', spanProcessors: [] });
});
afterAll(() => endTracing());

function settingsOf(url: string) {
  return readSettings(commonVariables, {
    UKETSUKE_MARK: 'demo',
    DATABASE_URL: url,
    PORT: '0',
    HOST: '127.0.0.1',
    SHUTDOWN_DELAY_MS: '0',
  });
}

function oneCommand(transport: string, brokers: readonly string[] | undefined): void {
  describe(`one command through two services, ${transport}`, () => {
    let databases: TestDatabase[];
    let deciding: RunningService;
    let hearing: RunningService;
    beforeAll(async () => {
      databases = [await testDatabase(), await testDatabase()];
      const [own, other] = databases.map(({ url }) => url) as [string, string];
      const topicPrefix = `${newId()}.`;
      const kafka = brokers && { brokers, topicPrefix };

      @Module({
        imports: [
          CqrsModule.forRoot(),
          LogModule.of({ source: 'reservations', databaseUrl: own, publishedTypes: ['Opened', 'Reserved'], ...kafka }),
        ],
        controllers: [SessionsHttp],
        providers: [ReserveHandler],
      })
      class Deciding {}

      const feeds = () => [
        brokers
          ? new KafkaFeed('reservations', brokers, 'capacity', topicPrefix)
          : new EmbeddedFeed('reservations', { url: own, name: 'capacity' }),
      ];

      @Module({
        imports: [
          SubscriptionsModule.of({ service: 'capacity', databaseUrl: other, subscribers: [headCount()], feeds }),
        ],
        controllers: [HeadCountHttp],
      })
      class Hearing {}

      const plain = { log: quiet, ownsProcess: false };
      deciding = await startService({ name: 'reservations', module: Deciding, settings: settingsOf(own), ...plain });
      hearing = await startService({ name: 'capacity', module: Hearing, settings: settingsOf(other), ...plain });
    });
    afterAll(async () => {
      expect(await hearing?.stop()).toMatchObject({ clean: true });
      expect(await deciding?.stop()).toMatchObject({ clean: true });
      await Promise.all(databases.map(({ drop }) => drop()));
    });

    const post = (name: string, person: string, headers: Record<string, string>) =>
      fetch(`${deciding.url}/sessions/${name}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ person }),
      });

    test('an accepted seat is seen by the very next read that asks for it', async () => {
      await post('a', 'open', { 'idempotency-key': 'k1' });
      const booked = await post('a', 'p1', { 'idempotency-key': 'k2' });
      expect([booked.status, await booked.json()]).toEqual([201, ['Reserved']]);
      const position = booked.headers.get('uketsuke-position')!;
      const seen = await fetch(`${hearing.url}/head-count/a`, { headers: { [WAIT_FOR_HEADER]: position } });
      expect(await seen.json()).toEqual({ persons: 1 });
    });

    test('the same key answers the same, a full session and a missing key are refused in one form', async () => {
      expect(await (await post('a', 'p1', { 'idempotency-key': 'k2' })).json()).toEqual(['Reserved']);
      const full = await post('a', 'p2', { 'idempotency-key': 'k3' });
      expect([full.status, await full.json()]).toEqual([409, expect.objectContaining({ slug: 'session-full' })]);
      const keyless = await post('a', 'p2', {});
      expect([keyless.status, await keyless.json()]).toEqual([
        400,
        expect.objectContaining({ slug: 'idempotency-key-missing' }),
      ]);
    });

    test('the trace of the request stands in the event', async () => {
      const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
      await post('b', 'open', { 'idempotency-key': 'k4', traceparent });
      const pool = openPool({ url: databases[0]!.url, name: 'spec' }, 1);
      const { rows } = await pool.query(`select metadata from events where stream like '%-b'`);
      await pool.end();
      expect(rows[0]!['metadata']).toMatchObject({
        traceparent: expect.stringContaining('0af7651916cd43dd8448eb211c80319c'),
      });
    });

    test('both services are ready, and say how far they are behind', async () => {
      for (const { url } of [deciding, hearing]) expect((await fetch(`${url}/health/ready`)).status).toBe(200);
      expect(await (await fetch(`${hearing.url}/metrics`)).text()).toContain('subscription_behind_events');
    });
  });
}

oneCommand('embedded', undefined);
await describeKafka('one command with Kafka', (brokers) => oneCommand('Kafka', brokers));
