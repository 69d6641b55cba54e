import * as z from 'zod';
import { dataschemaOf } from './dataschema.js';
import type { DataOf, EventContract, EventOf, EventVersion } from './event-contract.js';

/** The catalogue does not know this type or version: this service is older than the event, or the event is not ours. */
export class UnknownEvent extends Error {
  constructor(
    readonly type: string,
    readonly schemaVersion: number,
    newest: number | undefined,
  ) {
    const known = newest === undefined ? 'the type is unknown' : `versions 1 to ${newest} are known`;
    super(`No event ${type}.v${schemaVersion}: ${known}`);
    this.name = 'UnknownEvent';
  }
}

/** The data is not what its version says. The message names fields, never values. */
export class MisfitEvent extends Error {
  constructor(
    readonly type: string,
    readonly schemaVersion: number,
    { issues }: z.ZodError,
  ) {
    const fields = issues.map(({ path, message }) => `${path.length === 0 ? 'data' : path.join('.')}: ${message}`);
    super(`${type}.v${schemaVersion} does not fit: ${fields.join('; ')}`);
    this.name = 'MisfitEvent';
  }
}

/** What one service publishes: the only way in and out of its events. */
export class EventCatalogue<Contract extends EventContract<string, object>> {
  private readonly contracts = new Map<string, readonly EventVersion[]>();

  constructor(contracts: readonly Contract[]) {
    for (const { type, versions } of contracts) {
      if (this.contracts.has(type)) throw new TypeError(`${type} stands twice in the catalogue`);
      this.contracts.set(type, versions);
    }
  }

  types(): readonly Contract['type'][] {
    return [...this.contracts.keys()];
  }

  /** The version that `write` writes. */
  latest(type: string): number {
    const versions = this.contracts.get(type);
    if (versions === undefined) throw new UnknownEvent(type, 1, undefined);
    return versions.length;
  }

  /**
   * Reads tolerantly and lifts the data to the newest version. Cheap enough for every event of every projection
   * (`tolerant-schema.ts`); it never changes `data`.
   * @throws UnknownEvent for a type or version that is not here
   * @throws MisfitEvent when a required field is missing or of another JSON type
   */
  read(type: string, schemaVersion: number, data: unknown): EventOf<Contract> {
    const parsed = this.version(type, schemaVersion).tolerant.safeParse(data);
    if (!parsed.success) throw new MisfitEvent(type, schemaVersion, parsed.error);
    let read: object = parsed.data;
    for (const { upcast } of this.contracts.get(type)!.slice(schemaVersion)) read = upcast!(read as never);
    return { type, data: read } as EventOf<Contract>;
  }

  /**
   * Checks data strictly before it goes into the log: formats and ranges too, and no field but the known ones.
   * @returns the schema version to store with it, always the newest
   * @throws MisfitEvent
   */
  write<Type extends Contract['type']>(type: Type, data: DataOf<Extract<Contract, { readonly type: Type }>>): number {
    const version = this.latest(type);
    const { error } = this.version(type, version).schema.safeParse(data);
    if (error !== undefined) throw new MisfitEvent(type, version, error);
    return version;
  }

  /** `urn:uketsuke:<Type>.v<N>` */
  dataschema(type: string, version: number): string {
    this.version(type, version);
    return dataschemaOf(type, version);
  }

  /** JSON Schema (2020-12) of one version. Open to unknown fields: a version may gain optional ones. */
  jsonSchema(type: string, version: number): JsonSchema {
    return z.toJSONSchema(this.version(type, version).schema, {
      override: ({ jsonSchema }) => delete jsonSchema.additionalProperties,
    }) as JsonSchema;
  }

  private version(type: string, version: number): EventVersion {
    const found = this.contracts.get(type)?.[version - 1];
    if (found === undefined) throw new UnknownEvent(type, version, this.contracts.get(type)?.length);
    return found;
  }
}

/** A catalogue of which one only knows that it is one. */
export type AnyCatalogue = EventCatalogue<EventContract<string, object>>;

export type JsonSchema = { readonly [keyword: string]: unknown };
