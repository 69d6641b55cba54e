import { Body, Controller, Get, Inject, Param, Put, Query as Asking, Res } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { dateAt, instantOf, isDate, plusDays } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import { systemClock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import { dailyReportBook } from '#office/report/daily-report-book.js';
import { dailyReportPaper } from '#office/report/daily-report-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { bookFile } from '#office/workbook/book-file.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { CountField, LineField, LinesField, TextField } from '#platform/service/fields.js';
import { AccessLogs } from '../access-log/access-logs.js';
import { Ledger } from '../query/ledger-reading.js';
import { Deliverables } from '../report/deliverables.js';
import { DeskNotes } from '../report/desk-facts.js';
import { RecentReports } from '../report/recent-reports.js';
import { AsOfQuery, FileRoute, ReportAnswer, SenderAnswer, sendFile } from '../report/report-answer.js';
import { Specimen } from '../report/specimen.js';
import { Staffing } from '../staffing/staffing.js';
import { ComplaintWords } from './complaint-words.js';
import { dailyReport } from './daily-report.js';

export class DailyReportAnswer extends ReportAnswer {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ description: '期' }) termName: string;
  @ApiProperty({ type: 'integer', nullable: true, description: '開設○日目' }) openDay: number | null;
  @ApiProperty({ required: false, description: '天候' }) weather?: string;
  @ApiProperty({ required: false, description: '特記事項' }) remarks?: string;
  @ApiProperty({ type: Object }) staffing: object;
  @ApiProperty({ type: Object, description: '入電・応答・放棄' }) calls: object;
  @ApiProperty({ type: [Object] }) hours: object[];
  @ApiProperty({ type: Object }) bookings: object;
  @ApiProperty({ type: [Object], description: 'Those that changed most on the day.' }) sessions: object[];
  @ApiProperty({ type: Object }) guidance: object;
  @ApiProperty({ type: [Object] }) inquiries: object[];
  @ApiProperty({ type: Object }) faq: object;
  @ApiProperty({ type: [Object] }) escalations: object[];
  @ApiProperty({ type: [Object], description: 'Without their words.' }) complaints: object[];
  @ApiProperty({ type: [String], format: 'uuid' }) complaintIds: string[];
  @ApiProperty({ type: [Object], description: '緊急連絡' }) urgent: object[];
  @ApiProperty({ type: Object }) notices: object;
  @ApiProperty({ type: [String], nullable: true, description: '個人情報事故; null until somebody has closed the day.' })
  incidents: string[] | null;
  @ApiProperty({ type: [Object], description: 'アクセスログのアンカー値: the last entry and its hash, by service.' })
  accessLogAnchor: object[];
  @ApiProperty({ type: [Object], description: 'Each with its definition and the query that made it.' }) kpis: object[];
  @ApiProperty({ type: SenderAnswer }) from: SenderAnswer;
}

export class DayNotesBody {
  @LineField({ max: 60, optional: true, description: '天候' }) weather?: string;
  @TextField({ max: 2_000, optional: true, description: '特記事項. No personal data.' }) remarks?: string;
  @CountField({ min: 0, max: 999, optional: true }) supervisors?: number;
  @CountField({ min: 0, max: 999, optional: true }) operators?: number;
  @LinesField({ max: 20, length: 500, optional: true, description: '個人情報事故. No personal data.' })
  incidents?: string[];
}

export class DayNotesAnswer extends DayNotesBody {
  @ApiProperty({ format: 'date' }) date: string;
}

const NO_DAY = { 404: ['not-found', 'nothing-to-report'] } as const;

