import { ApiProperty } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ChoiceField,
  CodeField,
  CountField,
  CountsField,
  DateField,
  IdField,
  IdsField,
  LineField,
  PatternField,
} from '#platform/service/fields.js';
import { CARD_STOCKS, type CardStock } from '../posting-settings/posting-settings.body.js';
import { MOST_CARDS } from './selection.js';

export const BATCH_STATES = ['prepared', 'approved', 'printed', 'posted', 'sentBack'] as const;

export class SelectionBody {
  @DateField({ optional: true, description: 'All that have to be posted by this day.' }) postBy?: string;
  @IdsField({ min: 1, max: 500, optional: true }) sessionIds?: string[];
  @IdsField({ min: 1, max: MOST_CARDS, optional: true }) noticeIds?: string[];
}

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

export class ApproveBody {
  @CountField({ min: 0, max: 99_999, description: '数量照合: as counted by hand.' }) count: number;
  @PatternField({ pattern: '^[0-9a-f]{64}$', max: 64 }) hash: string;
}

export class SendBackBody {
  @CodeField() reasonCode: string;
}

export class PrintedBody {
  @CountField({ min: 0, max: 99_999 }) good: number;
  @CountField({ min: 0, max: 99_999, description: '印刷損じ' }) spoiled: number;
}

export class ReprintedBody {
  @CountField({ min: 1, max: 99_999 }) fromSerial: number;
  @CountField({ min: 1, max: 99_999 }) toSerial: number;
  @ChoiceField({ of: ['jam', 'soiled', 'changed'], description: '紙詰まり・汚損・変更' }) reason:
    'jam' | 'soiled' | 'changed';
  @CountField({ min: 0, max: 99_999, optional: true, description: 'Destroyed; absent: as many as there are serials.' })
  spoiled?: number;
}

export class PostedBody {
  @DateField() postedOn: string;
  @LineField({ max: 60 }) office: string;
  @CountField({ min: 0, max: 99_999, description: 'As on the 差出票 or 受領証.' }) count: number;
  @CountsField({ min: 1, max: 99_999, most: MOST_CARDS, description: '抜取り済の通し番号' }) excludedSerials: number[];
  @ChoiceField({ of: CARD_STOCKS, optional: true, description: 'Absent: as in the settings.' }) cardStock?: CardStock;
  @LineField({ max: 60, optional: true, description: '受領証・差出票控の番号' }) receiptNumber?: string;
}

export class BatchesQuery {
  @Type(() => Number) @CountField({ min: 1, max: 500, optional: true }) limit?: number;
  @IdField({ optional: true, description: '`next` of the list before.' }) after?: string;
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

export class BatchAnswer extends BatchSummary {
  @ApiProperty({ type: [BatchCardAnswer] }) cards: BatchCardAnswer[];
  @ApiProperty({ type: [PullAnswer], description: '抜取りリスト' }) pullList: PullAnswer[];
  @ApiProperty({ type: SheetsAnswer }) sheets: SheetsAnswer;
  @ApiProperty({ type: PostingAnswer, required: false }) posting?: PostingAnswer;
  @ApiProperty({ type: DifferenceAnswer }) difference: DifferenceAnswer;
  @ApiProperty({ type: [BatchDocument] }) documents: BatchDocument[];
}

export class BatchesAnswer {
  @ApiProperty({ type: [BatchSummary], description: 'Newest first.' }) batches: BatchSummary[];
  @ApiProperty({ required: false }) next?: string;
}
