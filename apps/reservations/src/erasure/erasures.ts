import { Inject, Injectable } from '@nestjs/common';
import { idFrom } from '#kernel/ids.js';
import type { Call } from '#contracts/access/call.js';
import type { Accepted } from '#platform/lane/lane-command.js';
import type { SideWrite } from '#platform/log/side-table.js';
import type { Erasure } from '#vault/erasure-ledger.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { noteTable } from '../desk/note.js';
import { Rows } from '#platform/hosting/rows.js';
import { personStream, termStream } from '../desk/streams.js';
import { person } from '../person/person.decider.js';
import { personRecordTable, personTable, restrictionTable } from '../person/person.row.js';
import { term } from '../term/term.decider.js';
import { termRow } from '../term/term.row.js';

const ERASURES = '9a7c1f4e-2d1b-4c55-8a43-0c5f1f6a7d20';

/** What the ledger says is gone is gone from the database too, however often this is begun (design §6). */
@Injectable()
export class Erasures {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
  ) {}

  /** Before any port opens: ends what a crash cut off, and repeats what a restored dump has forgotten. */
  async catchUp(): Promise<void> {
    await this.keys.replayLedger(async (erasure) => {
      if (!(await this.isDone(erasure))) await this.carryOut(erasure);
    });
  }

  /** The event and the removal of the rows, after the entry in the ledger. */
  carryOut(erasure: Erasure): Promise<Accepted<{ readonly state: 'erased' }>> {
    return erasure.kind === 'person' ? this.person(erasure) : this.term(erasure);
  }

  private async isDone({ kind, id }: Erasure): Promise<boolean> {
    const { done } = (await this.rows.first<{ done: boolean }>(
      `erased-${kind}`,
      kind === 'person'
        ? `select not exists (select from person where person_id = $1) and exists (select from events where stream = 'person-' || $1) as done`
        : `select not exists (select from term where term_id = $1::uuid and state <> 'erased')
             and not exists (select from person where term_id = $1::uuid) as done`,
      [id],
    ))!;
    return done;
  }

  private async person({ id: personId, instructionNumber, by, at }: Erasure) {
    const records = await this.rows.all<{ version: number }>(
      'versions-of-person',
      'select version from person_record where person_id = $1',
      [personId],
    );
    const notes = await this.rows.all<{ note_id: string }>(
      'notes-of-person',
      'select note_id from sealed_note where owner_id = $1',
      [personId],
    );
    const removals: SideWrite[] = [
      { table: personTable, key: { person_id: personId } },
      { table: restrictionTable, key: { person_id: personId } },
      ...records.map(({ version }) => ({ table: personRecordTable, key: { person_id: personId, version } })),
      ...notes.map(({ note_id }) => ({ table: noteTable, key: { note_id } })),
    ];
    const stream = personStream(personId);
    const command = { do: 'erase', personId, ...(instructionNumber !== undefined && { instructionNumber }) } as const;
    return this.desk.submit(callOf(by, personId, at), {
      writes: [stream],
      decide: (states) => {
        const { events } = decided(person, command, states.of(stream));
        return { events: [[stream, events]], sides: removals, answer: { state: 'erased' as const } };
      },
    });
  }

  private async term({ id: termId, instructionNumber, by, at }: Erasure) {
    const stream = termStream(termId);
    const command = { do: 'erase', termId, instructionNumber: instructionNumber ?? '' } as const;
    const erased = await this.desk.submit(callOf(by, termId, at), {
      writes: [stream],
      decide: (states) => {
        const before = states.of(stream);
        const { events, after } =
          before.state === 'erased' ? { events: [], after: before } : decided(term, command, before);
        return { events: [[stream, events]], sides: [termRow(after)], answer: { state: 'erased' as const } };
      },
    });
    // Unreadable already; what is left takes only room
    await this.rows.all(
      'rows-of-erased-term',
      `with gone as (delete from person where term_id = $1 returning person_id),
            notes as (delete from sealed_note where term_id = $1)
       delete from person_record r using gone where r.person_id = gone.person_id`,
      [termId],
    );
    return erased;
  }
}

/** Each attempt its own command: after a restore the rows are there again, and the event may be. */
function callOf(by: string, subject: string, at: string): Call {
  return {
    caller: { accountId: by, roles: [], handler: false },
    commandId: idFrom(ERASURES, subject, at, String(Date.now())),
    metadata: {},
    body: null,
  };
}
