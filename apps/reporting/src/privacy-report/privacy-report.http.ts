import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import { privacyMonthPaper } from '#office/report/privacy-month-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { AccessLogs } from '../access-log/access-logs.js';
import { deletions } from '../deletion/deletion.row.js';
import { Ledger } from '../query/ledger-reading.js';
import { Deliverables } from '../report/deliverables.js';
import { DeskNotes } from '../report/desk-facts.js';
import { AsOfQuery, FileRoute, sendFile } from '../report/report-answer.js';
import { plannedTerms } from '../report/report-terms.js';
import { Specimen } from '../report/specimen.js';
import { begunMonth } from './month.js';
import { privacyMonth } from './privacy-month.js';
import { PrivacyRecords } from './privacy-records.js';

/** 様式１ 個人情報取扱状況報告書, filled from the month's logs and records: counts only. (R047) */
@ApiTags('reports')
@Controller('reports/privacy')
export class PrivacyReportHttp {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(PrivacyRecords) private readonly records: PrivacyRecords,
    @Inject(Specimen) private readonly specimen: Specimen,
    @Inject(AccessLogs) private readonly accesses: AccessLogs,
    @Inject(Deliverables) private readonly deliverables: Deliverables,
  ) {}

  @Get(':month.docx')
  @FileRoute('docx', 'The privacy report of a month, `2025-07` (.docx)', {
    404: ['not-found', 'nothing-to-report'],
    409: ['future-day'],
  })
  async docx(
    @Param('month') month: string,
    @Query() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { report, position } = await this.month(month, asOf, call.callerToken);
    const file = await paperFile(privacyMonthPaper(report));
    await this.deliverables.record(`privacy-${month}.docx`, file, position, call.caller.accountId);
    await sendFile(reply, file, `privacy-${month}.docx`, position);
  }

  private async month(month: string, asOf: string | undefined, token: string | undefined) {
    const today = dateAt(systemClock.now());
    const [from, to] = begunMonth(month, today);
    const read = await this.ledger.read(asOf, async (reading) => ({
      asOf: reading.asOf,
      terms: await plannedTerms(reading),
      deleted: await reading.ask(deletions, { from, to }),
      heard: (await reading.hasHeard(from)) && !isEmpty(await reading.endOf(to)),
    }));
    if (!read.heard && read.terms.length === 0) {
      throw new Refusal('nothing-to-report', 'not-found', 'この月の記録はありません。', { month });
    }
    const report = privacyMonth({
      month,
      facts: await this.notes.facts(),
      record: (await this.records.of(month)).record,
      reviews: await this.records.reviews(from, to),
      accesses: await this.accesses.between(from, to, token),
      handedOut: await this.records.handedOut(from, to),
      destroyed: await this.records.destroyed(from, to),
      deleted: read.deleted,
      incidents: await this.notes.incidents(from, to),
      today,
      at: Date.parse(read.asOf.instant ?? '1970-01-01T00:00:00Z'),
      specimen: this.specimen.isOne,
    });
    return { report, position: read.asOf.position };
  }
}

function isEmpty(place: Readonly<Record<string, readonly number[]>>): boolean {
  return Object.values(place).every((sequences) => sequences.every((seq) => seq === 0));
}
