import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { QuestionRoute } from '#platform/hosting/route.js';
import { DateField } from '#platform/service/fields.js';
import { NoticeList } from '../notice-list/notice-list.js';
import { ledgerOf } from './ledger.policy.js';

/** More batches than a contract has. */
const ALL = 100_000;

export class LedgerQuery {
  @DateField({ optional: true, description: 'Included.' }) from?: string;
  @DateField({ optional: true, description: 'Included.' }) to?: string;
}

export class PostageAnswer {
  @ApiProperty({ format: 'uuid' }) batchId: string;
  @ApiProperty({ type: 'integer' }) batchNumber: number;
  @ApiProperty({ format: 'date' }) postedOn: string;
  @ApiProperty() office: string;
  @ApiProperty() cardStock: string;
  @ApiProperty({ type: 'integer' }) count: number;
  @ApiProperty({ type: 'integer' }) rateYen: number;
  @ApiProperty({ type: 'integer', description: '速達' }) expressCount: number;
  @ApiProperty({ type: 'integer' }) postageYen: number;
  @ApiProperty({ required: false }) receiptNumber?: string;
}

export class PaperAnswer {
  @ApiProperty({ type: 'integer' }) batches: number;
  @ApiProperty({ type: 'integer' }) good: number;
  @ApiProperty({ type: 'integer', description: '印刷損じ' }) spoiled: number;
  @ApiProperty({ type: 'integer', description: '枚数: good + spoiled' }) used: number;
  @ApiProperty({ type: 'integer' }) reprinted: number;
  @ApiProperty({ description: '再印刷率: reprinted / good' }) reprintRate: number;
}

export class LedgerAnswer {
  @ApiProperty({ type: [PostageAnswer] }) postage: PostageAnswer[];
  @ApiProperty({ type: 'integer' }) postedCards: number;
  @ApiProperty({ type: 'integer' }) postageYen: number;
  @ApiProperty({ type: PaperAnswer }) paper: PaperAnswer;
}

/** What notices cost: postage and paper. (R038, R055) */
@ApiTags('notices')
@Controller('notices/ledger')
export class LedgerHttp {
  constructor(@Inject(NoticeList) private readonly list: NoticeList) {}

  @Get()
  @QuestionRoute(LedgerAnswer)
  async read(@Query() { from = '0000-01-01', to = '9999-12-31' }: LedgerQuery): Promise<LedgerAnswer> {
    const { postage, ...sums } = ledgerOf(await this.list.batches(ALL), from, to);
    return { ...sums, postage: [...postage] };
  }
}
