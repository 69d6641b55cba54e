import { describe, expect, test } from '@jest/globals';
import type { StreamType } from './lane-command.js';
import { advance, emptyStream, StreamCache, type StreamState } from './stream-cache.js';

const streamType = <State>(
  initialState: State,
  evolve: (state: State, size: number) => State,
): StreamType<unknown> => ({
  category: 'spec',
  initialState,
  evolve: (state, event) => evolve(state as State, (event.data as { text: string }).text.length),
  read: (stored) => stored,
  schemaVersion: () => 1,
});
const counter = streamType(0, (count) => count + 1);
const everything = streamType(new Map<number, string>(), (all, size) => new Map(all).set(all.size, 'x'.repeat(size)));

/** @param size of each event, bytes */
function folded(type: StreamType<unknown>, events: number, size: number): StreamState {
  const data = { text: 'x'.repeat(size) };
  let known = emptyStream(type, 0);
  for (let version = 1; version <= events; version++) {
    known = advance(known, { type: 'Said', schemaVersion: 1, data, version });
  }
  return known;
}

describe('what a stream weighs in memory', () => {
  test('is its state and not its past: a counter stays small, however much was counted', () => {
    expect(folded(counter, 10_000, 500).bytes).toBeLessThan(10_000);
  });

  test('is no less than its state holds', () => {
    const known = folded(everything, 300, 500);
    expect(known.bytes).toBeGreaterThan(300 * 500);
    expect(known.bytes).toBeLessThan(2.5 * 300 * 500);
  });

  test('decides who is dropped: many events of small streams push out nobody', () => {
    const cache = new StreamCache(30_000);
    for (const name of ['a', 'b', 'c']) cache.set(name, folded(counter, 2_000, 500));
    const held = (name: string) => cache.get({ type: counter, name }) !== undefined;
    expect(['a', 'b', 'c'].map(held)).toEqual([true, true, true]);
  });
});
