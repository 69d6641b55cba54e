import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, LineField } from '#platform/service/fields.js';
import { LANES } from '../expectation/expectation.body.js';
import type { Handling, ReturnReason } from './notice.js';

/** As printed on it by the post. (§8.6) */
export const RETURN_REASONS: Readonly<Record<ReturnReason, string>> = {
  unknownAddress: 'あて所に尋ねあたりません',
  moved: '転居先不明（転送期間経過を含む）',
  refused: '受取拒絶',
  retentionExpired: '保管期間経過',
  postageDue: '料金不足',
  other: 'その他',
};

export class ReturnedBody {
  @ChoiceField({ of: Object.keys(RETURN_REASONS), description: Object.values(RETURN_REASONS).join('／') })
  reason: ReturnReason;
}

export class ReissueBody {
  @ChoiceField({
    of: ['returned', 'notArrived', 'damaged'],
    optional: true,
    description: 'Absent: `returned` for one that came back, else `notArrived`.',
  })
  cause?: 'returned' | 'notArrived' | 'damaged';
}

export class HandlingBody {
  @ChoiceField({ of: ['post', 'express', 'telephone'], description: '普通・速達・電話案内のみ' }) handling: Handling;
  @LineField({ max: 60, optional: true, description: 'Required for telephone.' }) agreementNumber?: string;
}

export class NoticeChanged {
  @ApiProperty({ format: 'uuid' }) noticeId: string;
  @ApiProperty({ format: 'uuid' }) reservationId: string;
}

export class NoticeReissuedAnswer extends NoticeChanged {
  @ApiProperty({ format: 'uuid', description: 'What is due now.' }) newNoticeId: string;
  @ApiProperty({ required: false, format: 'date' }) predictedArrival?: string;
  @ApiProperty({ required: false, enum: LANES }) lane?: string;
}

export class ArrivalAnswer {
  @ApiProperty({ format: 'uuid' }) noticeId: string;
  @ApiProperty({ enum: ['wait', 'reissue', 'readOut', 'onItsWay', 'ended'] }) advice: string;
  @ApiProperty({ description: 'What is said to whoever asks, in Japanese.' }) words: string;
  @ApiProperty({ required: false, format: 'date' }) postedOn?: string;
  @ApiProperty({ required: false, format: 'date' }) predictedArrival?: string;
}
