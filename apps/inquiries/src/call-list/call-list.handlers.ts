import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call as Asked } from '#contracts/access/call.js';
import { fold } from '#kernel/decider.js';
import { idFrom } from '#kernel/ids.js';
import type { Accepted, Position } from '#platform/lane/lane-command.js';
import { call } from '../call/call.decider.js';
import type { Told } from '../call/call.js';
import { Desk } from '../desk/desk.js';
import { callStream } from '../desk/streams.js';
import { emptyTally, tallied, tallyOf, type ImportTally } from '../queue-log/import-tally.js';
import { ReceptionHours } from '../reception/reception-hours.js';

const PARTS = 'c95e1f07-83d4-4b6a-a2f1-7e0d9b3c6a48';
const CALLS_AT_ONCE = 400;

/** Takes in a list of calls. */
export class ImportCallList {
  constructor(
    readonly call: Asked,
    readonly calls: ReadonlyMap<string, Told>,
    readonly digest: string,
  ) {}
}

@CommandHandler(ImportCallList)
export class ImportCallListHandler implements ICommandHandler<ImportCallList> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(ReceptionHours) private readonly reception: ReceptionHours,
  ) {}

  async execute({ call: asked, calls, digest }: ImportCallList): Promise<Accepted<ImportTally>> {
    const hours = await this.reception.read();
    const all = [...calls];
    let tally = emptyTally;
    const reached = new Map<number, number>();
    for (let from = 0; from < all.length; from += CALLS_AT_ONCE) {
      const part = all.slice(from, from + CALLS_AT_ONCE);
      const once = { ...asked, commandId: idFrom(PARTS, asked.commandId, String(from)), body: { digest, from } };
      const { answer, positions } = await this.desk.submit<ImportTally>(once, {
        writes: part.map(([callId]) => callStream(callId)),
        decide: (states) => {
          let learnt = emptyTally;
          const events = part.map(([callId, told]) => {
            const stream = callStream(callId);
            const before = states.of(stream);
            if (before.account?.struck) {
              learnt = tallied(learnt, { ...emptyTally, calls: 1, struck: 1 });
              return [stream, []] as const;
            }
            const happened = call.decide({ do: 'tell', callId, told, hours }, before);
            learnt = tallied(learnt, tallyOf(before, fold(call, happened, before), before.facts.length > 0));
            return [stream, happened] as const;
          });
          return { events, answer: learnt };
        },
      });
      tally = tallied(tally, answer);
      for (const { p, seq } of positions) reached.set(p, Math.max(seq, reached.get(p) ?? 0));
    }
    const positions: Position[] = [...reached].map(([p, seq]) => ({ p, seq }));
    return { answer: tally, positions, repeated: false };
  }
}
