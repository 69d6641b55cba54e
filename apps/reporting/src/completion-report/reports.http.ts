import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { dateAt } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { isUuid } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { completionBook } from '#office/report/completion-book.js';
import { completionPaper } from '#office/report/completion-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { tallyBook } from '#office/report/tally.js';
import { bookFile } from '#office/workbook/book-file.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { DateField } from '#platform/service/fields.js';
import { AccessLogs } from '../access-log/access-logs.js';
import { PrivacyRecords } from '../privacy-report/privacy-records.js';
import { Ledger } from '../query/ledger-reading.js';
import { Deliverables } from '../report/deliverables.js';
import { DeskNotes } from '../report/desk-facts.js';
import { RecentReports } from '../report/recent-reports.js';
import { AsOfQuery, FileRoute, ReportAnswer, SenderAnswer, sendFile } from '../report/report-answer.js';
import { Specimen } from '../report/specimen.js';
import { tallyOf } from '../tally/tally.js';
import { completionReport } from './completion-report.js';

export class CompletionQuery extends AsOfQuery {
  @DateField({ optional: true, description: 'The day it is handed in; today when absent.' }) date?: string;
}

export class TallyAnswer extends ReportAnswer {
  @ApiProperty() termName: string;
  @ApiProperty({ format: 'date' }) from: string;
  @ApiProperty({ format: 'date' }) until: string;
  @ApiProperty({ type: [Object] }) days: object[];
  @ApiProperty({ type: [Object] }) hours: object[];
  @ApiProperty({ type: [String] }) categories: string[];
  @ApiProperty({ type: [Object] }) kpis: object[];
  @ApiProperty({ description: 'The organisation that made it.' }) author: string;
}

export class ContractAnswer {
  @ApiProperty() name: string;
  @ApiProperty({ format: 'date' }) from: string;
  @ApiProperty({ format: 'date' }) until: string;
}

export class CompletionAnswer extends ReportAnswer {
  @ApiProperty({ format: 'date', description: 'The day it is handed in.' }) date: string;
  @ApiProperty({ type: ContractAnswer }) contract: ContractAnswer;
  @ApiProperty({ type: [String], description: '業務概要' }) outline: string[];
  @ApiProperty({ type: Object, description: '実施体制・研修実績' }) team: object;
  @ApiProperty({ type: [Object], description: '期別実績' }) terms: object[];
  @ApiProperty({ type: [Object], description: 'The year before, term by term.' }) yearBefore: object[];
  @ApiProperty({ type: [Object] }) kpis: object[];
  @ApiProperty({ type: [Object], description: 'FAQ 更新一覧' }) faqChanges: object[];
  @ApiProperty({ type: Object }) complaints: object;
  @ApiProperty({ type: Object }) escalations: object;
  @ApiProperty({ type: Object, description: '個人情報保護' }) privacy: object;
  @ApiProperty({ type: Object, description: '環境配慮: sheets of paper' }) paper: object;
  @ApiProperty({ type: [String], description: '課題と提案' }) proposals: string[];
  @ApiProperty({ type: [String], description: '別添' }) annexes: string[];
  @ApiProperty({ type: SenderAnswer }) from: SenderAnswer;
}

/** 日別集計結果 (R042) and 業務完了報告書 (R050): of a term, of the contract. */
@ApiTags('reports')
@Controller('reports')
export class ReportsHttp {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
    @Inject(RecentReports) private readonly recent: RecentReports,
    @Inject(AccessLogs) private readonly accesses: AccessLogs,
    @Inject(PrivacyRecords) private readonly records: PrivacyRecords,
    @Inject(Deliverables) private readonly deliverables: Deliverables,
  ) {}

  @Get('tally/:termId.json')
  @ApiOperation({ summary: 'The tally of a term as data' })
  @QuestionRoute(TallyAnswer, { 400: ['invalid-as-of'], 404: ['not-found'], 409: ['future-day'] })
  async tallyData(@Param('termId') termId: string, @Query() { asOf }: AsOfQuery): Promise<TallyAnswer> {
    return (await this.tally(termId, asOf)) as unknown as TallyAnswer;
  }

  @Get('tally/:termId.xlsx')
  @FileRoute('xlsx', '日別集計結果 (.xlsx)', { 404: ['not-found'], 409: ['future-day'] })
  async tallyFile(
    @Param('termId') termId: string,
    @Query() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ) {
    const tally = await this.tally(termId, asOf);
    await this.hand(reply, call, await bookFile(tallyBook(tally)), `tally-${termId}.xlsx`, tally.asOf.position);
  }

  @Get('completion.json')
  @ApiOperation({ summary: 'The completion report as data' })
  @QuestionRoute(CompletionAnswer, { 400: ['invalid-as-of'], 404: ['nothing-to-report'] })
  async completionData(@Query() asked: CompletionQuery, @CurrentCall() call: Call): Promise<CompletionAnswer> {
    return (await this.completion(asked, call)) as unknown as CompletionAnswer;
  }

  @Get('completion.docx')
  @FileRoute('docx', '業務完了報告書 (.docx), with charts', { 404: ['nothing-to-report'] })
  async completionPaper(@Query() asked: CompletionQuery, @CurrentCall() call: Call, @Res() reply: FastifyReply) {
    const report = await this.completion(asked, call);
    await this.hand(reply, call, await paperFile(completionPaper(report)), 'completion.docx', report.asOf.position);
  }

  @Get('completion.xlsx')
  @FileRoute('xlsx', 'Its data book (.xlsx)', { 404: ['nothing-to-report'] })
  async completionBook(@Query() asked: CompletionQuery, @CurrentCall() call: Call, @Res() reply: FastifyReply) {
    const report = await this.completion(asked, call);
    await this.hand(reply, call, await bookFile(completionBook(report)), 'completion.xlsx', report.asOf.position);
  }

  private async tally(termId: string, asOf: string | undefined) {
    if (!isUuid(termId)) throw new Refusal('not-found', 'not-found', 'There is no such term.');
    const about = { facts: await this.notes.facts(), specimen: this.specimen.isOne };
    return this.ledger.read(asOf, async (reading) => ({
      schemaVersion: 1 as const,
      asOf: reading.asOf,
      ...(await this.recent.of(['tally', termId, about, reading.asOf], () =>
        tallyOf(reading, termId, about, systemClock.now()),
      )),
    }));
  }

  /** Remembers what is handed out before it leaves. (R049) */
  private async hand(reply: FastifyReply, { caller }: Call, file: Buffer, name: string, asOf: string): Promise<void> {
    await this.deliverables.record(name, file, asOf, caller.accountId);
    await sendFile(reply, file, name, asOf);
  }

  private async completion({ asOf, date = dateAt(systemClock.now()) }: CompletionQuery, { callerToken }: Call) {
    const facts = await this.notes.facts();
    const counts = await this.accesses.between(facts.contract.from, date, callerToken);
    const about = {
      facts,
      specimen: this.specimen.isOne,
      incidents: await this.notes.incidents(),
      accesses: counts.reduce((sum, { count }) => sum + count, 0),
      reviews: (await this.records.reviews(facts.contract.from, date)).length,
    };
    return this.ledger.read(asOf, async (reading) => ({
      schemaVersion: 1 as const,
      asOf: reading.asOf,
      ...(await this.recent.of(['completion', date, about, reading.asOf], () =>
        completionReport(reading, about, date),
      )),
    }));
  }
}
