import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, IdField, PartField } from '#platform/service/fields.js';
import { CaseListQuery } from '../case-list/case-list.body.js';
import type { CaseQuery } from '../case-list/case-list.js';
import { CALL_RESULTS, ContactBody, StepAnswer } from '../escalation/escalation.body.js';

export const CAUSES = ['returnedMail', 'contactList', 'vacancyWish', 'promised'] as const;
const CLOSINGS = ['express', 'booked', 'notWanted', 'atVenue', 'withdrawn'] as const;

export class RequestCallbackBody {
  @ChoiceField({ of: ['vacancyWish', 'promised'], description: '空き連絡希望・折り返しの約束' })
  cause: 'vacancyWish' | 'promised';
  @PartField(() => ContactBody) contact: ContactBody;
  @IdField({ optional: true, description: 'The full session; needed for a wish.' }) sessionId?: string;
  @IdField({ optional: true }) callId?: string;
}

export class CallbackAttemptBody {
  @ChoiceField({ of: CALL_RESULTS, description: '不在・留守電・本人に伝達・家族に伝言・番号違い' })
  result: (typeof CALL_RESULTS)[number];
}

export class CloseCallbackBody {
  @ChoiceField({ of: CLOSINGS }) result: (typeof CLOSINGS)[number];
}

export class CallbackChanged {
  @ApiProperty({ format: 'uuid' }) callbackId: string;
  @ApiProperty({ enum: ['open', 'closed'] }) state: string;
  @ApiProperty({ required: false, description: 'What came of it.' }) result?: string;
  @ApiProperty({ required: false, description: 'Read out to whoever leaves a wish. (§8.15)' }) say?: string;
}

export class CallbacksQuery extends CaseListQuery {
  @ChoiceField({ of: CAUSES, optional: true }) cause?: (typeof CAUSES)[number];

  override toQuery(): CaseQuery {
    return { ...super.toQuery(), cause: this.cause };
  }
}

export class CallbackLine extends CallbackChanged {
  @ApiProperty({ enum: CAUSES }) cause: string;
  @ApiProperty({ format: 'date-time' }) requestedAt: string;
  @ApiProperty({ format: 'date-time', required: false }) dueAt?: string;
  @ApiProperty() overdue: boolean;
  @ApiProperty({ type: [String], enum: CALL_RESULTS }) attempts: string[];
  @ApiProperty({ format: 'uuid', required: false }) sessionId?: string;
  @ApiProperty({
    ...{ type: 'integer', required: false },
    description:
      'Of an open wish: seats of its session that nobody has now. Whoever wished first is called first. (§8.15)',
  })
  seatsFree?: number;
  @ApiProperty({ format: 'uuid', required: false }) reservationId?: string;
  @ApiProperty({ format: 'uuid', required: false }) contactListId?: string;
  @ApiProperty({ format: 'uuid', required: false }) noticeId?: string;
}

export class CallbacksAnswer {
  @ApiProperty({ type: [CallbackLine], description: 'What is due first stands first; wishes in their order.' })
  callbacks: CallbackLine[];
  @ApiProperty({ format: 'uuid', required: false }) next?: string;
}

export class CallbackAnswer extends CallbackLine {
  @ApiProperty({ type: [StepAnswer] }) steps: StepAnswer[];
  @ApiProperty({ type: ContactBody, required: false, description: 'Whom to call; absent once erased.' })
  contact?: ContactBody;
}
