import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import type { FastifyReply } from 'fastify';
import { dateAt } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { systemClock } from '#kernel/clock.js';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { RosterChange } from '#office/report/desk-paper-data.js';
import { rosterChangePaper } from '#office/report/desk-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { ReceiptsClient } from '#plan/receipts-client.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { CountField } from '#platform/service/fields.js';
import { Ledger } from '../query/ledger-reading.js';
import { DeskNotes } from '../report/desk-facts.js';
import { AsOfAnswer, AsOfQuery, FileRoute, SenderAnswer, sendFile } from '../report/report-answer.js';
import { Specimen } from '../report/specimen.js';
import { changedRoster, rosterChangeOf } from './roster-change.js';

export class RosterChangeQuery extends AsOfQuery {
  @Type(() => Number)
  @CountField({ min: 1, max: 100_000, optional: true, description: 'The version the city has; 1, what was frozen.' })
  since?: number;
}

export class RosterChangeAnswer extends AsOfAnswer {
  @ApiProperty() number: string;
  @ApiProperty() sessionCode: string;
  @ApiProperty() courseTitle: string;
  @ApiProperty() venueName: string;
  @ApiProperty({ type: [Object] }) dates: object[];
  @ApiProperty({ type: 'integer' }) fromVersion: number;
  @ApiProperty({ type: 'integer' }) toVersion: number;
  @ApiProperty({ type: 'integer' }) countBefore: number;
  @ApiProperty({ type: 'integer' }) countAfter: number;
  @ApiProperty({ type: [Object], description: 'Receipt numbers stand for people.' }) changes: object[];
  @ApiProperty({ description: 'The class is within 2 business days: the city must hear it today.' }) sameDay: boolean;
  @ApiProperty({ type: SenderAnswer }) from: SenderAnswer;
  @ApiProperty({ type: 'integer', description: 'Of `asOf`, in milliseconds since 1970.' }) at: number;
  @ApiProperty({ required: false, description: 'Made of rehearsed data: 見本.' }) specimen?: boolean;
}

const PROBLEMS = { 404: ['not-found'], 409: ['roster-unchanged'] } as const;

/** 名簿変更連絡票: what the city is told when a frozen roster changes. (§8.13) */
@ApiTags('rosters')
@Controller('rosters')
export class RosterChangeHttp {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
    @Inject(ReceiptsClient) private readonly receipts: ReceiptsClient,
  ) {}

  @Get(':sessionId/changes.json')
  @ApiOperation({ summary: 'What changed after 名簿確定, version by version' })
  @QuestionRoute(RosterChangeAnswer, { ...PROBLEMS, 400: ['invalid-as-of'] })
  async json(
    @Param('sessionId') sessionId: string,
    @Query() query: RosterChangeQuery,
    @CurrentCall() call: Call,
  ): Promise<RosterChangeAnswer> {
    return (await this.change(sessionId, query, call)) as unknown as RosterChangeAnswer;
  }

  @Get(':sessionId/changes.docx')
  @FileRoute('docx', '名簿変更連絡票 (.docx)', PROBLEMS)
  async docx(
    @Param('sessionId') sessionId: string,
    @Query() query: RosterChangeQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const change = await this.change(sessionId, query, call);
    const name = `roster-change-${sessionId}-v${change.toVersion}.docx`;
    await sendFile(reply, await paperFile(rosterChangePaper(change)), name, change.asOf.position);
  }

  private async change(sessionId: string, { asOf, since = 1 }: RosterChangeQuery, call: Call) {
    if (!isUuid(sessionId)) throw noSuchSession();
    const read = await this.ledger.read(asOf, async (reading) => ({
      asOf: reading.asOf,
      changed: await changedRoster(reading, sessionId),
    }));
    if (read.changed === undefined) throw noSuchSession();
    const ids = [...new Set(read.changed.changes.map(({ reservation_id }) => reservation_id))];
    const change: RosterChange | undefined = rosterChangeOf(
      read.changed,
      since,
      await this.receipts.receiptsOf(ids, call.callerToken),
      {
        facts: await this.notes.facts(),
        specimen: this.specimen.isOne,
        today: dateAt(systemClock.now()),
        at: Date.parse(read.asOf.instant ?? '1970-01-01T00:00:00Z'),
      },
    );
    if (change === undefined) {
      const message =
        read.changed.version === 0
          ? 'この開催回の名簿はまだ確定していません（期の受付が終わると第１版になります）。'
          : 'この開催回の名簿は、その版の後に変更されていません。';
      throw new Refusal('roster-unchanged', 'conflict', message, { version: read.changed.version, since });
    }
    return { schemaVersion: 1 as const, asOf: read.asOf, ...change };
  }
}

function noSuchSession(): Refusal {
  return new Refusal('not-found', 'not-found', 'この開催回はありません。');
}
