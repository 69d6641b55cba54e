import { plainText } from '#office/reading/cell-values.js';
import { addressOf, type CellProblem, type Grid, type GridRow } from '#office/reading/grid.js';

const NAMES = {
  faqNo: ['番号', 'NO', 'NO.', 'Q番号', 'FAQ番号', '項番', '№', 'FAQNO'],
  category: ['分類', 'カテゴリ', 'カテゴリー', '区分', '種別', 'CATEGORY'],
  question: ['質問', '質問内容', 'ご質問', '問い合わせ内容', '問', 'Q', 'QUESTION'],
  answer: ['回答', '回答内容', 'お答え', '答え', '答', 'A', 'ANSWER'],
  keywords: ['キーワード', '検索語', '関連語', 'KEYWORDS'],
  validFrom: ['有効開始日', '有効開始', '掲載開始日', '適用開始日', 'VALIDFROM'],
  validTo: ['有効終了日', '有効終了', '掲載終了日', '適用終了日', 'VALIDTO'],
  reviewBy: ['見直し日', '見直し期限', '次回見直し日', 'REVIEWBY'],
} as const;

export type FaqColumn = keyof typeof NAMES;

/** Where everything stands. */
export interface FaqColumns {
  readonly header: number;
  readonly of: ReadonlyMap<FaqColumn, number>;
  readonly problems: readonly CellProblem[];
  /** Headings that mean nothing here, by address. */
  readonly ignored: readonly string[];
}

/** The first row of a sheet or table, within its first thirty, that names question and answer. */
export function findFaqColumns({ rows }: Grid): FaqColumns | undefined {
  for (const row of rows.slice(0, 30)) {
    const columns = columnsIn(row);
    if (columns.of.has('question') && columns.of.has('answer')) return columns;
  }
  return undefined;
}

function columnsIn({ n, cells }: GridRow): FaqColumns {
  const of = new Map<FaqColumn, number>();
  const problems: CellProblem[] = [];
  const ignored: string[] = [];
  for (const [column, value] of cells) {
    const heading = plainText(value).replace(/\(.*\)$/, '').replace(/[※*]/g, ''); // prettier-ignore
    const found = (Object.keys(NAMES) as FaqColumn[]).find((key) => NAMES[key].some((name) => name === heading));
    const cell = addressOf(column, n);
    if (found === undefined) ignored.push(cell);
    else if (of.has(found)) problems.push({ cell, reason: '同じ見出しの列が2つあります' });
    else of.set(found, column);
  }
  return { header: n, of, problems, ignored };
}
