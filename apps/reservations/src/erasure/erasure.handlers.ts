import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import type { Call } from '#contracts/access/call.js';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { SideTable } from '#platform/log/side-table.js';
import { AccessLog } from '#vault/access-log.js';
import { KeyDirectory } from '#vault/key-directory.js';
import { Desk } from '../desk/desk.js';
import { Rows } from '#platform/hosting/rows.js';
import { personStream, termStream } from '../desk/streams.js';
import { Persons } from '../person/persons.js';
import { Erase } from './erasure.commands.js';
import { Erasures } from './erasures.js';

const orderTable: SideTable = {
  name: 'erasure_order',
  key: { subject_id: 'uuid' },
  columns: { kind: 'text', instruction_number: 'text', asked_by: 'text', asked_as: 'text', asked_at: 'bigint' },
};

interface OrderRow {
  readonly instruction_number: string;
  readonly asked_by: string;
  readonly asked_as: Office;
}

type Office = 'manager' | 'privacyOfficer';

/** The city's paper, the 責任者 and the 保護管理者, two people: the second one carries it out. (§8.21) */
@CommandHandler(Erase)
export class EraseHandler implements ICommandHandler<Erase> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Persons) private readonly persons: Persons,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
    @Inject(Erasures) private readonly erasures: Erasures,
  ) {}

  async execute({ call, subject, instructionNumber }: Erase) {
    await this.refuseUnknown(subject);
    const asked = await this.rows.first<OrderRow>(
      'erasure-order',
      'select instruction_number, asked_by, asked_as from erasure_order where subject_id = $1',
      [subject.id],
    );
    const office = secondOffice(call, asked);
    if (asked === undefined || asked.instruction_number !== instructionNumber || asked.asked_by === accountOf(call)) {
      return this.ask(call, subject, instructionNumber, office);
    }
    if (subject.kind === 'term') await this.refuseReopened(call, subject.id);
    const { correlationId } = call.metadata;
    await this.accessLog.write({
      ...{ accountId: accountOf(call), action: 'erase', purpose: `erase-${subject.kind}`, subjects: [subject.id] },
      outcome: 'done',
      ...(correlationId !== undefined && { correlationId }),
    });
    const order = { by: accountOf(call), instructionNumber };
    const erasure =
      subject.kind === 'person'
        ? await this.keys.erasePerson(subject.id, order)
        : (await this.keys.destroyTerm(subject.id, order)).erasure;
    const accepted = await this.erasures.carryOut(erasure);
    return { ...accepted, answer: { subjectId: subject.id, state: 'erased' as const, erasedAt: erasure.at } };
  }

  private async refuseUnknown({ kind, id }: Erase['subject']): Promise<void> {
    if (kind === 'person') {
      await this.persons.one(id);
      return;
    }
    const row = await this.rows.first<{ state: string }>('state-of-term', 'select state from term where term_id = $1', [
      id,
    ]);
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such term.');
    if (row.state === 'erased') throw new Refusal('term-erased', 'gone', 'The data of this term has been erased.');
    if (row.state === 'open') throw termOpen();
  }

  /** In its lane: the row of a term that is being opened again says closed until that is committed. */
  private async refuseReopened(call: Call, termId: string): Promise<void> {
    const stream = termStream(termId);
    await this.desk.submit(
      { ...call, commandId: newId() },
      {
        writes: [stream],
        decide: (states) => {
          if (states.of(stream).state === 'open') throw termOpen();
          return { events: [], answer: null };
        },
      },
    );
  }

  private ask(call: Call, { kind, id }: Erase['subject'], instructionNumber: string, office: Office) {
    return this.desk.submit(call, {
      writes: [kind === 'person' ? personStream(id) : termStream(id)],
      decide: (_, now) => ({
        events: [],
        sides: [
          {
            table: orderTable,
            key: { subject_id: id },
            row: {
              ...{ kind, instruction_number: instructionNumber, asked_by: accountOf(call), asked_as: office },
              asked_at: now,
            },
          },
        ],
        answer: {
          ...{ subjectId: id, state: 'requested' as const },
          neededFrom: office === 'manager' ? 'privacyOfficer' : 'manager',
        },
      }),
    });
  }
}

function termOpen(): Refusal {
  return new Refusal('term-open', 'conflict', 'Close the term before its data is erased.');
}

function accountOf({ caller }: Call): string {
  return caller.accountId;
}

/** As which of the two the caller acts: as the one that is still missing, if they hold it. */
function secondOffice({ caller }: Call, asked: OrderRow | undefined): Office {
  const offices = (['manager', 'privacyOfficer'] as const).filter((office) => caller.roles.includes(office));
  if (asked === undefined || asked.asked_by === caller.accountId) return offices[0]!;
  const other = offices.find((office) => office !== asked.asked_as);
  if (other !== undefined) return other;
  throw new Refusal('second-person-needed', 'conflict', 'The other office has to agree: 責任者 and 保護管理者.', {
    neededFrom: asked.asked_as === 'manager' ? 'privacyOfficer' : 'manager',
  });
}
