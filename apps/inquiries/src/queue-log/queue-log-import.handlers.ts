import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call as Asked } from '#contracts/access/call.js';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { decided } from '#platform/hosting/decided.js';
import { plainArray } from '#platform/log/array-literal.js';
import { Rows } from '#platform/hosting/rows.js';
import type { Accepted, Position, States, StreamRef } from '#platform/lane/lane-command.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { call } from '../call/call.decider.js';
import type { Hours } from '../call/call.js';
import { seenRow, type SeenRow } from '../call/call.row.js';
import { joinedInto } from '../call/joined.js';
import { Desk } from '../desk/desk.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { callIdOfLine } from '../desk/ids.js';
import { callStream, importStream } from '../desk/streams.js';
import { ReceptionHours } from '../reception/reception-hours.js';
import { emptyTally, tallied, tallyOf, type ImportTally } from './import-tally.js';
import { joiningOf, type Joining } from './joining.policy.js';
import { ImportQueueLog } from './queue-log-import.commands.js';
import type { LineFact } from './queue-line.js';

const PARTS = 'a4c7e0d2-51f8-4f0e-9a63-2e7b8c1d5f40';
const CALLS_AT_ONCE = 400;
const TRIES = 5;

/** Calls were told or read by somebody else since this was looked at. */
class LookAgain extends Error {}

/** What was looked at before the lanes are taken, and after how many parts of files. */
interface Look {
  readonly parts: number;
  readonly joining: Joining;
}

interface Part {
  readonly from: number;
  /** By the id of the line; the lines of each. */
  readonly calls: ReadonlyMap<string, readonly LineFact[]>;
}

/**
 * Calls are taken in some hundreds at a time, each part in one commit. Cut off in the middle, or sent once more, the file
 * adds what is missing and nothing else: what a line tells is known by what it says, not by where it stands.
 */
