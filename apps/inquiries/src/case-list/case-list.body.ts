import { Type } from 'class-transformer';
import { ChoiceField, CountField, IdField } from '#platform/service/fields.js';
import type { CaseQuery } from './case-list.js';

/** What a list of cases is asked for. */
export class CaseListQuery {
  @ChoiceField({ of: ['true', 'false'], optional: true, description: '`true`: what is not closed.' })
  open?: 'true' | 'false';
  @ChoiceField({ of: ['true', 'false'], optional: true, description: '`true`: only what is past its time.' })
  overdue?: 'true' | 'false';
  @IdField({ optional: true }) sessionId?: string;
  @Type(() => Number)
  @CountField({ min: 1, max: 500, optional: true })
  limit?: number;
  @IdField({ optional: true, description: '`next` of the list before.' }) after?: string;

  toQuery(): CaseQuery {
    const { open, overdue, sessionId, limit, after } = this;
    return {
      ...{ sessionId, limit, after, overdue: overdue === 'true' },
      ...(open !== undefined && { open: open === 'true' }),
    };
  }
}
