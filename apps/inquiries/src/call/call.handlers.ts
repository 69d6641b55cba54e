import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call as Asked } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import { decided } from '#platform/hosting/decided.js';
import type { SideWrite } from '#platform/log/side-table.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf, callIdOfLine } from '../desk/ids.js';
import { callStream } from '../desk/streams.js';
import { memberIdOf } from '../queue-log/queue-line.js';
import { ReceptionHours } from '../reception/reception-hours.js';
import type { Call, Told } from './call.js';
import { CloseCall, ReceiveCall, StrikeCall } from './call.commands.js';
import { call, type CallCommand } from './call.decider.js';
import { seenRow } from './call.row.js';
import { joinedInto } from './joined.js';

/** What changes one call and nothing else. */
abstract class OfCall {
  constructor(
    @Inject(Desk) protected readonly desk: Desk,
    @Inject(ReceptionHours) protected readonly reception: ReceptionHours,
  ) {}

  /** @param commandAt what is asked, at the instant it is decided */
  protected change(
    asked: Asked,
    callId: string,
    commandAt: (now: number) => CallCommand,
    sidesOf: (after: Call) => readonly SideWrite[] = () => [],
  ) {
    const stream = callStream(callId);
    return this.desk.submit(asked, {
      writes: [stream],
      decide: (states, now) => {
        const { events, after } = decided(call, commandAt(now), states.of(stream));
        return {
          events: [[stream, events]],
          sides: sidesOf(after),
          answer: { callId, callRevision: after.account!.callRevision },
        };
      },
    });
  }
}

@CommandHandler(ReceiveCall)
export class ReceiveCallHandler extends OfCall implements ICommandHandler<ReceiveCall> {
  async execute({ call: asked, body }: ReceiveCall) {
    const { channel = 'telephone', lineId, extension, fromPaper } = body;
    const member = extension === undefined ? undefined : memberIdOf(extension);
    const callId = lineId === undefined ? newId() : callIdOfLine(lineId);
    const hours = await this.reception.read();
    const answeredBy = actorIdOf(asked.caller.accountId);
    const telling = (now: number): CallCommand => {
      const receivedAt = body.receivedAt ?? new Date(now).toISOString();
      if (Date.parse(receivedAt) > now) {
        throw new Refusal('not-yet-received', 'invalid', 'A call cannot have come in later than now.');
      }
      const told: Told = {
        ...({ source: 'screen', channel, receivedAt } as const),
        ...hours(Date.parse(receivedAt)),
        ...(fromPaper && { fromPaper: true }),
        answer: { answeredAt: receivedAt, answeredBy },
      };
      return { do: 'tell', callId, told, hours };
    };
    return this.change(asked, callId, telling, (after) => seenRow(callId, after, member));
  }
}

@CommandHandler(CloseCall)
export class CloseCallHandler extends OfCall implements ICommandHandler<CloseCall> {
  async execute({ call: asked, callId, body }: CloseCall) {
    const hours = await this.reception.read();
    return this.change(asked, callId, (now) => {
      const { transfers = 0, closedAt = new Date(now).toISOString(), ...rest } = body;
      return { do: 'close', callId, ending: { ...plainOf(rest), transfers, closedAt }, hours };
    });
  }
}

@CommandHandler(StrikeCall)
export class StrikeCallHandler extends OfCall implements ICommandHandler<StrikeCall> {
  async execute({ call: asked, callId, sameAs }: StrikeCall) {
    if (sameAs === undefined || sameAs === callId) {
      const striking: CallCommand = { do: 'strike', callId, cause: 'mistaken' };
      return this.change(asked, callId, () => striking, (after) => seenRow(callId, after)); // prettier-ignore
    }
    const hours = await this.reception.read();
    const [from, into] = [callStream(callId), callStream(sameAs)];
    return this.desk.submit(asked, {
      writes: [from, into],
      decide: (states) => {
        const known = states.of(into);
        if (known.account === undefined) throw new Refusal('not-found', 'not-found', 'There is no such call.');
        const { account } = states.of(from);
        if (account === undefined) throw new Refusal('not-found', 'not-found', 'There is no such call.');
        const answer = { callId, callRevision: account.callRevision + 1 };
        if (account.struck) return { events: [], answer: { callId, callRevision: account.callRevision } };
        const { events, sides } = joinedInto([callId, states.of(from)], [sameAs, known], hours);
        return { events, sides, answer };
      },
    });
  }
}

/** Events know no `undefined`. */
function plainOf<Body extends object>(body: Body): { [Key in keyof Body]: Exclude<Body[Key], undefined> } {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined)) as never;
}
