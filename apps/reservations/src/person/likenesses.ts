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

/**
 * The keyed hashes of those who have seats, in memory: so that a rule can ask, without waiting, whether somebody with the
 * same telephone and the same kana already sits in the session. Events know nothing of it (design §1.1, §4).
 */
@Injectable()
export class Likenesses {
  private readonly known = new Map<string, string | undefined>();

  constructor(@Inject(Persons) private readonly persons: Persons) {}

  remember(personId: string, version: number, likeness: string | undefined): void {
    if (this.known.size >= REMEMBERED) this.known.delete(this.known.keys().next().value!);
    this.known.set(`${personId}.${version}`, likeness);
  }

  /**
   * @returns the person in the session who is like that
   * @throws UnknownAttendees
   */
  inSession(session: ClassSession, likeness: string): string | undefined {
    const unknown: { personId: string; personVersion: number }[] = [];
    let found: string | undefined;
    for (const { personId, personVersion } of session.seats.values()) {
      const key = `${personId}.${personVersion}`;
      if (!this.known.has(key)) unknown.push({ personId, personVersion });
      else if (this.known.get(key) === likeness) found ??= personId;
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
