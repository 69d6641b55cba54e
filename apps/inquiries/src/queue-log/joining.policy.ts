/** A call of the telephone system that somebody answered. Instants in epoch milliseconds. */
export interface HeardCall {
  /** The id that it has as long as no screen is known to have taken it. */
  readonly lineCallId: string;
  readonly connectedAt: number;
  readonly member?: string;
}

/** A call of a screen that no line of the telephone system is known to belong to. */
export interface SeenCall {
  readonly callId: string;
  readonly answeredAt: number;
  /** The telephone on that desk, where the screen knew it. */
  readonly member?: string;
}

export interface Joining {
  /** From the id of the line to the call on the screen. */
  readonly joined: ReadonlyMap<string, string>;
  /** Calls on screens that may be one of several; a person has to say which. */
  readonly ambiguous: readonly string[];
}

/** An operator opens the call when the receiver is lifted, or a moment later. */
const EARLIEST = -5_000;
const LATEST = 45_000;
/** Who is known to sit at that telephone can have taken no other call meanwhile. */
const LATEST_AT_OWN = 120_000;

/**
 * Which call of a screen is which of the telephone system. Only where neither could be any other: two that might be each
 * other's stay apart and are named.
 */
export function joiningOf(heard: readonly HeardCall[], seen: readonly SeenCall[]): Joining {
  const byTime = heard.toSorted((a, b) => a.connectedAt - b.connectedAt);
  const candidates = new Map(seen.map((one) => [one.callId, byTime.filter((call) => mayBe(call, one))]));
  const wanted = new Map<string, number>();
  for (const calls of candidates.values()) {
    for (const { lineCallId } of calls) wanted.set(lineCallId, (wanted.get(lineCallId) ?? 0) + 1);
  }
  const joined = new Map<string, string>();
  const ambiguous: string[] = [];
  for (const [callId, calls] of candidates) {
    if (calls.length === 1 && wanted.get(calls[0]!.lineCallId) === 1) joined.set(calls[0]!.lineCallId, callId);
    else if (calls.length > 0) ambiguous.push(callId);
  }
  return { joined, ambiguous };
}

function mayBe(call: HeardCall, one: SeenCall): boolean {
  const late = one.answeredAt - call.connectedAt;
  if (one.member === undefined) return late >= EARLIEST && late <= LATEST;
  return one.member === call.member && late >= EARLIEST && late <= LATEST_AT_OWN;
}
