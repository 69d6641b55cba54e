import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { handoverBook, type HandoverRecord } from '#office/report/handover-book.js';
import { bookFile } from '#office/workbook/book-file.js';
import { categoryName, senderOf } from '../daily-report/daily-report.js';
import { Ledger } from '../query/ledger-reading.js';
import { DeskNotes } from '../report/desk-facts.js';
import { plannedTerm } from '../report/report-terms.js';
import { Specimen } from '../report/specimen.js';
import { CHANNELS } from '../roster/rosters.js';
import { handoverRecords, type HandoverRow } from './handover-asked.row.js';
import { InquiryWords } from './inquiry-words.js';

const OUTCOMES: Readonly<Record<string, string>> = {
  answered: '回答',
  referred: '他の窓口を案内',
  declined: 'お答えできません',
  callback: '折り返し',
  escalated: '市へ照会',
  complaint: '苦情',
};

/** 引渡し: the records of a term that were marked as important, with their words, for the city alone. (R041) */
@Injectable()
export class HandoverRecords {
  constructor(
    @Inject(Ledger) private readonly ledger: Ledger,
    @Inject(InquiryWords) private readonly words: InquiryWords,
    @Inject(DeskNotes) private readonly notes: DeskNotes,
    @Inject(Specimen) private readonly specimen: Specimen,
  ) {}

  /** @throws Refusal `not-found` */
  async mustExist(termId: string): Promise<void> {
    await this.ledger.read(undefined, (reading) => plannedTerm(reading, termId));
  }

  /** @throws Refusal `not-found`, `nothing-to-hand-over`, `unavailable` when the words cannot be had */
  async ofTerm(termId: string, callerToken: string | undefined) {
    const { asOf, term, rows } = await this.ledger.read(undefined, async (reading) => ({
      asOf: reading.asOf,
      term: await plannedTerm(reading, termId),
      rows: await reading.ask<HandoverRow>(handoverRecords, { termId }),
    }));
    if (rows.length === 0) {
      const message = 'この期に、引渡しの対象とした記録はありません。';
      throw new Refusal('nothing-to-hand-over', 'conflict', message, { termId });
    }
    const noted = rows.filter((row) => row.noted).map((row) => row.inquiry_id);
    const words = await this.words.of(noted, callerToken);
    const book = handoverBook({
      termName: term.title,
      records: rows.map((row) => recordOf(row, words.get(row.inquiry_id))),
      source: { id: handoverRecords.id, asks: handoverRecords.asks, asOf: asOf.position },
      from: senderOf(await this.notes.facts()),
      at: Date.parse(asOf.instant!),
      ...(this.specimen.isOne && { specimen: true }),
    });
    return { document: await bookFile(book), pieces: rows.length, position: asOf.position };
  }
}

/** Words that were written and are no more were erased with their term; a record stays that they were. */
function recordOf(row: HandoverRow, words: string | undefined): HandoverRecord {
  return {
    inquiryId: row.inquiry_id,
    receivedAt: row.received_at,
    channel: CHANNELS[row.channel] ?? row.channel,
    category: categoryName(row.category),
    outcome: OUTCOMES[row.outcome] ?? row.outcome,
    resolvedAtOnce: row.resolved_at_once,
    words: words ?? (row.noted ? '（消去済）' : ''),
  };
}
