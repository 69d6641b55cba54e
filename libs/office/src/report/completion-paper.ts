import { eraDate } from '#calendar/japanese-date.js';
import { DIGITAL_PLANNING } from './addressee.js';
import { completionTerm } from './completion-term.js';
import type { CompletionReport, TermResult, YearBefore } from './completion-report.js';
import { rate } from './call-figures.js';
import type { Block, Paper, PaperColumn, PaperValue } from './paper.js';

/** 業務完了報告書. (§5.2, R050) */
export function completionPaper(report: CompletionReport): Paper {
  return {
    title: '業務完了報告書',
    subtitle: report.contract.name,
    date: report.date,
    ...(report.number !== undefined && { number: report.number }),
    to: DIGITAL_PLANNING,
    from: report.from,
    at: report.at,
    opening: 'cover',
    ...(report.specimen !== undefined && { specimen: report.specimen }),
    blocks: [
      ...outline(report),
      ...team(report),
      ...results(report),
      ...inquiries(report),
      ...complaints(report),
      ...privacy(report),
      ...closing(report),
    ],
  };
}

function outline({ contract, outline: lines, annexes }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '１　業務概要' },
    {
      kind: 'facts',
      rows: [
        ['業務名', contract.name],
        ['履行期間', `${eraDate(contract.from)}から${eraDate(contract.until)}まで`],
      ],
    },
    { kind: 'list', items: lines },
    { kind: 'heading', level: 2, text: '別添' },
    { kind: 'list', items: annexes, numbered: true },
  ];
}

function team({ team: { responsiblePerson, roles, trainings } }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '２　実施体制・研修実績' },
    {
      kind: 'facts',
      rows: [
        ['責任者', responsiblePerson],
        ['要員', roles.length === 0 ? '（未設定）' : roles.map(({ role, people }) => `${role} ${people}名`).join('、')],
      ],
    },
    {
      kind: 'table',
      table: {
        caption: '研修実績',
        columns: [
          { header: '実施日', kind: 'date', width: 1.6 },
          { header: '内容', width: 4 },
          { header: '受講者数', kind: 'integer' },
        ],
        rows: trainings.map(({ date, title, attended }) => [date, title, attended]),
      },
    },
  ];
}

function results({ terms, yearBefore }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '３　期別実績' },
    comparison(terms, yearBefore),
    ...terms.flatMap((term, index) => completionTerm(term, index + 1)),
  ];
}

/** This year beside 表２ of the specification, line by line. */
function comparison(terms: readonly TermResult[], yearBefore: readonly YearBefore[]): Block {
  const before = (term: TermResult) => yearBefore.find(({ termName }) => termName === term.termName);
  const line = (
    name: string,
    now: (term: TermResult) => number | null,
    then: (year: YearBefore) => number | null,
  ): PaperValue[] => [
    name,
    ...terms.flatMap((term) => {
      const year = before(term);
      return [now(term), year === undefined ? null : then(year)];
    }),
  ];
  return {
    kind: 'table',
    table: {
      caption: '期別の実績と令和５年度実績（概数値）との比較',
      columns: [
        { header: '項目', width: 2.2 },
        ...terms.flatMap(({ termName }): PaperColumn[] => [
          { header: termName, kind: 'integer' },
          { header: 'Ｒ５年度', kind: 'integer' },
        ]),
      ],
      rows: [
        line(
          '入電合計（件）',
          ({ calls }) => calls.offered,
          ({ offered }) => offered,
        ),
        line(
          '応答（件）',
          ({ calls }) => calls.answered,
          () => null,
        ),
        line(
          '開設日数（日）',
          ({ openDays }) => openDays,
          ({ openDays }) => openDays,
        ),
        line(
          '日平均（件）',
          ({ calls, openDays }) => rate(calls.offered, openDays),
          ({ offered, openDays }) => rate(offered, openDays),
        ),
        line(
          '最大受電件数/日（件）',
          ({ busiestDay }) => busiestDay?.offered ?? null,
          ({ busiestDay }) => busiestDay,
        ),
        line(
          '受講通知書発送数（通）',
          ({ notices }) => notices.posted,
          ({ noticesPosted }) => noticesPosted,
        ),
      ],
      note: '令和５年度は仕様書の表２（概数値）による。',
      source: 'calls_by_term, notices_by_term',
    },
  };
}

function inquiries({ faqChanges }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '４　ＦＡＱ更新一覧' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '日付', kind: 'date', width: 1.6 },
          { header: '区分', width: 0.8 },
          { header: '質問', width: 5 },
        ],
        rows: faqChanges.map(({ date, change, question }) => [date, change, question]),
        source: 'faq_changes',
      },
    },
  ];
}

function complaints({ complaints: all, escalations }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '５　苦情・エスカレーション' },
    {
      kind: 'facts',
      rows: [
        ['苦情', `${all.count}件（うち翌営業日までに報告 ${all.reportedInTime}件）`],
        [
          'エスカレーション',
          `${escalations.count}件（うち完了 ${escalations.closed}件）` +
            (escalations.averageHours === null ? '' : `、回答までの平均 ${escalations.averageHours.toFixed(1)}時間`),
        ],
      ],
    },
    ...(all.gists.length === 0 ? [] : [{ kind: 'list', items: all.gists } as const]),
  ];
}

function privacy({ privacy: { accesses, reviews, incidents, erasures } }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '６　個人情報保護' },
    {
      kind: 'facts',
      rows: [
        ['アクセスログ', `${accesses.toLocaleString('ja-JP')}件（点検 ${reviews ?? '　　'}回）`],
        ['事故', incidents.length === 0 ? 'なし' : incidents.join('\n')],
        ['消去', erasures.length === 0 ? '記録なし' : erasures.join('\n')],
      ],
    },
  ];
}

function closing({ paper, proposals, kpis, sources }: CompletionReport): Block[] {
  return [
    { kind: 'heading', level: 1, text: '７　環境配慮' },
    {
      kind: 'text',
      text: `使用枚数 ${paper.sheets.toLocaleString('ja-JP')}枚、再印刷 ${paper.reprinted}枚、印刷損じ ${paper.spoiled}枚。`,
    },
    { kind: 'heading', level: 1, text: '８　課題と提案' },
    ...(proposals.length === 0
      ? [{ kind: 'text', text: '特にありません。' } as const]
      : [{ kind: 'list', items: proposals, numbered: true } as const]),
    { kind: 'heading', level: 1, text: '９　指標の定義と集計の根拠' },
    { kind: 'kpis', kpis },
    { kind: 'heading', level: 2, text: '集計の根拠' },
    { kind: 'sources', sources },
  ];
}
