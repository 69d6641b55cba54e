/** A load that runs for a while and says how much it got done: events, or milliseconds when less is better. */
export type Slice = () => Promise<number>;

export interface Paired {
  /** Candidate against the mean of the baseline before and after it, a round each. */
  readonly ratios: readonly number[];
  /** The baseline against itself in the same way: what this machine's noise makes of equal things. */
  readonly control: readonly number[];
  /** What the candidate and the baseline measured, a round each. */
  readonly candidate: readonly number[];
  readonly baseline: readonly number[];
}

export const ROUNDS = 7;

/**
 * Measures two loads beside each other, so that a machine that is slow for a minute is slow for both: in every round
 * baseline, candidate, baseline, baseline, baseline; the fourth is the control between its neighbours.
 */
export async function paired(baseline: Slice, candidate: Slice, rounds = ROUNDS): Promise<Paired> {
  await baseline();
  await candidate();
  const result = {
    ratios: [] as number[],
    control: [] as number[],
    candidate: [] as number[],
    baseline: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    const before = await baseline();
    const measured = await candidate();
    const after = await baseline();
    const same = await baseline();
    const last = await baseline();
    result.ratios.push(measured / ((before + after) / 2));
    result.control.push(same / ((after + last) / 2));
    result.candidate.push(measured);
    result.baseline.push(before, after, same, last);
  }
  return result;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** The value that `share` of the values do not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]!;
}