@CommandHandler(ImportQueueLog)
export class ImportQueueLogHandler implements ICommandHandler<ImportQueueLog> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(ReceptionHours) private readonly reception: ReceptionHours,
  ) {}

  async execute({ call: asked, file, digest }: ImportQueueLog): Promise<Accepted<ImportTally>> {
    const hours = await this.reception.read();
    const calls = [...file.calls].map(([lineId, facts]) => [callIdOfLine(lineId), facts] as const);
    const all = new Map(calls);
    let tally = emptyTally;
    let look: Look | undefined;
    const positions = new Map<number, number>();
    for (let from = 0; from < calls.length; from += CALLS_AT_ONCE) {
      const part = { from, calls: new Map(calls.slice(from, from + CALLS_AT_ONCE)) };
      const taken = await this.takeIn(asked, digest, part, all, hours, look);
      const { answer, positions: reached } = taken.accepted;
      look = taken.look;
      tally = tallied(tally, answer);
      for (const { p, seq } of reached) positions.set(p, Math.max(seq, positions.get(p) ?? 0));
    }
    const reached: Position[] = [...positions].map(([p, seq]) => ({ p, seq }));
    return { answer: tally, positions: reached, repeated: false };
  }

  private async takeIn(
    asked: Asked,
    digest: string,
    part: Part,
    all: ReadonlyMap<string, readonly LineFact[]>,
    hours: (instant: number) => Hours,
    known: Look | undefined,
  ) {
    for (let tries = 1; ; tries++) {
      // the number of parts first: what is read after it is at least as new
      const look = (tries === 1 && known) || { parts: await this.partsTaken(), joining: await this.joining(all) };
      try {
        return await this.attempt(asked, digest, part, hours, look);
      } catch (thrown) {
        if (!(thrown instanceof LookAgain)) throw thrown;
        if (tries === TRIES) {
          throw new Refusal('unavailable', 'unavailable', 'Another file is being taken in; send this one again.');
        }
        await new Promise((resolve) => setTimeout(resolve, 50 * tries));
      }
    }
  }

  private async attempt(
    asked: Asked,
    digest: string,
    { from, calls }: Part,
    hours: (instant: number) => Hours,
    look: Look,
  ): Promise<{ readonly accepted: Accepted<ImportTally>; readonly look: Look }> {
    const { joined, ambiguous } = look.joining;
    const belongs = await this.knownLines([...calls.keys()]);
    const intoOf = (lineCallId: string) => belongs.get(lineCallId) ?? joined.get(lineCallId);
    const streams = [...calls.keys()].flatMap((id) => [id, intoOf(id)].filter((one) => one !== undefined));
    const once = { ...asked, commandId: idFrom(PARTS, asked.commandId, String(from)), body: { digest, from } };
    let wrote = false;
    const accepted = await this.desk.submit<ImportTally>(once, {
      writes: [importStream(), ...[...new Set(streams)].map(callStream)],
      decide: (states) => {
        if (states.of(importStream()) !== look.parts) throw new LookAgain();
        const events: (readonly [StreamRef, readonly DeskEvent[]])[] = [];
        const sides: SideWrite[] = [];
        let tally: ImportTally = { ...emptyTally, ambiguous: from === 0 ? [...ambiguous] : [] };
        for (const [id, facts] of calls) {
          const learnt = learn(states, id, intoOf(id), facts, hours, events, sides);
          tally = tallied(tally, learnt);
        }
        wrote = events.some(([, happened]) => happened.length > 0);
        if (wrote) events.push([importStream(), [{ type: 'QueueImported', data: { digest, from, calls: calls.size } }]]); // prettier-ignore
        return { events, sides, answer: tally };
      },
    });
    return { accepted, look: { ...look, parts: look.parts + (wrote ? 1 : 0) } };
  }

  private async partsTaken(): Promise<number> {
    const row = await this.rows.first<{ parts: number }>(
      'import-parts',
      'select count(*)::int as parts from events where stream = $1',
      [importStream().name],
    );
    return row!.parts;
  }

  private async knownLines(lineCallIds: readonly string[]): Promise<Map<string, string>> {
    const rows = await this.rows.all<{ line_call_id: string; call_id: string }>(
      'call-lines',
      'select line_call_id, call_id from call_line where line_call_id = any ($1)',
      [plainArray(lineCallIds)],
    );
    return new Map(rows.map((row) => [row.line_call_id, row.call_id]));
  }

  /** Over the whole file: whether a call could be another depends on all the others of that minute. */
  private async joining(all: ReadonlyMap<string, readonly LineFact[]>): Promise<Joining> {
    const heard = [...all].flatMap(([lineCallId, facts]) => {
      const connected = facts.filter(({ said }) => said === 'connected').toSorted((a, b) => a.at - b.at)[0];
      if (connected === undefined) return [];
      const { at, member } = connected;
      return [{ lineCallId, connectedAt: at * 1_000, ...(member !== undefined && { member }) }];
    });
    if (heard.length === 0) return { joined: new Map(), ambiguous: [] };
    const times = heard.map(({ connectedAt }) => connectedAt);
    const rows = await this.rows.all<SeenRow>(
      'seen-calls',
      'select call_id, answered_at, member from seen_call where answered_at between $1 and $2',
      [Math.min(...times) - 300_000, Math.max(...times) + 300_000],
    );
    const known = await this.knownLines(heard.map(({ lineCallId }) => lineCallId));
    return joiningOf(
      heard.filter(({ lineCallId }) => !known.has(lineCallId)),
      rows.map(({ call_id, answered_at, member }) => ({
        ...{ callId: call_id, answeredAt: answered_at },
        ...(member !== null && { member }),
      })),
    );
  }
}

/** What the lines of one call change, and how the call stands then. */
function learn(
  states: States,
  id: string,
  into: string | undefined,
  facts: readonly LineFact[],
  hours: (instant: number) => Hours,
  events: (readonly [StreamRef, readonly DeskEvent[]])[],
  sides: SideWrite[],
): ImportTally {
  const before = states.of(callStream(id));
  if (into !== undefined && into !== id) {
    const target = states.of(callStream(into));
    if (target.account?.struck) return { ...emptyTally, calls: 1, struck: 1 };
    const joined = joinedInto([id, before], [into, target], hours, facts);
    events.push(...joined.events);
    sides.push(...joined.sides);
    return tallyOf(target, joined.into, true);
  }
  if (before.account?.struck) return { ...emptyTally, calls: 1, struck: 1 };
  const { events: learnt, after } = decided(call, { do: 'hear', callId: id, facts, hours }, before);
  events.push([callStream(id), learnt]);
  sides.push(...seenRow(id, after));
  return tallyOf(before, after, false);
}
