import { Controller, Get, Headers, Inject, Res } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { dateAt } from '#calendar/civil-time.js';
import type { Caller } from '#contracts/access/call.js';
import { INQUIRY_CATEGORIES } from '#contracts/inquiries/inquiry-category.js';
import type { EscalationSheet } from '#office/report/desk-paper-data.js';
import { escalationPaper } from '#office/report/desk-paper.js';
import { paperFile } from '#office/report/paper-file.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { ApiProblems } from '#platform/service/problem-answer.js';
import { WAIT_FOR_HEADER } from '#platform/subscription/position-token.js';
import { CaseList, type Case } from '../case-list/case-list.js';
import { escalationTable } from '../case-list/cases.projector.js';
import { DatabaseMark } from '../desk/database-mark.js';
import { DOCX } from '../desk/file-upload.js';
import { Notes } from '../note/notes.js';
import type { Escalation } from './escalation.js';

const PROBLEMS = { 401: ['not-signed-in'], 403: ['forbidden'], 404: ['not-found'], 503: ['not-yet', 'unavailable'] } as const; // prettier-ignore

/** What happened, in the words of the paper, and whose part it was: no account is named on it. */
const STEPS: Readonly<Record<string, readonly [state: string, by: string]>> = {
  EscalationOpened: ['起票', 'オペレーター'],
  EscalationConfirmed: ['責任者確認', '責任者'],
  EscalationSentToCity: ['委託者照会', '責任者'],
  EscalationAnswered: ['指示受領', '責任者'],
  EscalationCalledBack: ['折り返し', 'オペレーター'],
  EscalationClosed: ['完了', ''],
};

/** エスカレーション票, for the city where there is no link: it names nobody. (R037) */
@ApiTags('escalations')
@Controller('escalations')
export class EscalationSheetHttp {
  constructor(
    @Inject(CaseList) private readonly cases: CaseList,
    @Inject(Notes) private readonly notes: Notes,
    @Inject(DatabaseMark) private readonly mark: DatabaseMark,
  ) {}

  @Get(':escalationId/sheet.docx')
  @ApiProduces(DOCX)
  @ApiOkResponse({ schema: { type: 'string', format: 'binary' } })
  @ApiProblems(PROBLEMS)
  async sheet(
    @CurrentCaller() caller: Caller,
    @IdParam('escalationId') escalationId: string,
    @Res() reply: FastifyReply,
    @Headers(WAIT_FOR_HEADER) position?: string,
  ) {
    const found = await (await this.cases.upTo(position)).one(escalationTable, escalationId);
    const kinds = found.state.answeredBy === 'city' ? (['question', 'instruction'] as const) : (['question'] as const);
    const notes = await this.notes.open(caller, 'escalation-sheet', [escalationId], kinds, true);
    const textOf = (kind: string) => notes.findLast((note) => note.kind === kind)?.content['text'];
    const paper = escalationPaper(sheetOf(found, this.mark.specimen, textOf('question'), textOf('instruction')));
    await reply
      .header('content-type', DOCX)
      .header('content-disposition', `attachment; filename="escalation-${found.state.opened!.sheetNumber}.docx"`)
      .send(await paperFile(paper));
  }
}

function sheetOf(
  { state, steps, opened_at }: Case<Escalation>,
  specimen: boolean,
  question = '（消去済）',
  answer?: string,
): EscalationSheet {
  const { sheetNumber, urgent, category, callbackWanted } = state.opened!;
  const now = Date.now();
  return {
    ...{ number: `第${sheetNumber}号`, openedAt: opened_at, urgent: urgent ?? false, question, specimen, at: now },
    answerBy: dateAt(state.dueAt === undefined ? now : Date.parse(state.dueAt)),
    category: INQUIRY_CATEGORIES[category as keyof typeof INQUIRY_CATEGORIES] ?? category,
    soFar:
      state.attempts.length === 0 ? '折り返しのご連絡はまだしておりません。' : `折り返し ${state.attempts.length}回`,
    ...(callbackWanted && { callBackPromised: 'あり（氏名・電話番号は受託者で保管）' }),
    steps: steps.map(({ type, at }) => {
      const [step, by] = STEPS[type] ?? [type, ''];
      const city = type === 'EscalationAnswered' && state.answeredBy === 'city';
      return { at: Date.parse(at), state: step, by: city ? '市担当課' : by };
    }),
    ...(answer !== undefined && { answer }),
    from: { organisation: '受講受付コールセンター' },
  };
}
