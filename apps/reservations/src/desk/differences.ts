import { isDeepStrictEqual } from 'node:util';

/** Names of the fields in which two versions of one thing differ, also where one has it and the other does not. */
export function fieldsThatDiffer<Thing extends object>(before: Thing, after: Thing): (keyof Thing & string)[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]) as Set<keyof Thing & string>;
  return [...fields].filter((field) => !isDeepStrictEqual(before[field], after[field]));
}
