import { ApiProperty } from '@nestjs/swagger';
import { IdField } from '#platform/service/fields.js';
import { CARD_STOCKS } from '../posting-settings/posting-settings.body.js';

export const BATCH_STATES = ['prepared', 'approved', 'printed', 'posted', 'sentBack'] as const;

export class LeftOutAnswer {
  @IdField() noticeId: string;
  @ApiProperty({
    description:
      '`postalCodeMissing`, `byTelephone`, `notDue`, `otherTerm`, `erased`, `planUnknown`, or of the soft proof.',
  })
  reason: string;
}

export class PreparedAnswer {
  @ApiProperty({ format: 'uuid' }) batchId: string;
  @ApiProperty({ type: 'integer' }) batchNumber: number;
  @ApiProperty({ type: 'integer' }) count: number;
  @ApiProperty({ description: 'Merkle root over the keyed digests of the cards: what is approved.' }) hash: string;
  @ApiProperty({ type: [LeftOutAnswer] }) leftOut: LeftOutAnswer[];
}

export class BatchChangedAnswer {
  @ApiProperty({ format: 'uuid' }) batchId: string;
  @ApiProperty({
    enum: BATCH_STATES,
    description: '`prepared` after an approval by the maker: that was the first look.',
  })
  state: string;
  @ApiProperty({ type: 'integer' }) count: number;
  @ApiProperty({ required: false }) hash?: string;
  @ApiProperty({ type: [Number], description: '抜取りリスト: serials to be pulled out before posting.' })
  toPull: number[];
}

export class BatchSummary {
  @ApiProperty({ format: 'uuid' }) batchId: string;
  @ApiProperty({ type: 'integer' }) batchNumber: number;
  @ApiProperty({ enum: BATCH_STATES }) state: string;
  @ApiProperty({ format: 'date-time' }) preparedAt: string;
  @ApiProperty({ type: 'integer', description: 'Cards still in it.' }) count: number;
  @ApiProperty({ type: 'integer', description: 'Cards it began with: the last serial.' }) total: number;
  @ApiProperty({ required: false, description: 'Absent when nothing is left.' }) hash?: string;
  @ApiProperty({ type: 'integer' }) templateVersion: number;
  @ApiProperty({ required: false, format: 'date-time' }) approvedAt?: string;
  @ApiProperty({ required: false, format: 'date-time', description: 'The maker may approve from then on, once more.' })
  secondLookFrom?: string;
}

export class BatchCardAnswer {
  @ApiProperty({ example: 'B12-0001/0350' }) serial: string;
  @ApiProperty({ type: 'integer' }) serialNo: number;
  @ApiProperty({ format: 'uuid' }) noticeId: string;
  @ApiProperty({ format: 'uuid' }) reservationId: string;
  @ApiProperty({ format: 'uuid' }) sessionId: string;
  @ApiProperty({ enum: ['first', 'replacement', 'reissue'] }) kind: string;
  @ApiProperty({ type: [String], description: 'Of the soft proof.' }) warnings: string[];
  @ApiProperty({ required: false, description: 'It left the batch, and why.' }) withdrawn?: string;
}

export class PullAnswer {
  @ApiProperty({ type: 'integer' }) serialNo: number;
  @ApiProperty() serial: string;
  @ApiProperty() reason: string;
}

export class SheetsAnswer {
  @ApiProperty({ type: 'integer' }) good: number;
  @ApiProperty({ type: 'integer' }) spoiled: number;
  @ApiProperty({ type: 'integer', description: 'good + spoiled' }) used: number;
  @ApiProperty({ type: 'integer', description: 'Serials printed once more.' }) reprinted: number;
}

export class PostingAnswer {
  @ApiProperty({ format: 'date' }) postedOn: string;
  @ApiProperty() office: string;
  @ApiProperty({ type: 'integer' }) count: number;
  @ApiProperty({ type: [Number] }) excludedSerials: number[];
  @ApiProperty({ enum: CARD_STOCKS }) cardStock: string;
  @ApiProperty({ required: false }) receiptNumber?: string;
  @ApiProperty({ type: 'integer' }) rateYen: number;
  @ApiProperty({ type: 'integer' }) postageYen: number;
}

export class BatchDocument {
  @ApiProperty({ enum: ['notices.docx', 'notices.pdf', 'addresses.pdf'] }) name: string;
  @ApiProperty({ enum: ['making', 'ready'] }) state: string;
  @ApiProperty({ type: 'integer', description: 'Cards done.' }) done: number;
  @ApiProperty({ type: 'integer' }) total: number;
  @ApiProperty({
    enum: ['ok', 'notDone'],
    required: false,
    description: 'Pages counted by LibreOffice, where it made them.',
  })
  pageCheck?: string;
  @ApiProperty({ format: 'date-time', required: false, description: 'Deleted from the spool then.' })
  keptUntil?: string;
}

export class DifferenceAnswer {
  @ApiProperty({ type: [String], description: 'Due again since they left this batch: ids for a difference batch.' })
  noticeIds: string[];
}

export class TitleAdviceAnswer {
  @ApiProperty({ format: 'uuid' }) courseId: string;
  @ApiProperty({ description: 'As it stands on the card.' }) courseTitle: string;
  @ApiProperty({ description: 'The word that tells too much.' }) word: string;
  @ApiProperty({ description: 'What could stand there instead: the city decides.' }) neutralTitle: string;
  @ApiProperty({ description: 'In Japanese.' }) message: string;
}

export class BatchAnswer extends BatchSummary {
  @ApiProperty({ type: [BatchCardAnswer] }) cards: BatchCardAnswer[];
  @ApiProperty({ type: [PullAnswer], description: '抜取りリスト' }) pullList: PullAnswer[];
  @ApiProperty({ type: SheetsAnswer }) sheets: SheetsAnswer;
  @ApiProperty({ type: PostingAnswer, required: false }) posting?: PostingAnswer;
  @ApiProperty({ type: DifferenceAnswer }) difference: DifferenceAnswer;
  @ApiProperty({ type: [BatchDocument] }) documents: BatchDocument[];
  @ApiProperty({ type: [TitleAdviceAnswer], description: 'Course titles that say too much on open mail.' })
  titleAdvice: TitleAdviceAnswer[];
}

export class BatchesAnswer {
  @ApiProperty({ type: [BatchSummary], description: 'Newest first.' }) batches: BatchSummary[];
  @ApiProperty({ required: false }) next?: string;
}
