import { createHash } from 'node:crypto';
import { Body, Controller, Inject, Post, Query } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiBody, ApiConsumes, ApiTags } from '@nestjs/swagger';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute } from '#platform/hosting/route.js';
import type { Accepted } from '#platform/lane/lane-command.js';
import { invalidBody } from '#platform/service/validation.js';
import { CSV, TEXT } from '../desk/file-upload.js';
import type { ImportTally } from './import-tally.js';
import { readQueueLog, unreadableFile } from './queue-log-file.js';
import { CallImportAnswer, CallImportQuery, shownProblems } from './queue-log-import.body.js';
import { ImportQueueLog } from './queue-log-import.commands.js';

@ApiTags('calls')
@Controller('calls/import')
export class CallImportHttp {
  constructor(@Inject(CommandBus) private readonly commands: CommandBus) {}

  /** A file as the body, at most 5 MB. Sent again, or overlapping with another, it changes nothing. (§8.18) */
  @Post()
  @ApiConsumes(TEXT, CSV)
  @ApiBody({ schema: { type: 'string', format: 'binary' } })
  @CommandRoute(CallImportAnswer, {
    400: ['unreadable-file'],
    413: ['body-too-large'],
    415: ['unsupported-media-type'],
  })
  async import(
    @CurrentCall() call: Call,
    @Query() { format, queue }: CallImportQuery,
    @Body() content: unknown,
  ): Promise<Accepted<CallImportAnswer>> {
    if (!Buffer.isBuffer(content)) throw unreadableFile(`Send the file itself as ${TEXT} or ${CSV}.`);
    if (format === 'queueLog' && queue === undefined) throw invalidBody([{ field: 'queue', rules: ['required'] }]);
    const file = readQueueLog(content, queue!.split(','));
    const digest = createHash('sha256').update(`${queue}\0`).update(content).digest('hex');
    const taken = await this.commands.execute<ImportQueueLog, Accepted<ImportTally>>(
      new ImportQueueLog(call, file, digest),
    );
    const { lines, callLines, otherLines, otherQueueLines, unreadable } = file;
    const counts = { lines, callLines, otherLines, otherQueueLines, unreadableLines: unreadable.length };
    const answer = { ...counts, unreadable: shownProblems(unreadable), ...taken.answer, ambiguous: [...taken.answer.ambiguous] }; // prettier-ignore
    return { ...taken, answer };
  }
}
