import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { Refusal } from '#kernel/refusal.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk } from '../desk/desk.js';
import { Rows } from '#platform/hosting/rows.js';
import { contactListStream } from '../desk/streams.js';
import { RecordAttempt } from './contact-list.commands.js';
import { contactList } from './contact-list.decider.js';
import { contactListRow, type ContactListRow } from './contact-list.row.js';

@CommandHandler(RecordAttempt)
export class RecordAttemptHandler implements ICommandHandler<RecordAttempt> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  async execute({ call, contactListId, reservationId, result }: RecordAttempt) {
    const row = await this.rows.first<Pick<ContactListRow, 'started_at'>>(
      'contact-list-start',
      'select started_at from contact_list where contact_list_id = $1',
      [contactListId],
    );
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such list.');
    const stream = contactListStream(contactListId);
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const attempt = { contactListId, reservationId, result };
        const { events, after } = decided(contactList, { do: 'attempt', attempt }, states.of(stream));
        return {
          events: [[stream, events]],
          sides: [contactListRow(after, row.started_at)],
          answer: { contactListId, reservationId },
        };
      },
    });
  }
}
