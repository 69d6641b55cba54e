import { ApiProperty } from '@nestjs/swagger';
import { CountField, DateField, IdField } from '#platform/service/fields.js';
import { Transform } from 'class-transformer';

export class CallsQuery {
  @DateField({ description: 'A day in Tokyo.' }) date: string;
  @Transform(({ value }) => (typeof value === 'string' && /^\d{1,3}$/.test(value) ? Number(value) : value))
  @CountField({ min: 1, max: 500, optional: true })
  limit?: number;
  @IdField({ optional: true, description: 'What a list answered as `next`.' }) after?: string;
}

export class NumbersQuery {
  @DateField() from: string;
  @DateField({ optional: true, description: 'The same day unless given; at most 62 days.' }) to?: string;
}

export class AsOfAnswer {
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) instant: string | null;
  @ApiProperty({ type: String, nullable: true }) position: string | null;
}

export class CallAnswer {
  @ApiProperty({ format: 'uuid' }) callId: string;
  @ApiProperty({ type: 'integer' }) callRevision: number;
  @ApiProperty({ enum: ['screen', 'queueLog', 'csv'] }) source: string;
  @ApiProperty({ enum: ['telephone', 'relay', 'fax', 'proxyCall', 'city'] }) channel: string;
  @ApiProperty({ format: 'date-time' }) receivedAt: string;
  @ApiProperty({ format: 'uuid', required: false }) termId?: string;
  @ApiProperty({ required: false }) queue?: string;
  @ApiProperty({ required: false }) outOfHours?: true;
  @ApiProperty({ required: false }) fromPaper?: true;
  @ApiProperty({ required: false, description: '`{answeredAt, waitSeconds?, answeredBy?}`' }) answer?: object;
  @ApiProperty({ required: false, description: '`{abandonedAt, waitSeconds?, short?, cause}`' }) abandonment?: object;
  @ApiProperty({
    required: false,
    description:
      '`{closedAt, talkSeconds?, holdSeconds?, afterCallWorkSeconds?, transfers, purpose?, category?, outcome?}`',
  })
  ending?: object;
  @ApiProperty({ required: false, description: 'Counts nowhere.' }) struck?: true;
}

export class CallsAnswer {
  @ApiProperty({ type: AsOfAnswer }) asOf: AsOfAnswer;
  @ApiProperty({ type: [CallAnswer] }) calls: CallAnswer[];
  @ApiProperty({ format: 'uuid', required: false }) next?: string;
}

const NUMBER = { type: Number, required: false } as const;

/** By the definitions of requirements §5.1; rates from 0 to 1, times in seconds. */
export class NumbersAnswer {
  @ApiProperty({ type: 'integer', description: '入電数' }) callsOffered: number;
  @ApiProperty({ type: 'integer', description: '応答数' }) callsAnswered: number;
  @ApiProperty({ type: 'integer', description: '放棄呼' }) callsAbandoned: number;
  @ApiProperty({ type: 'integer', description: 'うち５秒未満' }) shortAbandoned: number;
  @ApiProperty({ type: 'integer', description: '待ち' }) callsWaiting: number;
  @ApiProperty({ type: 'integer', description: '時間外' }) callsOutOfHours: number;
  @ApiProperty({ type: 'integer', required: false, description: '話中' }) callsBusy?: number;
  @ApiProperty({ type: 'integer', description: '総呼数 = 入電 + 話中 + 時間外' }) totalCalls: number;
  @ApiProperty(NUMBER) answerRate?: number;
  @ApiProperty(NUMBER) answerRateWithoutShort?: number;
  @ApiProperty(NUMBER) abandonRate?: number;
  @ApiProperty({ ...NUMBER, description: 'Answered within 20 seconds, of those offered.' }) serviceLevel?: number;
  @ApiProperty(NUMBER) averageWait?: number;
  @ApiProperty(NUMBER) averageTalk?: number;
  @ApiProperty(NUMBER) averageHold?: number;
  @ApiProperty(NUMBER) averageAfterCallWork?: number;
  @ApiProperty(NUMBER) averageHandling?: number;
  @ApiProperty({ type: 'integer', description: 'Calls that were passed on, each once.' }) transferred: number;
  @ApiProperty(NUMBER) firstContactResolution?: number;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) byPurpose: Record<string, number>;
  @ApiProperty({ type: 'object', additionalProperties: { type: 'integer' } }) byOutcome: Record<string, number>;
  @ApiProperty({ type: 'integer' }) withoutCategory: number;
}

export class SlotNumbers extends NumbersAnswer {
  @ApiProperty({ description: 'The half hour from here, in Tokyo.', example: '09:30' }) slot: string;
}

export class DayNumbers extends NumbersAnswer {
  @ApiProperty({ format: 'date' }) date: string;
}

export class CallNumbersAnswer {
  @ApiProperty({ type: AsOfAnswer }) asOf: AsOfAnswer;
  @ApiProperty({ type: NumbersAnswer }) total: NumbersAnswer;
  @ApiProperty({ type: [DayNumbers] }) days: DayNumbers[];
  @ApiProperty({ type: [SlotNumbers], description: 'Over all the days.' }) slots: SlotNumbers[];
}

export class NowAnswer {
  @ApiProperty({ type: AsOfAnswer }) asOf: AsOfAnswer;
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ type: NumbersAnswer }) today: NumbersAnswer;
  @ApiProperty({ type: SlotNumbers, description: 'The half hour that is under way.' }) slot: SlotNumbers;
  @ApiProperty({ type: 'integer', description: 'Calls on screens that are not closed.' }) openCalls: number;
  @ApiProperty({ type: 'integer', required: false, description: 'Seconds since the oldest of them was answered.' })
  longestOpenSeconds?: number;
}
