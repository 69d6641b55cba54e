import { setTimeout as wait } from 'node:timers/promises';
import {
  type MiddlewareConsumer,
  type NestModule,
  Body,
  Controller,
  Get,
  Headers,
  Inject,
  Module,
  Param,
  Post,
  Query,
  Res,
} from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import pg from 'pg';
import { Refusal, type RefusalKind } from '#kernel/refusal.js';
import { currentCorrelationId } from './correlation.js';
import { ServiceLog } from './logging.js';
import { GuestBody, GuestQuery, PartyBody } from './rehearsal-party.js';
import { OpenStreams } from './sse.js';
import { currentTraceparent } from './tracing.js';

// A small desk for the specs of this folder: every door a service has, and no rule behind any of them.

@Controller()
export class RehearsalDesk {
  constructor(
    @Inject(OpenStreams) private readonly streams: OpenStreams,
    @Inject(ServiceLog) private readonly log: ServiceLog,
  ) {}

  @Post('parties')
  welcome(@Body() body: PartyBody): object {
    return { isInstance: body.guests.every((guest) => guest instanceof GuestBody), seats: body.seats };
  }

  @Post('letters')
  receive(@Body() body: unknown): object {
    return { received: typeof body };
  }

  @Get('guests')
  find(@Query() query: GuestQuery, @Query('limit') limit: number): object {
    return { limit: query.limit, asWritten: limit };
  }

  @Get('guests/:phone')
  findOne(@Param('phone') phone: string, @Headers('x-caller') caller?: string): object {
    return { length: phone.length + (caller?.length ?? 0) };
  }

  @Post('refusals/:kind')
  refuse(@Param('kind') kind: RefusalKind): never {
    const wait5 = kind === 'too-many' ? { retryAfterSeconds: 5 } : {};
    throw new Refusal('no-such-luck', kind, 'Not today.', { sessionId: 's1', status: 'overwritten', ...wait5 });
  }

  /** Breaks with what was typed in every corner of the error. */
  @Post('defects')
  break(@Body() { name = '', phone = '' }: { name?: string; phone?: string }): never {
    const error = new pg.DatabaseError(`duplicate key of ${name} ${phone}\n    at ${name} (/x:1:1)`, 0, 'error');
    Object.assign(error, { code: '23505', constraint: 'person_phone', detail: `Key (phone)=(${phone}) of ${name}` });
    this.log.warn('About to break', { err: error, personId: 'p1', ...({ applicant: { name, phone } } as object) });
    throw new Error(`could not book ${name} ${phone}`, { cause: error });
  }

  @Get('guarded')
  guarded(): object {
    return { reached: true };
  }

  @Get('context')
  async context(): Promise<object> {
    await wait(1);
    return { correlationId: currentCorrelationId(), traceparent: currentTraceparent() };
  }

  @Post('context')
  contextAfterBody(): Promise<object> {
    return this.context();
  }

  @Get('slow/:ms')
  async slow(@Param('ms') ms: string): Promise<object> {
    await wait(Number(ms));
    return { waited: true };
  }

  /** Takes the answer into its own hands, and breaks before or after its first bytes. */
  @Get('halves/:half')
  half(@Param('half') half: string, @Res() reply: FastifyReply): never {
    reply.hijack();
    if (half === 'second') reply.raw.writeHead(200, { 'content-length': 10 }).write('half');
    throw new Error('broken off');
  }

  /** More than fits between two machines while one of them does not read. */
  @Get('download')
  download(@Res() reply: FastifyReply): void {
    reply.header('content-type', 'application/octet-stream').send(Buffer.alloc(30_000_000, 'x'));
  }

  /** A live feed; with `flood` more than a client that does not read can take. */
  @Get('feed')
  feed(@Res() reply: FastifyReply, @Query('flood') flood?: string): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.raw.write('event: snapshot\ndata: {}\n\n');
    if (flood) reply.raw.write('x'.repeat(30_000_000));
    this.streams.track(reply);
  }

  @Post('crashes/:kind')
  crash(@Param('kind') kind: string): object {
    setImmediate(() => {
      if (kind === 'rejection') void Promise.reject(new Error('nobody waits for this'));
      else throw new Error('nobody catches this');
    });
    return { soon: true };
  }
}

@Module({ controllers: [RehearsalDesk] })
export class RehearsalModule implements NestModule {
  /** Nest hands a middleware, and the filter of what it throws, the bare request and answer of Node. */
  configure(consumer: MiddlewareConsumer): void {
    const refuse = () => {
      throw new Refusal('kept-out', 'forbidden', 'Not this way.');
    };
    consumer.apply(refuse).forRoutes('guarded');
  }
}
