import { ApiProperty } from '@nestjs/swagger';
import {
  ChoiceField,
  CodeField,
  CountField,
  FlagField,
  IdField,
  InstantField,
  LineField,
  PatternField,
} from '#platform/service/fields.js';

export const CHANNELS = ['telephone', 'relay', 'fax', 'proxyCall', 'city'] as const;
export const PURPOSES = ['application', 'change', 'cancellation', 'inquiry', 'complaint', 'other'] as const;
export const OUTCOMES = ['booked', 'changed', 'cancelled', 'answered', 'nothingSuited', 'callback', 'escalated', 'complaint', 'wrongNumber', 'cutOff', 'other'] as const; // prettier-ignore

export class CallBody {
  @ChoiceField({ of: CHANNELS, optional: true, description: 'Only `telephone`, the default, counts as 入電. (§8.11)' })
  channel?: (typeof CHANNELS)[number];
  @PatternField({
    ...{ pattern: '^[\\w.:-]{3,150}$', max: 150, optional: true },
    description: "The unique id of the caller's channel, where the telephone system tells it to the screen.",
  })
  lineId?: string;
  @LineField({
    max: 80,
    optional: true,
    description: 'The telephone on that desk as the queue_log names it: `SIP/101`.',
  })
  extension?: string;
  @InstantField({ optional: true, description: 'When the call came in, if it is keyed in later. (§8.17)' })
  receivedAt?: string;
  @FlagField({ optional: true, description: 'Keyed in from a paper form (受付用紙).' }) fromPaper?: boolean;
}

export class CloseBody {
  @ChoiceField({ of: PURPOSES, description: '用件' }) purpose: (typeof PURPOSES)[number];
  @ChoiceField({ of: OUTCOMES, description: '結果 (R036)' }) outcome: (typeof OUTCOMES)[number];
  @CodeField({ optional: true, description: '問い合わせ分類' }) category?: string;
  @CountField({ min: 0, max: 86_400, optional: true, description: 'Seconds, without hold.' }) talkSeconds?: number;
  @CountField({ min: 0, max: 86_400, optional: true }) holdSeconds?: number;
  @CountField({ min: 0, max: 86_400, optional: true, description: '後処理' }) afterCallWorkSeconds?: number;
  @CountField({ min: 0, max: 99, optional: true }) transfers?: number;
  @InstantField({ optional: true, description: 'The end of the call, if it is keyed in later.' }) closedAt?: string;
}

export class StrikeBody {
  @IdField({ optional: true, description: 'The call that it is one and the same as; absent: opened by mistake.' })
  sameAs?: string;
}

export class CallChanged {
  @ApiProperty({ format: 'uuid' }) callId: string;
  @ApiProperty({ type: 'integer', description: '+1 with everything that was told of it.' }) callRevision: number;
}
