import { describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { LaneQueue, type Waiting } from './lane-queue.js';
import type { LaneCommand } from './lane-command.js';

function waiting(name: string, writes: number[], checks: number[] = []): Waiting & { readonly name: string } {
  const command = { commandId: newId() } as LaneCommand;
  return { name, command, writes, checks, since: 0, resolve: () => undefined, reject: () => undefined };
}

function queueOf(...all: Waiting[]): LaneQueue {
  const queue = new LaneQueue(100);
  for (const one of all) queue.add(one);
  return queue;
}

const names = (batch: readonly Waiting[]) => batch.map((one) => (one as unknown as { name: string }).name);
const TERM = 7;

describe('who flies together', () => {
  test('each partition is written by one flush at a time, in order of arrival', () => {
    const queue = queueOf(waiting('a', [0]), waiting('b', [0]), waiting('c', [1]));
    const first = queue.take(1);
    expect(names(first)).toEqual(['a', 'b']);
    queue.add(waiting('d', [0]));
    const second = queue.take(1);
    expect(names(second)).toEqual(['c']);
    queue.done(first);
    expect(names(queue.take(1))).toEqual(['d']);
  });

  test('a booking that has to wait for its session holds up no other that asks the same term', () => {
    const flying = queueOf(waiting('first', [0], [TERM]));
    flying.take(8);
    for (const one of [waiting('waits', [0], [TERM]), waiting('goes', [1], [TERM])]) flying.add(one);
    expect(names(flying.take(8))).toEqual(['goes']);
  });

  test('whoever waits to write a partition is overtaken by nobody who checks it', () => {
    const queue = queueOf(waiting('checks', [0], [TERM]));
    const first = queue.take(8);
    for (const one of [waiting('closes the term', [TERM]), waiting('later', [1], [TERM])]) queue.add(one);
    expect(queue.take(8)).toEqual([]);
    queue.done(first);
    expect(names(queue.take(8))).toEqual(['closes the term', 'later']);
  });

  test('what some write and others check goes in one flush over all partitions, since no second could go beside it', () => {
    const all = [0, 1, 2, 3, TERM].map((p) => waiting(`p${p}`, [p], p === TERM ? [] : [TERM]));
    expect(names(queueOf(...all).take(2))).toEqual(['p0', 'p1', 'p2', 'p3', `p${TERM}`]);
  });
});
