import { eraDay } from '#calendar/japanese-date.js';
import { dateAt } from '#calendar/civil-time.js';
import type { Book } from '../workbook/sheet.js';
import type { Sender, Source } from './paper.js';

/** A record that the city gets: with what was asked and answered. (R041) */
export interface HandoverRecord {
  readonly inquiryId: string;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  readonly channel: string;
  readonly category: string;
  readonly outcome: string;
  readonly resolvedAtOnce: boolean;
  /** May hold personal data: the book leaves sealed. */
  readonly words: string;
}

export interface Handover {
  readonly termName: string;
  readonly records: readonly HandoverRecord[];
  readonly source: Source;
  readonly from: Sender;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly specimen?: boolean;
}

/** 重要な記録の引渡し: the records, numbered, and how they were chosen. (R041) */
export function handoverBook({ termName, records, source, from, at, specimen }: Handover): Book {
  return {
    title: `重要な記録の引渡し ${termName}`,
    author: from.organisation,
    ...{ at, definitions: false },
    ...(specimen !== undefined && { specimen }),
    sheets: [
      {
        name: '引渡し記録',
        title: '重要な記録の引渡し（問い合わせ対応の記録）',
        lead: [`${termName}　${records.length}件　${eraDay(dateAt(at))}現在`, '個人情報を含みます。取扱注意。'],
        columns: [
          { header: '番号', kind: 'integer', width: 6 },
          { header: '受付日時', kind: 'instant' },
          { header: '受付方法', kind: 'text', width: 10 },
          { header: '分類', kind: 'text', width: 12 },
          { header: '結果', kind: 'text', width: 14 },
          { header: '一次解決', kind: 'text', width: 9 },
          { header: '内容', kind: 'text', width: 64 },
          { header: '記録番号', kind: 'text', width: 38 },
        ],
        rows: records.map((one, i) => [
          ...[i + 1, one.receivedAt, one.channel, one.category, one.outcome],
          ...[one.resolvedAtOnce ? '○' : '', one.words, one.inquiryId],
        ]),
        landscape: true,
      },
      {
        name: '選び方',
        title: '引き渡す記録の選び方',
        columns: [
          { header: '出典', kind: 'text', width: 20 },
          { header: '数え方', kind: 'text', width: 52 },
          { header: '時点', kind: 'text', width: 52 },
        ],
        rows: [[source.id, source.asks, source.asOf ?? '']],
        notes: ['残りの記録は業務終了時まで受付センターで保管し、終了後すみやかに廃棄します（仕様書 6(9)）。'],
        landscape: true,
      },
    ],
  };
}
