import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import { idFrom } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { Accepted } from '#platform/lane/lane-command.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { Desk } from '../desk/desk.js';
import { actorIdOf } from '../desk/ids.js';
import { faqStream } from '../desk/streams.js';
import { FaqShelf } from '../faq/faq-shelf.js';
import { faq } from '../faq/faq.decider.js';
import type { Faq } from '../faq/faq.js';
import { faqDiff } from './faq-diff.js';
import type { FaqFile, FaqRow } from './faq-file.js';
import type { FaqImportAnswer } from './faq-import.body.js';

const IMPORTS = '94b3e1c7-0d5a-4f28-8e6b-7a1c9d2f3e40';
/** More are of no use to anyone who has to mend the list. */
const MOST_SHOWN = 500;

/** All entries of the list that are new or different, as drafts, in one commit. (R018) */
@Injectable()
export class FaqImport {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(FaqShelf) private readonly shelf: FaqShelf,
  ) {}

  async preview(file: FaqFile): Promise<Accepted<FaqImportAnswer>> {
    const shelved = await this.shelf.list();
    const states = new Map(shelved.map(({ id, state }) => [id, state]));
    const stateOf = (faqId: string): Faq => states.get(faqId) ?? faq.initialState;
    const diff = faqDiff(file.rows, stateOf, (row) => draftedBy(row, stateOf(row.faqId), '', '').length > 0);
    return { answer: await this.answerOf(file, diff), positions: [], repeated: false };
  }

  /** @throws Refusal `invalid-faq` 400 with every cell; `confirmation-outdated` 409 when the list now does something else */
  async import(call: Call, file: FaqFile, confirm: string | undefined): Promise<Accepted<FaqImportAnswer>> {
    if (file.problems.length > 0) {
      throw new Refusal(
        'invalid-faq',
        'invalid',
        'Mend the cells named and send the list again; nothing was changed.',
        {
          ...{ count: file.problems.length, problems: file.problems.slice(0, MOST_SHOWN) },
        },
      );
    }
    const importId = idFrom(IMPORTS, call.commandId);
    const by = actorIdOf(call.caller.accountId);
    const rows = file.rows.map((row) => ({ row, stream: faqStream(row.faqId) }));
    const missing = (await this.answerOf(file, NOTHING)).missing;
    return this.desk.submit(call, {
      writes: rows.map(({ stream }) => stream),
      decide: (states) => {
        const events = rows.map(
          ({ row, stream }) => [stream, draftedBy(row, states.of(stream), by, importId)] as const,
        );
        const writes = new Set(rows.filter((_, i) => events[i]![1].length > 0).map(({ row }) => row));
        const before = new Map(rows.map(({ row, stream }) => [row.faqId, states.of(stream)]));
        const diff = faqDiff(
          file.rows,
          (faqId) => before.get(faqId)!,
          (row) => writes.has(row),
        );
        if (confirm !== undefined && confirm !== diff.hash && writes.size > 0) {
          throw new Refusal(
            'confirmation-outdated',
            'conflict',
            'The FAQ has changed since: look at the preview again.',
          );
        }
        return { events, answer: { ...shown(file, diff), missing } };
      },
    });
  }

  private async answerOf(file: FaqFile, diff: ReturnType<typeof faqDiff>): Promise<FaqImportAnswer> {
    const named = new Set(file.rows.map(({ faqId }) => faqId));
    const published = (await this.shelf.list('published')).filter(({ id }) => !named.has(id));
    const missing = published.map(({ id, state }) => ({ row: 0, faqId: id, faqNo: state.published!.entry.faqNo, changed: [] })); // prettier-ignore
    return { ...shown(file, diff), missing: missing.slice(0, MOST_SHOWN) };
  }
}

const NOTHING = { added: [], changed: [], unchanged: 0, hash: '' };

function draftedBy({ faqId, entry }: FaqRow, state: Faq, by: string, importId: string): readonly DeskEvent[] {
  return faq.decide({ do: 'draft', faqId, by, entry, source: 'city', importId }, state);
}

function shown(
  file: FaqFile,
  { added, changed, unchanged, hash }: ReturnType<typeof faqDiff>,
): Omit<FaqImportAnswer, 'missing'> {
  return {
    ...{ hash, unchanged, added: added.map((line) => ({ ...line, changed: [...line.changed] })) },
    changed: changed.map((line) => ({ ...line, changed: [...line.changed] })),
    problems: file.problems.slice(0, MOST_SHOWN),
    warnings: file.warnings.slice(0, MOST_SHOWN),
    ignored: file.ignored.slice(0, MOST_SHOWN),
  };
}
