import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ChoiceField, CountField, DateField, IdField } from '#platform/service/fields.js';
import { LANES } from '../expectation/expectation.body.js';
import { NOTICE_STATES, type NoticeState } from './notice.row.js';

export class NoticesQuery {
  @ChoiceField({ of: NOTICE_STATES, optional: true }) state?: NoticeState;
  @DateField({ optional: true, description: 'Those that have to be posted by this day.' }) postBy?: string;
  @IdField({ optional: true }) sessionId?: string;
  @IdField({ optional: true }) reservationId?: string;
  @ChoiceField({ of: LANES, optional: true, description: '直前受付: late and tooLate.' }) lane?: string;
  @Type(() => Number) @CountField({ min: 1, max: 500, optional: true }) limit?: number;
  @IdField({ optional: true, description: '`next` of the list before.' }) after?: string;
}

export class NoticeAnswer {
  @ApiProperty({ format: 'uuid' }) noticeId: string;
  @ApiProperty({ format: 'uuid' }) reservationId: string;
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ format: 'uuid' }) personId: string;
  @ApiProperty({ type: 'integer' }) personVersion: number;
  @ApiProperty({ enum: ['first', 'replacement', 'reissue'] }) kind: string;
  @ApiProperty({ enum: NOTICE_STATES }) state: NoticeState;
  @ApiProperty({ format: 'date-time' }) dueAt: string;
  @ApiProperty({ required: false, format: 'uuid', description: 'The posted notice that this one takes the place of.' })
  replaces?: string;
  @ApiProperty({ required: false, format: 'uuid' }) reissuedAs?: string;
  @ApiProperty({ required: false, format: 'date', description: 'お届け期限' }) arriveBy?: string;
  @ApiProperty({ required: false, format: 'date', description: '差出期限' }) postBy?: string;
  @ApiProperty({ required: false, format: 'date', description: 'お届け見込み日' }) predictedArrival?: string;
  @ApiProperty({ required: false, enum: LANES }) lane?: string;
  @ApiProperty({ enum: ['post', 'express', 'telephone'], description: '普通・速達・電話案内のみ' }) handling: string;
  @ApiProperty({ required: false }) agreementNumber?: string;
  @ApiProperty({ description: '電話案内済' }) readOut: boolean;
  @ApiProperty({ description: '郵便番号調査中: blocks printing.' }) postalCodeMissing: boolean;
  @ApiProperty({ required: false, format: 'uuid' }) batchId?: string;
  @ApiProperty({ required: false, type: 'integer' }) serialNo?: number;
  @ApiProperty({ type: [String] }) warnings: string[];
  @ApiProperty({ required: false, format: 'date' }) postedOn?: string;
  @ApiProperty({ required: false, description: 'Why it was voided or came back.' }) reason?: string;
}

export class NoticesAnswer {
  @ApiProperty({ type: [NoticeAnswer] }) notices: NoticeAnswer[];
  @ApiProperty({ required: false }) next?: string;
}

export class DueSession {
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty() sessionCode: string;
  @ApiProperty({ format: 'date' }) firstDate: string;
  @ApiProperty({ format: 'date' }) arriveBy: string;
  @ApiProperty({ format: 'date' }) postBy: string;
  @ApiProperty({ format: 'date' }) approveBy: string;
  @ApiProperty({ format: 'date' }) freeze: string;
  @ApiProperty({ enum: LANES, description: 'Of what goes with the next batch.' }) lane: string;
  @ApiProperty({ type: 'integer', description: 'To be sent by post.' }) due: number;
  @ApiProperty({ type: 'integer', description: '電話案内のみ, not read out yet: nothing of it is posted.' })
  toReadOut: number;
  @ApiProperty({ type: 'integer' }) drafted: number;
  @ApiProperty({ type: 'integer' }) printed: number;
  @ApiProperty({ enum: ['overdue', 'today', 'approveToday', 'later'] }) urgency: string;
  @ApiProperty({ type: [String] }) reasons: string[];
}

export class DueAnswer {
  @ApiProperty({ format: 'date' }) today: string;
  @ApiProperty({ type: [DueSession], description: 'The soonest posting day first.' }) sessions: DueSession[];
  @ApiProperty({
    description: 'Posting is today or overdue and a batch waits for its approval: for the 責任者. (§8.26)',
  })
  alarm: boolean;
}
