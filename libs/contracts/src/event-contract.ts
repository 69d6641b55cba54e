import type { DomainEvent } from '#kernel/decider.js';
import type * as z from 'zod';
import { tolerant } from './tolerant-schema.js';

/** One version of an event type, as it was or is written. */
export interface EventVersion {
  /** Strict, for writing. */
  readonly schema: z.ZodObject;
  /** The same for reading. */
  readonly tolerant: z.ZodObject;
  /** From the data of the version before; version 1 has none. */
  readonly upcast: ((older: never) => object) | undefined;
}

/**
 * An event type with every version that was ever written. A version is never changed but by new optional fields and
 * never removed; anything else is the next version with an upcaster, and the golden files hold us to it.
 */
export class EventContract<Type extends string, Data extends object> {
  /** Exists for the compiler only; see `EventOf`. */
  declare readonly event: DomainEvent<Type, Data>;

  constructor(
    readonly type: Type,
    /** Version N stands at N - 1. */
    readonly versions: readonly EventVersion[],
  ) {}

  /**
   * The next version. `upcast` is pure and total: it sees every event of the older version, and what the older one did
   * not know it must say by a value that is true of all of them.
   */
  next<Schema extends z.ZodObject>(
    schema: Schema,
    upcast: (older: Data) => z.output<Schema>,
  ): EventContract<Type, z.output<Schema>> {
    return new EventContract(this.type, [...this.versions, { schema, tolerant: tolerant(schema), upcast }]);
  }
}

/** `const SeatHeld = defineEvent('SeatHeld', z.strictObject({ … }))`: the first version of an event type. */
export function defineEvent<Type extends string, Schema extends z.ZodObject>(
  type: Type,
  schema: Schema,
): EventContract<Type, z.output<Schema>> {
  return new EventContract(type, [{ schema, tolerant: tolerant(schema), upcast: undefined }]);
}

/** The event as its newest version has it; of a union of contracts the union of their events. */
export type EventOf<Contract> = Contract extends { readonly event: infer Event } ? Event : never;

export type DataOf<Contract> = Contract extends { readonly event: { readonly data: infer Data } } ? Data : never;
