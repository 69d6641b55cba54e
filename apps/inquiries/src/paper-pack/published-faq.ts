import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';

/** What an operator without a screen may read out. */
export interface FaqEntry {
  readonly faqNo: string;
  readonly question: string;
  readonly answer: string;
}

/** The entries that are published on a day, from this service's own log; in the order of their numbers. */
@Injectable()
export class PublishedFaq {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  on(date: string): Promise<FaqEntry[]> {
    return this.rows.all<FaqEntry & Record<string, unknown>>(
      'published-faq',
      `with last as (
         select distinct on (stream) stream, type, (data ->> 'version')::int as version from events
         where type in ('FaqPublished', 'FaqRetired') order by stream, events.version desc
       )
       select d.data ->> 'faqNo' as "faqNo", d.data ->> 'question' as question, d.data ->> 'answer' as answer
       from last join events d
         on d.stream = last.stream and d.type = 'FaqDrafted' and (d.data ->> 'version')::int = last.version
       where last.type = 'FaqPublished'
         and coalesce(d.data ->> 'validFrom', $1) <= $1 and coalesce(d.data ->> 'validTo', $1) >= $1
       order by d.data ->> 'faqNo'`,
      [date],
    );
  }
}
