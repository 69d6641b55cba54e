import { Refusal } from '#kernel/refusal.js';
import type { AcceptedCommand, Expectation, Flush, PlacedEvent } from '../log/append.js';
import type { PartitionHead } from '../log/event-log.js';
import type { SideWrite } from '../log/side-table.js';
import type { Accepted, Decision, LaneCommand, Position, StreamRef } from './lane-command.js';
import { advance, type StreamState } from './stream-cache.js';

/** A command in its lanes: the partitions it writes to, and those it only checks, ascending. */
export interface Queued {
  readonly command: LaneCommand;
  readonly writes: readonly number[];
  readonly checks: readonly number[];
}

/** What became of a command: an answer that holds once the flush is committed, or a refusal, or a defect. */
export type Verdict = { readonly accepted: Accepted } | { readonly refused: Refusal } | { readonly failed: unknown };

export interface Decided<Q extends Queued> {
  readonly flush: Flush;
  readonly verdicts: Map<Q, Verdict>;
  /** The states that are true once the flush is committed. */
  readonly states: Map<string, StreamState>;
  /** The heads that are true once the flush is committed. */
  readonly heads: PartitionHead[];
}

/**
 * Decides commands one after another, each against the state the ones before it would leave behind, and works out the
 * place of every event. Nothing outside changes: a flush that fails is forgotten by dropping the result.
 */
export function decideAll<Q extends Queued>(
  queue: readonly Q[],
  heads: ReadonlyMap<number, PartitionHead>,
  load: (ref: StreamRef) => StreamState,
  now: number,
): Decided<Q> {
  const involved = partitionsOf(queue);
  const decidedAt = Math.max(now, ...involved.map(({ p }) => heads.get(p)!.lastAt));
  const next = new Map(involved.map(({ p }) => [p, heads.get(p)!.next]));
  const states = new Map<string, StreamState>();
  const stateOf = (ref: StreamRef) => states.get(ref.name) ?? load(ref);
  const verdicts = new Map<Q, Verdict>();
  const events: PlacedEvent[] = [];
  const commands: AcceptedCommand[] = [];
  const refused: string[] = [];
  const sides: SideWrite[] = [];

  for (const queued of queue) {
    const { command } = queued;
    try {
      const decision = command.decide({ of: (ref) => named(command, ref, stateOf).state as never }, decidedAt);
      const after = follow(command, decision, stateOf);
      for (const event of after.events) {
        event.seq = next.get(event.p)!;
        next.set(event.p, event.seq + 1);
        events.push(event);
      }
      for (const [name, state] of after.states) states.set(name, state);
      if (decision.sides !== undefined) sides.push(...decision.sides);
      commands.push({
        commandId: command.commandId,
        account: command.account,
        bodyHmac: command.bodyHmac,
        answer: decision.answer,
      });
      const positions = queued.writes.map((p): Position => ({ p, seq: next.get(p)! - 1 }));
      verdicts.set(queued, { accepted: { answer: decision.answer, positions, repeated: false } });
    } catch (thrown) {
      refused.push(command.commandId);
      verdicts.set(queued, thrown instanceof Refusal ? { refused: thrown } : { failed: thrown });
    }
  }

  const written = new Set(events.map(({ p }) => p));
  const expectations = involved.map(({ p }): Expectation => ({ p, next: heads.get(p)!.next, write: written.has(p) }));
  return {
    flush: { expectations, decidedAt, events, commands, refused, sides },
    verdicts,
    states,
    heads: [...written].map((p) => ({ p, next: next.get(p)!, lastAt: decidedAt })),
  };
}

/** The partitions that commands touch, ascending; written wins over checked. */
export function partitionsOf(queue: readonly Queued[]): { p: number; write: boolean }[] {
  const write = new Map<number, boolean>();
  for (const { writes, checks } of queue) {
    for (const p of checks) if (!write.has(p)) write.set(p, false);
    for (const p of writes) write.set(p, true);
  }
  return [...write].map(([p, w]) => ({ p, write: w })).toSorted((a, b) => a.p - b.p);
}

/** The streams that commands name, each once. */
export function streamsOf(queue: readonly Queued[]): StreamRef[] {
  const refs = new Map<string, StreamRef>();
  for (const { command } of queue) for (const ref of [...command.writes, ...command.checks]) refs.set(ref.name, ref);
  return [...refs.values()];
}

function named(command: LaneCommand, ref: StreamRef, stateOf: (ref: StreamRef) => StreamState): StreamState {
  if (!isIn(command.writes, ref) && !isIn(command.checks, ref)) {
    throw new Error(`The command asked for ${ref.type.category} without having named it.`);
  }
  return stateOf(ref);
}

function isIn(refs: readonly StreamRef[], ref: StreamRef): boolean {
  return refs.some(({ name }) => name === ref.name);
}

/** An event whose number is given once the whole of its command stands. */
type Numbered = Omit<PlacedEvent, 'seq'> & { seq: number };

/** The command's events with their versions, and the states after them; throws before anything is kept. */
function follow(command: LaneCommand, decision: Decision<unknown>, stateOf: (ref: StreamRef) => StreamState) {
  const { commandId, metadata } = command;
  const states: [stream: string, state: StreamState][] = [];
  const events: Numbered[] = [];
  for (const { stream, events: happened } of decision.events) {
    if (!isIn(command.writes, stream))
      throw new Error(`The command wrote to ${stream.type.category} without having named it.`);
    let state = states.findLast(([name]) => name === stream.name)?.[1] ?? stateOf(stream);
    for (const event of happened) {
      const schemaVersion = stream.type.schemaVersion(event.type);
      const json = JSON.stringify(event.data);
      state = advance(
        state,
        { type: event.type, data: event.data, schemaVersion, version: state.version + 1 },
        json.length,
      );
      const { p, version } = state;
      events.push({
        p,
        seq: 0,
        stream: stream.name,
        version,
        type: event.type,
        schemaVersion,
        json,
        commandId,
        metadata,
      });
    }
    states.push([stream.name, state]);
  }
  return { states, events };
}
