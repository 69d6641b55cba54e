import { Body, Controller, Get, Headers, Inject, Module, Param, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ApiCreatedResponse, ApiOkResponse, DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '#kernel/refusal.js';
import { startService, type RunningService } from '#platform/service/bootstrap.js';
import { CallerGuard } from '#platform/service/caller-guard.js';
import { CallerVerifier } from '#platform/service/caller-token.js';
import { CurrentCaller, type Caller } from '#platform/service/caller.js';
import { ServiceLog } from '#platform/service/logging.js';
import { IdField } from '#platform/service/fields.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { commonVariables, readSettings } from '#platform/service/settings.js';
import { OpenStreams } from '#platform/service/sse.js';

// A service behind the gateway for its specs: it says what it was sent, on a few routes of the access policy.

class Hold {
  @IdField() sessionId: string;
}

/** Whom the live feed has lost. */
export class Screens {
  gone = 0;
  asked = 0;
}

@Controller()
class BehindHttp {
  constructor(
    @Inject(OpenStreams) private readonly streams: OpenStreams,
    @Inject(Screens) private readonly screens: Screens,
  ) {}

  @Post('holds')
  @ApiCreatedResponse({ type: Hold })
  @ApiProblems({ 400: ['hold-too-long'], 409: ['session-full'] })
  hold(@Body() body: object, @Headers() headers: object, @CurrentCaller() caller: Caller, @Res() reply: FastifyReply) {
    reply.header('uketsuke-position', 'log/0:1').header('set-cookie', 'from=within').status(201);
    return reply.send({ body, headers, caller });
  }

  @Post('sessions/import')
  import(@Req() { body, headers }: FastifyRequest, @Query('dryRun') dryRun: string): object {
    return { bytes: (body as Buffer).length, type: headers['content-type'], dryRun };
  }

  @Patch('reservations/:reservationId/applicant')
  correct(@Param('reservationId') reservationId: string): object {
    return { reservationId };
  }

  @Get('reservations/:reservationId')
  @ApiOkResponse({ type: Hold })
  read(@Param('reservationId') reservationId: string): object {
    throw new Refusal('not-found', 'not-found', 'There is no such reservation.', { reservationId });
  }

  @Get('capacity/sessions')
  notYet(): never {
    this.screens.asked += 1;
    throw new Refusal('not-yet', 'unavailable', 'Ask again.', { retryAfterSeconds: 1 });
  }

  @Get('capacity/live')
  live(@Res() reply: FastifyReply): void {
    reply.hijack();
    reply.raw.writeHead(200, { 'content-type': 'text/event-stream' });
    reply.raw.write('event: snapshot\ndata: {}\n\n');
    const beating = setInterval(() => reply.raw.write(': heartbeat\n\n'), 50);
    reply.raw.once('close', () => {
      clearInterval(beating);
      this.screens.gone += 1;
    });
    this.streams.track(reply);
  }
}

export interface RehearsalService extends RunningService {
  readonly screens: Screens;
}

/** @param spki of the gateway whose word it takes */
export async function startRehearsalService(spki: string, log: ServiceLog): Promise<RehearsalService> {
  const screens = new Screens();
  const verifier = await CallerVerifier.open(spki);
  @Module({
    controllers: [BehindHttp],
    providers: [
      { provide: Screens, useValue: screens },
      { provide: APP_GUARD, useValue: new CallerGuard(verifier) },
    ],
  })
  class BehindModule {}
  const settings = readSettings(commonVariables, {
    ...{ UKETSUKE_MARK: 'demo', PORT: '0', SHUTDOWN_DELAY_MS: '0' },
    DATABASE_URL: 'postgres://nobody@127.0.0.1/nothing',
  });
  const service = await startService({
    name: 'behind',
    module: BehindModule,
    settings,
    log,
    ownsProcess: false,
    configure(app) {
      const server = app.getHttpAdapter().getInstance() as unknown as FastifyInstance;
      server.addContentTypeParser('text/csv', { parseAs: 'buffer', bodyLimit: 6_000_000 }, (_, body, done) =>
        done(null, body),
      );
      const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
      server.get('/openapi.json', () => document);
    },
  });
  return { ...service, screens };
}
