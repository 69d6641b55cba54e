import { Inject, Injectable } from '@nestjs/common';
import type { ClassSession } from '../class-session/class-session.js';
import { Persons } from './persons.js';
import { likenessOf } from './sealed-person.js';

/** Whoever sits in a session and is not known here yet: to be looked up, then the command is decided again. */
export class UnknownAttendees extends Error {
  constructor(readonly attendees: readonly { readonly personId: string; readonly personVersion: number }[]) {
    super('Some attendees have not been looked up.');
    this.name = 'UnknownAttendees';
  }
}

const REMEMBERED = 100_000;

/** What is known of one person: a keyed hash for every version of the record; undefined for one like nobody. */
type Versions = Map<number, string | undefined>;

/**
 * The keyed hashes of those who have seats, in memory: so that a rule can ask, without waiting, whether somebody with the
 * same telephone and the same kana already sits in the session. Events know nothing of it (design §1.1, §4).
 */
@Injectable()
export class Likenesses {
  /** By person alone: a key made of person and version would have to be put together for every seat at every booking. */
  private readonly known = new Map<string, Versions>();

  constructor(@Inject(Persons) private readonly persons: Persons) {}

  remember(personId: string, version: number, likeness: string | undefined): void {
    const versions = this.known.get(personId) ?? new Map();
    if (versions.size === 0) {
      if (this.known.size >= REMEMBERED) this.known.delete(this.known.keys().next().value!);
      this.known.set(personId, versions);
    }
    versions.set(version, likeness);
  }

  /**
   * @returns the person in the session who is like that
   * @throws UnknownAttendees
   */
  inSession(session: ClassSession, likeness: string): string | undefined {
    const unknown: { personId: string; personVersion: number }[] = [];
    let found: string | undefined;
    for (const { personId, personVersion } of session.seats.values()) {
      const versions = this.known.get(personId);
      const known = versions?.get(personVersion);
      if (known === undefined && !versions?.has(personVersion)) unknown.push({ personId, personVersion });
      else if (known === likeness) found ??= personId;
    }
    if (unknown.length > 0) throw new UnknownAttendees(unknown);
    return found;
  }

  async lookUp({ attendees }: UnknownAttendees): Promise<void> {
    const rows = await this.persons.find(attendees.map(({ personId }) => personId));
    for (const { personId, personVersion } of attendees) {
      const row = rows.get(personId);
      // Erased persons are like nobody
      this.remember(personId, personVersion, row && likenessOf(row.phone_index, row.kana_index));
    }
  }
}
