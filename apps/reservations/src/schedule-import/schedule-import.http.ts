import { createHash } from 'node:crypto';
import { Body, Controller, Headers, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import type { Accepted } from '#platform/lane/lane-command.js';
import { scheduleAnswer } from './schedule-answer.js';
import { scheduleDiff } from './schedule-diff.js';
import { readScheduleFile, type ScheduleFile } from './schedule-file.js';
import { NO_SESSION, ScheduleGround } from './schedule-ground.js';
import { ScheduleImportAnswer, ScheduleImportQuery } from './schedule-import.body.js';
import { ImportSchedule } from './schedule-import.commands.js';
import { unreadableFile } from '#office/reading/grid.js';
import { CSV, XLSX } from './schedule-upload.js';

@ApiTags('sessions')
@Controller('sessions/import')
export class ScheduleImportHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(ScheduleGround) private readonly ground: ScheduleGround,
  ) {}

  /** The city's list as the body, .xlsx or .csv, at most 5 MB. (R011) */
  @Post()
  @ApiConsumes(XLSX, CSV)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @CommandRoute(ScheduleImportAnswer, {
    400: ['unreadable-file', 'invalid-schedule'],
    404: ['not-found'],
    409: ['confirmation-needed'],
    410: ['term-erased'],
    413: ['file-too-large', 'body-too-large'],
    415: ['unsupported-media-type'],
  })
  async import(
    @CurrentCall() call: Call,
    @Query() { termId, dryRun, confirm, agreementNumber }: ScheduleImportQuery,
    @Headers('content-type') contentType: string | undefined,
    @Body() content: unknown,
  ): Promise<Accepted<ScheduleImportAnswer>> {
    if (!Buffer.isBuffer(content)) throw unreadableFile(`Send the file itself as ${XLSX} or ${CSV}.`);
    const file = await readScheduleFile(content, contentType?.startsWith(CSV) ? 'csv' : 'xlsx');
    if (dryRun !== undefined && dryRun !== 'false') return this.preview(termId, file);
    const digest = createHash('sha256').update(content).digest('hex');
    const asked = {
      ...call,
      body: { termId, digest, confirm: confirm ?? null, agreementNumber: agreementNumber ?? null },
    };
    return this.commands.execute(new ImportSchedule(asked, termId, file, confirm, agreementNumber));
  }

  private async preview(termId: string, file: ScheduleFile): Promise<Accepted<ScheduleImportAnswer>> {
    const ground = await this.ground.of(termId, file);
    const diff = scheduleDiff(ground.rows, file.says, (sessionId) => ground.standings.get(sessionId) ?? NO_SESSION);
    return { answer: scheduleAnswer(termId, file, ground, diff), positions: [], repeated: false };
  }
}
