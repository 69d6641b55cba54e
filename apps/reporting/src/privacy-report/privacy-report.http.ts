import { Controller, Get, Inject, Param, Query, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { Call } from '#contracts/access/call.js';
import { dateAt, plusDays } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { Refusal } from '#kernel/refusal.js';
import { privacyMonthPaper } from '#office/report/privacy-month-paper.js';
import type { PrivacyMonth } from '#office/report/desk-paper-data.js';
import { paperFile } from '#office/report/paper-file.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { senderOf } from '../daily-report/daily-report.js';
import { deletions } from '../deletion/deletion.row.js';
import { Ledger } from '../query/ledger-reading.js';
import { DeskNotes } from '../report/desk-facts.js';
import { AsOfQuery, fileOf, sendFile } from '../report/report-answer.js';
import { plannedTerms } from '../report/report-terms.js';
import { Specimen } from '../report/specimen.js';
import { AccessCounts } from './access-counts.js';

const METHODS: Readonly<Record<string, readonly [what: string, method: string]>> = {
  person: ['本人の個人情報', '鍵の破棄（以後復号できない）'],
  term: ['期の個人情報', '期の鍵の破棄（以後復号できない）'],
  drafts: ['通話の下書き', '日次締めでの消去'],
};

/** 様式１ 個人情報取扱状況報告書, filled from the month's logs: counts only. (R047) */
@ApiTags('reports')
@Controller('reports/privacy')
export class PrivacyReportHttp {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
    @Inject(AccessCounts) private readonly accesses: AccessCounts,
  ) {}

  @Get(':month.docx')
  @ApiOperation({ summary: 'The privacy report of a month, `2025-07` (.docx)' })
  @ApiOkResponse(fileOf('docx'))
  @ApiProblems({
    401: ['not-signed-in'],
    403: ['forbidden'],
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
    await sendFile(reply, await paperFile(privacyMonthPaper(report)), `privacy-${month}.docx`, position);
  }

  private async month(month: string, asOf: string | undefined, token: string | undefined) {
    const [from, to] = daysOf(month);
    const today = dateAt(systemClock.now());
    if (from > today) throw new Refusal('future-day', 'conflict', 'この月はまだ来ていません。', { month, today });
    const read = await this.ledger.read(asOf, async (reading) => ({
      asOf: reading.asOf,
      terms: await plannedTerms(reading),
      deleted: await reading.ask(deletions, { from, to }),
      heard: (await reading.hasHeard(from)) && !isEmpty(await reading.endOf(to)),
    }));
    if (!read.heard && read.terms.length === 0) {
      throw new Refusal('nothing-to-report', 'not-found', 'この月の記録はありません。', { month });
    }
    const facts = await this.notes.facts();
    const report: PrivacyMonth = {
      month,
      contractName: facts.contract.name,
      officers: { chief: facts.chiefPrivacyOfficer, officer: facts.privacyOfficer },
      staff: facts.roles.map(({ role, people }) => ({ role, people })),
      trainings: facts.trainings.filter(({ date }) => from <= date && date <= to),
      accesses: await this.accesses.between(from, to, token),
      deletions: read.deleted.map(({ day, what, pieces }) => {
        const [name, method] = METHODS[String(what)]!;
        return { date: String(day), what: name, count: Number(pieces), method };
      }),
      incidents: await this.notes.incidents(from, to),
      remarks: [],
      from: senderOf(facts),
      date: today,
      at: Date.parse(read.asOf.instant ?? '1970-01-01T00:00:00Z'),
      ...(this.specimen.isOne && { specimen: true }),
    };
    return { report, position: read.asOf.position };
  }
}

/** First and last day. @throws Refusal `not-found` for what is no month */
function daysOf(month: string): [from: string, to: string] {
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month)) {
    throw new Refusal('not-found', 'not-found', 'There is no such month; write it as 2025-07.');
  }
  const [year, number] = month.split('-').map(Number) as [number, number];
  const next = new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
  return [`${month}-01`, plusDays(next, -1)];
}

function isEmpty(place: Readonly<Record<string, readonly number[]>>): boolean {
  return Object.values(place).every((sequences) => sequences.every((seq) => seq === 0));
}
