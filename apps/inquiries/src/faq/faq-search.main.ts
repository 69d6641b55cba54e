// The search in the FAQ in a process of its own: `npm run bench -- faq` starts it, fills its database, and has it time
// itself. It is told and tells a JSON message each.
import { newId } from '#kernel/ids.js';
import { Rows } from '#platform/hosting/rows.js';
import { openPipelinedPool } from '#platform/log/connection.js';
import { inTransaction } from '#platform/subscription/transaction.js';
import type { HeardEvent } from '#platform/subscription/subscriber.js';
import type { Subscription } from '#platform/subscription/subscription.js';
import { FAQ_SCHEMA, faqShelf } from './faq-shelf.projector.js';
import { FaqShelf } from './faq-shelf.js';
import type { FaqEntry } from './faq.js';

type Told =
  | { readonly fill: readonly (FaqEntry & { readonly faqId: string })[] }
  | { readonly search: readonly string[]; readonly limit: number };

const pool = openPipelinedPool({ url: process.env['DATABASE_URL']!, name: 'faq-search' });
// Nobody applies events here, so nothing ever moves
const still = { onMoved: () => () => undefined } as unknown as Subscription;
const shelf = new FaqShelf(new Rows({ pool }), { named: () => still });

process.on('message', (told: Told) => {
  answer(told).then(
    (said) => process.send!(said),
    (thrown: Error) => process.send!({ failed: thrown.message }),
  );
});
process.once('disconnect', () => void pool.end());
process.send!({ ready: true });

async function answer(told: Told): Promise<object> {
  if ('fill' in told) {
    await pool.query(`create schema ${FAQ_SCHEMA}; ${faqShelf.tables(FAQ_SCHEMA)}`);
    const events = told.fill.flatMap(({ faqId, ...entry }) => [
      heard(faqId, 1, 'FaqDrafted', { faqId, version: 1, ...entry, source: 'city', draftedBy: faqId }),
      heard(faqId, 2, 'FaqPublished', { faqId, version: 1, approvedBy: newId() }),
    ]);
    for (let from = 0; from < events.length; from += 1_000) {
      const batch = events.slice(from, from + 1_000);
      await inTransaction(pool, (client) => faqShelf.apply(batch, { client, schema: FAQ_SCHEMA }));
    }
    return { filled: told.fill.length };
  }
  const found: string[][] = [];
  const start = performance.now();
  for (const text of told.search)
    found.push((await shelf.search(text, { limit: told.limit })).map(({ faqId }) => faqId));
  return { milliseconds: performance.now() - start, found };
}

function heard(faqId: string, version: number, type: string, data: object): HeardEvent {
  return {
    ...{
      p: 0,
      seq: version,
      stream: `faq-${faqId}`,
      version,
      eventId: newId(),
      type,
      schemaVersion: 1,
      at: Date.now(),
    },
    ...{ data, metadata: {}, source: 'inquiries', logId: faqId },
  };
}
