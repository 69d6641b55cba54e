import type { Operator } from './operator.js';
import type { Ledger, Ending } from './ledger.js';
import { instant, type PlacedCall } from './telephone.js';

/** An operator's screen from the receiver lifted to the end of the after-call work. */
export class TakenCall {
  constructor(
    private readonly placed: PlacedCall,
    private readonly operator: Operator,
    private readonly ledger: Ledger,
  ) {}

  /** @returns the id of the call */
  async lift(): Promise<string> {
    const { lineId, extension, isTold, pickedUpAt } = this.placed;
    const { body } = await this.operator.ask<{ callId: string }>('POST', '/calls', {
      ...{ channel: 'telephone', extension, receivedAt: instant(pickedUpAt) },
      ...(isTold && { lineId }),
    });
    return body.callId;
  }

  async close(callId: string, { purpose, outcome, category }: Ending): Promise<void> {
    const { call, pickedUpAt, holdSeconds, afterCallSeconds } = this.placed;
    const { talkSeconds } = call;
    await this.operator.ask('PATCH', `/calls/${callId}/close`, {
      ...{ purpose, outcome, category, holdSeconds, afterCallWorkSeconds: afterCallSeconds },
      // what the screen measured; the telephone system knows better, and says so when its log is read
      talkSeconds: Math.max(0, talkSeconds - holdSeconds - 1),
      closedAt: instant(pickedUpAt + talkSeconds + afterCallSeconds),
    });
    this.ledger.calls.push({ placed: this.placed, callId, ending: { purpose, outcome, category } });
  }
}