/** 日次報告書: what happened on a day, in three renderings of one answer. (§5.2, R043) */
@ApiTags('reports')
@Controller('reports/daily')
export class DailyReportHttp {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
    @Inject(RecentReports) private readonly recent: RecentReports,
    @Inject(ComplaintWords) private readonly words: ComplaintWords,
    @Inject(Staffing) private readonly staffing: Staffing,
    @Inject(AccessLogs) private readonly accessLogs: AccessLogs,
    @Inject(Deliverables) private readonly deliverables: Deliverables,
  ) {}

  @Get(':date.json')
  @ApiOperation({ summary: 'The daily report as data; with `asOf` of an earlier answer, that answer again' })
  @QuestionRoute(DailyReportAnswer, { 400: ['invalid-as-of'], ...NO_DAY, 409: ['future-day'] })
  async json(
    @Param('date') date: string,
    @Asking() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
  ): Promise<DailyReportAnswer> {
    return (await this.report(date, asOf, call)) as unknown as DailyReportAnswer;
  }

  @Get(':date.docx')
  @FileRoute('docx', '日次報告書 (.docx)', { ...NO_DAY, 409: ['future-day'] })
  async docx(
    @Param('date') date: string,
    @Asking() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.withWords(await this.report(date, asOf, call), call);
    const file = await paperFile(dailyReportPaper(report));
    await this.deliverables.record(`daily-${date}.docx`, file, report.asOf.position, call.caller.accountId);
    await sendFile(reply, file, `daily-${date}.docx`, report.asOf.position);
  }

  @Get(':date.xlsx')
  @FileRoute('xlsx', '日次報告書 (.xlsx)', { ...NO_DAY, 409: ['future-day'] })
  async xlsx(
    @Param('date') date: string,
    @Asking() { asOf }: AsOfQuery,
    @CurrentCall() call: Call,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const report = await this.report(date, asOf, call);
    const file = await bookFile(dailyReportBook(report));
    await this.deliverables.record(`daily-${date}.xlsx`, file, report.asOf.position, call.caller.accountId);
    await sendFile(reply, file, `daily-${date}.xlsx`, report.asOf.position);
  }

  @Put(':date/notes')
  @ApiOperation({ summary: 'What no log knows of the day: weather, remarks, who was there (日次締め)' })
  @QuestionRoute(DayNotesAnswer, { 404: ['not-found'] })
  async note(@Param('date') date: string, @Body() body: DayNotesBody): Promise<DayNotesAnswer> {
    await this.notes.save(knownDate(date), { ...body });
    return { date, ...body };
  }

  /** Sealed words of complaints, for a trained and designated handler; whoever is none gets the paper without. (R043) */
  private async withWords(report: Awaited<ReturnType<DailyReportHttp['report']>>, { caller, callerToken }: Call) {
    if (!caller.handler) return report;
    const complaints = await Promise.all(
      report.complaints.map((one, nth) => this.words.into(one, report.complaintIds[nth]!, callerToken)),
    );
    return { ...report, complaints };
  }

  private async report(date: string, asOf: string | undefined, { callerToken }: Call) {
    const today = dateAt(systemClock.now());
    const notes = await this.notes.of(knownDate(date));
    const planned = await this.staffing.peopleOn(date);
    const about = {
      ...{ facts: await this.notes.facts(), notes },
      ...(planned && { planned }),
      specimen: this.specimen.isOne,
    };
    const report = await this.ledger.read(asOf, async (reading) => ({
      schemaVersion: 1 as const,
      asOf: reading.asOf,
      ...(await this.recent.of(['daily', date, today, about, reading.asOf], () =>
        dailyReport(reading, date, today, about),
      )),
    }));
    // At the end of the day; of a day that is not over, when the last event was heard: so the same `asOf` has the same anchor
    const before = Math.min(instantOf(plusDays(date, 1), '00:00'), report.at + 1);
    return { ...report, accessLogAnchor: await this.accessLogs.anchorsBefore(before, callerToken) };
  }
}

/** @throws Refusal `not-found` for what is no date of the calendar */
export function knownDate(date: string): string {
  if (!isDate(date)) throw new Refusal('not-found', 'not-found', 'There is no such day; write it as 2026-08-05.');
  return date;
}
