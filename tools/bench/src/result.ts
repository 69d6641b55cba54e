import { median, type Paired } from './paired.js';

/** One line of `npm run bench -- --json` (design §7). */
export interface Result {
  readonly bench: string;
  readonly candidate: string;
  readonly baseline: string | null;
  readonly clients: number | null;
  readonly unit: string;
  /** Of the candidate, over the rounds. */
  readonly median: number;
  readonly min: number;
  readonly max: number;
  readonly p99: number | null;
  /** Median of the rounds' ratios, divided by the median of the same run's A/A ratios. */
  readonly ratio: number | null;
  readonly limit: number;
  readonly direction: 'atLeast' | 'atMost';
  readonly pass: boolean;
  readonly rounds: number;
  /** Lowest and highest ratio of a round, and the A/A ratio it was divided by. */
  readonly range: readonly [number, number] | null;
  readonly control: number | null;
}

export interface Claim {
  readonly bench: string;
  readonly candidate: string;
  readonly baseline: string;
  readonly clients?: number;
  readonly unit: string;
  readonly limit: number;
  readonly direction: 'atLeast' | 'atMost';
  readonly p99?: number;
}

/** What a paired measurement says about a claim. */
export function judge(claim: Claim, { ratios, control, candidate }: Paired): Result {
  const same = median(control);
  const ratio = median(ratios) / same;
  return {
    bench: claim.bench,
    candidate: claim.candidate,
    baseline: claim.baseline,
    clients: claim.clients ?? null,
    unit: claim.unit,
    median: median(candidate),
    min: Math.min(...candidate),
    max: Math.max(...candidate),
    p99: claim.p99 ?? null,
    ratio,
    limit: claim.limit,
    direction: claim.direction,
    pass: claim.direction === 'atLeast' ? ratio >= claim.limit : ratio <= claim.limit,
    rounds: ratios.length,
    range: [Math.min(...ratios) / same, Math.max(...ratios) / same],
    control: same,
  };
}

/** A claim about an amount, not about a ratio. */
export function judgeAmount(claim: Omit<Claim, 'baseline'>, amounts: readonly number[]): Result {
  const value = median(amounts);
  return {
    bench: claim.bench,
    candidate: claim.candidate,
    baseline: null,
    clients: claim.clients ?? null,
    unit: claim.unit,
    median: value,
    min: Math.min(...amounts),
    max: Math.max(...amounts),
    p99: null,
    ratio: null,
    limit: claim.limit,
    direction: claim.direction,
    pass: claim.direction === 'atLeast' ? value >= claim.limit : value <= claim.limit,
    rounds: amounts.length,
    range: null,
    control: null,
  };
}

/** A line for people. */
export function sentence(result: Result): string {
  const number = (value: number) => (value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3));
  const clients = result.clients === null ? '' : `, ${result.clients} clients`;
  const measured = `${number(result.median)} ${result.unit} [${number(result.min)}-${number(result.max)}]`;
  const limit = `${result.direction === 'atLeast' ? 'at least' : 'at most'} ${result.limit}`;
  const ratio =
    result.ratio === null
      ? ''
      : `; ${result.ratio.toFixed(2)} [${result.range![0].toFixed(2)}-${result.range![1].toFixed(2)}] x ${result.baseline} (A/A ${result.control!.toFixed(2)})`;
  return `${result.pass ? 'ok  ' : 'MISS'} ${result.bench}: ${result.candidate}${clients}: ${measured}${ratio}; wanted ${limit}`;
}
