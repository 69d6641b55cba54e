import { dateAt } from '#calendar/civil-time.js';
import { eraDay } from '#calendar/japanese-date.js';
import { INQUIRY_CATEGORIES } from '#contracts/inquiries/inquiry-category.js';
import type { Paper } from '#office/report/paper.js';
import { DIGITAL_PLANNING } from '#office/report/addressee.js';
import type { Book, Sheet } from '#office/workbook/sheet.js';
import type { ShelvedFaq, WrittenVersion } from '../faq/faq-shelf.js';

/** The FAQ as it is handed in: what is answered, and what was changed of it when. (R052) */
export interface FaqDocument {
  /** Published entries, by number. */
  readonly entries: readonly ShelvedFaq[];
  /** Of all entries there ever were. */
  readonly all: readonly ShelvedFaq[];
  readonly versions: readonly WrittenVersion[];
  /** Epoch milliseconds. */
  readonly at: number;
  readonly specimen: boolean;
}

const STEPS: Readonly<Record<string, string>> = {
  FaqDrafted: '起案',
  FaqPublished: '公開',
  FaqSentBack: '差戻し',
  FaqReviewed: '見直し',
  FaqRetired: '廃止',
};

const TITLE = 'よくある質問（ＦＡＱ）';
const nameOf = (category: string) => (INQUIRY_CATEGORIES as Record<string, string>)[category] ?? category;

/** Read in again, it changes nothing: its headings are those the import knows. (R018) */
export function faqBook(document: FaqDocument): Book {
  const sheets: Sheet[] = [
    {
      ...{ name: 'ＦＡＱ', title: TITLE, lead: [`${eraDay(dateAt(document.at))}現在　${document.entries.length}件`] },
      landscape: true,
      columns: [
        { header: '番号', kind: 'text', width: 12 },
        { header: '分類', kind: 'text', width: 11 },
        { header: '質問', kind: 'text', width: 34 },
        { header: '回答', kind: 'text', width: 52 },
        { header: '検索語', kind: 'text', width: 16 },
        { header: '有効開始日', kind: 'date' },
        { header: '有効終了日', kind: 'date' },
        { header: '見直し日', kind: 'date' },
        { header: '版', kind: 'integer' },
      ],
      rows: document.entries.map(({ state }) => {
        const { entry, version } = state.published!;
        return [
          ...[entry.faqNo, nameOf(entry.category), entry.question, entry.answer, entry.keywords.join('、')],
          ...[entry.validFrom ?? null, entry.validTo ?? null, entry.reviewBy ?? null, version],
        ];
      }),
    },
    {
      ...{ name: '変更履歴', title: '変更履歴', landscape: true },
      columns: [
        { header: '日時', kind: 'instant' },
        { header: '番号', kind: 'text', width: 14 },
        { header: '区分', kind: 'text', width: 10 },
        { header: '版', kind: 'integer' },
        { header: '質問（当時）', kind: 'text', width: 48 },
      ],
      rows: changesOf(document).map(({ at, faqNo, step, version, question }) => [at, faqNo, step, version, question]),
    },
  ];
  return { title: TITLE, at: document.at, sheets, specimen: document.specimen };
}

export function faqPaper(document: FaqDocument): Paper {
  const changes = changesOf(document);
  return {
    ...{ title: TITLE, date: dateAt(document.at), to: DIGITAL_PLANNING, at: document.at, landscape: true },
    ...(document.specimen && { specimen: true }),
    blocks: [
      {
        kind: 'table',
        table: {
          columns: [
            { header: '番号', width: 0.9 },
            { header: '分類', width: 0.8 },
            { header: '質問', width: 2.6 },
            { header: '回答', width: 4.2 },
          ],
          rows: document.entries.map(({ state }) => {
            const { faqNo, category, question, answer } = state.published!.entry;
            return [faqNo, nameOf(category), question, answer];
          }),
        },
      },
      { kind: 'heading', level: 2, text: '変更履歴' },
      {
        kind: 'table',
        table: {
          columns: [
            { header: '日付', kind: 'date', width: 1.4 },
            { header: '番号', width: 0.9 },
            { header: '区分', width: 0.7 },
            { header: '版', kind: 'integer', width: 0.4 },
            { header: '質問（当時）', width: 4 },
          ],
          rows: changes.map(({ at, faqNo, step, version, question }) => [dateAt(at), faqNo, step, version, question]),
        },
      },
    ],
  };
}

interface Change {
  readonly at: number;
  readonly faqNo: string;
  readonly step: string;
  readonly version: number;
  readonly question: string;
}

/** Everything that happened to any entry, in order: added, changed, removed. (R019) */
function changesOf({ all, versions }: FaqDocument): Change[] {
  const textOf = new Map(versions.map(({ data }) => [`${data.faqId}/${data.version}`, data]));
  const changes = all.flatMap(({ id, steps }) =>
    steps.map(({ type, at, version = 0 }) => {
      const said = textOf.get(`${id}/${version}`);
      const step = STEPS[type] ?? type;
      return { at: Date.parse(at), faqNo: said?.faqNo ?? '', step, version, question: said?.question ?? '' };
    }),
  );
  return changes.toSorted((a, b) => a.at - b.at || (a.faqNo < b.faqNo ? -1 : 1));
}
