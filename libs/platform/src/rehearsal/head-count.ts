import type pg from 'pg';
import type { HeardEvent, Projection } from '../subscription/subscriber.js';

/** How many persons have a seat in each session: the smallest projection with something to get wrong. */
export interface HeadCount {
  readonly stream: string;
  readonly persons: number;
  /** Events that were folded: a duplicate would count twice. */
  readonly events: number;
}

/** @param poisoned persons whose event cannot be applied */
export function headCount(
  poisoned: ReadonlySet<string> = new Set(),
  name = 'head-count',
  sources = ['reservations'],
): Projection {
  return {
    kind: 'projection',
    name,
    sources,
    codeVersion: 1,
    // Room on every page: a row that changes with every event finds its next version there, and no index changes
    tables: (schema) =>
      `create table ${schema}.session (stream text primary key, persons integer not null, events integer not null) with (fillfactor = 50)`,
    readsFirst: true,
    apply: async (batch, { schema }) => {
      const sums = new Map<string, { persons: number; events: number }>();
      for (const event of batch) {
        const sum = sums.get(event.stream) ?? { persons: 0, events: 0 };
        sum.events++;
        sum.persons += change(event, poisoned);
        sums.set(event.stream, sum);
      }
      return [
        {
          name: `head-count-${schema}`,
          text: `insert into ${schema}.session as s (stream, persons, events) select * from unnest($1::text[], $2::int[], $3::int[])
                 on conflict (stream) do update set persons = s.persons + excluded.persons, events = s.events + excluded.events`,
          values: [
            [...sums.keys()],
            [...sums.values()].map(({ persons }) => persons),
            [...sums.values()].map(({ events }) => events),
          ],
        },
      ];
    },
  };
}

function change({ type, data }: HeardEvent, poisoned: ReadonlySet<string>): number {
  const person = (data as { person?: string }).person;
  if (person !== undefined && poisoned.has(person)) throw new Error('This event cannot be applied.');
  return type === 'Reserved' ? 1 : type === 'Cancelled' ? -1 : 0;
}

/** What the projection says, the streams in order. */
export async function readHeadCount(pool: pg.Pool, schema = 'head_count'): Promise<HeadCount[]> {
  const { rows } = await pool.query<HeadCount>(
    `select stream, persons, events from ${schema}.session order by stream collate "C"`,
  );
  return rows;
}

/** What it ought to say: the fold of the log. */
export function countHeads(events: readonly { stream: string; type: string }[]): HeadCount[] {
  const sums = new Map<string, { stream: string; persons: number; events: number }>();
  for (const { stream, type } of events) {
    const sum = sums.get(stream) ?? { stream, persons: 0, events: 0 };
    sum.events++;
    sum.persons += type === 'Reserved' ? 1 : type === 'Cancelled' ? -1 : 0;
    sums.set(stream, sum);
  }
  return [...sums.values()].toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
}
