import { momentText } from './call-figures.js';
import type { DailyReport } from './daily-report.js';
import type { Block, PaperValue } from './paper.js';
import { BY_HAND } from './paper-value.js';

const LEDGERS: Readonly<Record<string, string>> = {
  reservations: '予約・個人情報',
  notices: '受講通知書',
  inquiries: '問い合わせ',
  reporting: '名簿・持出し',
};

function anchorRow({ service, anchor }: NonNullable<DailyReport['accessLogAnchor']>[number]): PaperValue[] {
  const name = LEDGERS[service] ?? service;
  if (anchor === null) return [name, null, '―', '取得できませんでした。この報告書をもう一度作成してください。'];
  const { n, at, hash } = anchor;
  return [name, n, at === null ? '記録なし' : momentText(Date.parse(at)), hash];
}

/** Chapter 6 of the daily report: incidents, and where the chains of the access logs stood. (P11, §5.2) */
export function privacyChapter({
  incidents,
  accessLogAnchor,
}: Pick<DailyReport, 'incidents' | 'accessLogAnchor'>): Block[] {
  return [
    { kind: 'heading', level: 1, text: '６　個人情報の取扱い' },
    ...(incidents === null || incidents.length === 0
      ? [
          {
            kind: 'text',
            text: incidents === null ? `個人情報に関する事故${BY_HAND}` : '個人情報に関する事故はありません。',
          } as const,
        ]
      : [{ kind: 'list', items: incidents } as const]),
    ...((accessLogAnchor ?? []).length === 0
      ? []
      : [
          {
            kind: 'table',
            table: {
              caption: 'アクセスログのアンカー値',
              columns: [
                { header: '台帳', width: 1.4 },
                { header: '番号', kind: 'integer', width: 0.9 },
                { header: '時点', width: 1.6 },
                { header: '値', width: 4.4 },
              ],
              rows: accessLogAnchor!.map(anchorRow),
              note: '当日最後の記録の番号と値。値はそれより前の記録すべてから計算され、一つでも変わると一致しません。',
            },
          } as const,
        ]),
  ];
}
