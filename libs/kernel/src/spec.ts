import { isDeepStrictEqual, inspect } from 'node:util';
import { fold, type Decider, type DomainEvent } from './decider.js';
import { Refusal } from './refusal.js';

/**
 * `given(booked).when(cancel).then(cancelled)`: one sentence for every rule. Needs no test runner: a broken sentence
 * throws an `Error` that shows both sides.
 */
export function specOf<State, Command, Event extends DomainEvent>(decider: Decider<State, Command, Event>) {
  return {
    given: (...past: Event[]) => ({
      when: (command: Command) => {
        const outcome = attempt(() => decider.decide(command, fold(decider, past)));
        return {
          then: (...expected: Event[]) => same(outcome, expected),
          thenNothing: () => same(outcome, []),
          thenRefuses: (slug: string, details?: object) => {
            if (!(outcome instanceof Refusal)) throw mismatch(`a refusal ${slug}`, outcome);
            if (outcome.slug !== slug) throw mismatch(`a refusal ${slug}`, `the refusal ${outcome.slug}`);
            if (details !== undefined) same(outcome.details, details);
          },
        };
      },
    }),
  };
}

function attempt<T>(decide: () => T): T | Refusal {
  try {
    return decide();
  } catch (thrown) {
    if (thrown instanceof Refusal) return thrown;
    throw thrown;
  }
}

function same(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) throw mismatch(expected, actual);
}

function mismatch(expected: unknown, actual: unknown): Error {
  const show = (value: unknown) => (typeof value === 'string' ? value : inspect(value, { depth: 8 }));
  return new Error(`expected ${show(expected)}\nbut came  ${show(actual)}`);
}
