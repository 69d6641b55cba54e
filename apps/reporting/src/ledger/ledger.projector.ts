import { dateAt } from '#calendar/civil-time.js';
import type { ApplyContext, HeardEvent, Projection } from '#platform/subscription/subscriber.js';
import { foldBookings } from '../booking/booking.projector.js';
import { bookingTables } from '../booking/booking.row.js';
import { foldCalls } from '../call/call.projector.js';
import { callTables } from '../call/call.row.js';
import { foldDeletions } from '../deletion/deletion.projector.js';
import { deletionTables } from '../deletion/deletion.row.js';
import { foldGuidance } from '../guidance/guidance.projector.js';
import { guidanceTables } from '../guidance/guidance.row.js';
import { foldInquiries } from '../inquiry/inquiry.projector.js';
import { inquiryTables } from '../inquiry/inquiry.row.js';
import { foldNotices } from '../notice/notice.projector.js';
import { noticeTables } from '../notice/notice.row.js';
import { foldPlan } from '../plan/plan.projector.js';
import { planTables } from '../plan/plan.row.js';
import { fromInquiries, fromNotices, fromReservations, readAnyEvent, SOURCES } from './heard.js';

export const LEDGER = 'ledger';

/**
 * Everything that is counted, with the place of the log from which it was true: so every number of a report can be asked
 * again as of the same place and is the same. No row holds personal data. (R013–R015, R026, R036, R042, R050)
 */
export const ledger: Projection = {
  kind: 'projection',
  name: LEDGER,
  sources: SOURCES,
  codeVersion: 3,
  tables: (schema) => `
    ${planTables(schema)};
    ${bookingTables(schema)};
    ${guidanceTables(schema)};
    ${callTables(schema)};
    ${noticeTables(schema)};
    ${inquiryTables(schema)};
    ${deletionTables(schema)};
    -- the last event of each civil day in Tokyo: where the log stood at its end
    create table ${schema}.day_end (
      source text not null,
      p integer not null,
      day text collate "C" not null,
      last_seq bigint not null,
      primary key (source, p, day)
    )`,
  read: readAnyEvent,
  apply: async (batch, context) => {
    const reservations = fromReservations(batch);
    await foldPlan(context, reservations);
    await foldBookings(context, reservations);
    await foldGuidance(context, reservations);
    await foldNotices(context, fromNotices(batch));
    const inquiries = fromInquiries(batch);
    await foldCalls(context, inquiries);
    await foldInquiries(context, inquiries);
    await foldDeletions(context, batch);
    await saveDayEnds(context, batch);
  },
};

async function saveDayEnds({ client, schema }: ApplyContext, batch: readonly HeardEvent[]): Promise<void> {
  const ends = new Map<string, { source: string; p: number; day: string; last_seq: number }>();
  for (const { source, p, seq, at } of batch) {
    const day = dateAt(at);
    ends.set(`${source}/${p}/${day}`, { source, p, day, last_seq: seq });
  }
  await client.query({
    name: `day-ends-${schema}`,
    text: `insert into ${schema}.day_end select * from jsonb_populate_recordset(null::${schema}.day_end, $1::jsonb)
           on conflict (source, p, day) do update set last_seq = excluded.last_seq`,
    values: [JSON.stringify([...ends.values()])],
  });
}
