import type { Roster } from './roster.js';
import type { RosterTemplate } from './roster-template.js';

/** A template taken apart once, from which many rosters are made. Holds nothing of any roster. */
export class RosterForm {
  private constructor(readonly template: RosterTemplate) {}

  /** @throws Refusal `template-refused` when the bytes are none that the doctor let through */
  static of(template: RosterTemplate): RosterForm {
    return new RosterForm(template);
  }

  /** The .xlsx of one session. */
  file(roster: Roster): Buffer {
    throw new Error(`Not in yet: ${roster.sessionCode}`);
  }

  /** One .xlsx with a sheet a session, named by session code. */
  book(rosters: readonly Roster[]): Buffer {
    throw new Error(`Not in yet: ${rosters.length}`);
  }

  /** A zip with an .xlsx a session, named by session code, in pieces; an .xlsx is made when it is read. */
  async *zip(rosters: Iterable<Roster> | AsyncIterable<Roster>): AsyncGenerator<Uint8Array> {
    for await (const roster of rosters) yield this.file(roster);
  }
}
