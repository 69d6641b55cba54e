import { ApiProperty } from '@nestjs/swagger';
import type { Lane } from '#calendar/arrival.js';
import { IdField } from '#platform/service/fields.js';

export const LANES = ['normal', 'late', 'tooLate'] as const;

export class ExpectationQuery {
  @IdField() sessionId: string;
}

export class ExpectationAnswer {
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ format: 'date', description: 'お届け期限' }) arriveBy: string;
  @ApiProperty({ format: 'date', description: '差出期限' }) postBy: string;
  @ApiProperty({ format: 'date', description: '承認期限' }) approveBy: string;
  @ApiProperty({ format: 'date', description: '通知締切' }) freeze: string;
  @ApiProperty({ format: 'date', description: 'When a booking made now is posted.' }) postOn: string;
  @ApiProperty({ format: 'date', description: 'お届け見込み日' }) predictedArrival: string;
  @ApiProperty({ enum: LANES }) lane: Lane;
  @ApiProperty({ description: '通常／1週間前に間に合わない／受講日前日までに届かない' }) laneName: string;
  @ApiProperty({ type: [String], description: 'Why, to be read out.' }) reasons: string[];
}
