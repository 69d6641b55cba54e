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

export class SelectionBody {
  @DateField({ optional: true, description: 'All that have to be posted by this day.' }) postBy?: string;
  @IdsField({ min: 1, max: 500, optional: true }) sessionIds?: string[];
  @IdsField({ min: 1, max: MOST_CARDS, optional: true }) noticeIds?: string[];
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
