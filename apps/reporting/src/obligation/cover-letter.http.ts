import { Body, Controller, Get, HttpCode, Inject, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { instantOf } from '#calendar/civil-time.js';
import { systemClock } from '#kernel/clock.js';
import { coverLetterPaper, staffingPaper } from '#office/report/desk-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { DateField, FlagField, LineField, PartsField } from '#platform/service/fields.js';
import { senderOf } from '../daily-report/daily-report.js';
import { DeskNotes } from '../report/desk-facts.js';
import { FileRoute, sendFile } from '../report/report-answer.js';
import { Specimen } from '../report/specimen.js';
import { nameOfObligation } from './obligation.policy.js';
import { Submissions } from './submissions.js';

export class StaffMemberBody {
  @LineField({ max: 60, description: '職: 責任者、業務責任者、ＳＶ …' }) office: string;
  @LineField({ max: 60 }) name: string;
  @LineField({ max: 100, description: '所属（雇用主）' }) employer: string;
  @LineField({ max: 200, description: '担当業務' }) duties: string;
  @LineField({ max: 30, optional: true }) phoneNumber?: string;
  @FlagField({ optional: true, description: '代行 (§8.26)' }) deputy?: boolean;
}

export class StaffingNoticeBody {
  @LineField({ max: 40, optional: true }) number?: string;
  @DateField({ description: '適用日' }) validFrom: string;
  @LineField({ max: 200, description: '届出の理由' }) reason: string;
  @PartsField(() => StaffMemberBody, { min: 1, max: 50 }) members: StaffMemberBody[];
}

/** Letters to the city: what goes with a submission, and who answers for the desk. (R029, R056) */
@ApiTags('obligations')
@Controller()
export class CoverLetterHttp {
  constructor(
    @Inject(Submissions) private readonly submissions: Submissions,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
  ) {}

  @Get('obligations/submissions/:submissionId/cover.docx')
  @FileRoute('docx', '送付状 of what was handed in, with its hash (R056)', { 404: ['not-found'] })
  async cover(@IdParam('submissionId') submissionId: string, @Res() reply: FastifyReply): Promise<void> {
    const { obligationId, fileName, sha256, submittedOn } = await this.submissions.known(submissionId);
    const name = nameOfObligation(obligationId);
    const paper = coverLetterPaper({
      date: submittedOn,
      subject: `${name}の提出について`,
      lines: [`　${(await this.notes.facts()).contract.name}について、次のとおり提出します。`],
      enclosures: [{ name: `${name}（${fileName}）`, copies: 1, sha256 }],
      ...(await this.from(instantOf(submittedOn, '12:00'))),
    });
    await sendFile(reply, await paperFile(paper), `cover-${submissionId}.docx`, '');
  }

  @Post('reports/staffing-notice.docx')
  @HttpCode(200)
  @FileRoute('docx', '体制届: who answers for the desk. Names are printed and not kept. (R029)')
  async staffing(@Body() body: StaffingNoticeBody, @Res() reply: FastifyReply): Promise<void> {
    const { contract } = await this.notes.facts();
    const paper = staffingPaper({ ...body, contractName: contract.name, ...(await this.from(systemClock.now())) });
    await sendFile(reply, await paperFile(paper), `staffing-notice-${body.validFrom}.docx`, '');
  }

  private async from(at: number) {
    return { from: senderOf(await this.notes.facts()), at, ...(this.specimen.isOne && { specimen: true }) };
  }
}
