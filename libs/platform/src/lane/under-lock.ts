import { Refusal } from '#kernel/refusal.js';
import type pg from 'pg';
import { append } from '../log/append.js';
import { readPartition, type PartitionHead } from '../log/event-log.js';
import { decideAll, partitionsOf, streamsOf, type Decided, type Queued, type Verdict } from './deciding.js';
import { fence, type Backend } from './flight-connection.js';
import type { LaneMemory } from './lane-memory.js';

/** Events of other processes that are folded one by one; beyond that the partition is read again when it is needed. */
const FOLD_LIMIT = 1_000;

/**
 * The slow way, always right: holds the counters of every partition the commands touch, learns what others have
 * written, answers the commands that were accepted before, decides the rest again, and commits.
 *
 * @param lost sessions that may have committed, or may yet commit, these very commands
 */
export async function decideUnderLock<Q extends Queued>(
  client: pg.Client,
  memory: LaneMemory,
  queue: readonly Q[],
  lost: readonly Backend[],
): Promise<{ verdicts: Map<Q, Verdict>; decided: Decided<Q>; clock: number }> {
  await client.query('begin');
  try {
    const involved = partitionsOf(queue);
    const { rows: heads } = await client.query<{ p: number; next: number; last_at: number }>(
      'select p, next, last_at from lock_partitions($1, $2)',
      [involved.map(({ p }) => p), involved.map(({ write }) => write)],
    );
    for (const backend of lost) await fence(client, backend);
    // From here on every statement sees what was committed before the locks were ours, and nobody can add to it.
    const verdicts = await knownVerdicts(client, queue, heads);
    for (const { p, next, last_at } of heads) await catchUp(client, memory, { p, next, lastAt: last_at });
    const left = queue.filter((queued) => !verdicts.has(queued));
    const states = await memory.load(client, streamsOf(left));
    const { rows } = await client.query<{ now: number }>('select clock_timestamp() as now');
    const clock = rows[0]!.now;
    const decided = decideAll(left, memory.heads, (ref) => states.get(ref.name)!, clock);
    const outcome =
      decided.flush.events.length + decided.flush.commands.length > 0 ? await append(client, decided.flush) : 'done';
    if (outcome !== 'done') throw new Error(`An append under lock came back as "${outcome}".`);
    await client.query('commit');
    for (const [queued, verdict] of decided.verdicts) verdicts.set(queued, verdict);
    return { verdicts, decided, clock };
  } catch (thrown) {
    await client.query('rollback').catch(() => undefined);
    throw thrown;
  }
}

/** Answers of the commands that were accepted before. The key of another body is refused (design §3 "Commands"). */
async function knownVerdicts<Q extends Queued>(
  client: pg.Client,
  queue: readonly Q[],
  heads: readonly { p: number; next: number }[],
): Promise<Map<Q, Verdict>> {
  const { rows } = await client.query<{ command_id: string; account: string; body_hmac: Buffer; answer: unknown }>(
    'select command_id, account, body_hmac, answer from commands where command_id = any ($1)',
    [queue.map(({ command }) => command.commandId)],
  );
  const stored = new Map(rows.map((row) => [row.command_id, row]));
  const verdicts = new Map<Q, Verdict>();
  for (const queued of queue) {
    const known = stored.get(queued.command.commandId);
    if (known === undefined) continue;
    const same = known.account === queued.command.account && known.body_hmac.equals(queued.command.bodyHmac);
    const positions = heads.filter(({ p }) => queued.writes.includes(p)).map(({ p, next }) => ({ p, seq: next - 1 }));
    verdicts.set(
      queued,
      same ? { accepted: { answer: known.answer, positions, repeated: true } } : { refused: keyReused() },
    );
  }
  return verdicts;
}

function keyReused(): Refusal {
  return new Refusal(
    'idempotency-key-reused',
    'unprocessable',
    'This Idempotency-Key was used for another request. Use a new key for a new request.',
  );
}

async function catchUp(client: pg.Client, memory: LaneMemory, head: PartitionHead): Promise<void> {
  const before = memory.heads.get(head.p)!;
  if (head.next - before.next > FOLD_LIMIT) memory.cache.dropPartition(head.p);
  else if (head.next > before.next) {
    memory.cache.follow(await readPartition(client, 'events', head.p, before.next, FOLD_LIMIT));
  }
  memory.heads.set(head.p, head);
}
