import { eraDate } from '#calendar/japanese-date.js';
import { DIGITAL_PLANNING } from './addressee.js';
import type { PrivacyMonth } from './desk-paper-data.js';
import type { Block, Paper } from './paper.js';
import { BY_HAND } from './paper-value.js';

/**
 * 個人情報取扱状況報告書（様式１）, as a draft: the city's own form is not in the specification, so it is set out by the
 * headings of appendix 1 until the city gives it. (R047)
 */
export function privacyMonthPaper(month: PrivacyMonth): Paper {
  return {
    title: '個人情報取扱状況報告書（様式１）',
    subtitle: `${monthText(month.month)}分`,
    date: month.date,
    to: DIGITAL_PLANNING,
    from: month.from,
    at: month.at,
    ...(month.specimen !== undefined && { specimen: month.specimen }),
    blocks: [...people(month), ...handling(month), ...closing(month)],
  };
}

function people({ contractName, month, officers, staff, trainings }: PrivacyMonth): Block[] {
  return [
    {
      kind: 'facts',
      rows: [
        ['業務名', contractName],
        ['対象月', monthText(month)],
        ['総括保護管理者', officers.chief],
        ['保護管理者', officers.officer],
      ],
    },
    { kind: 'heading', level: 1, text: '１　従業者と研修' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '役割', width: 3 },
          { header: '人数', kind: 'integer' },
          { header: '研修修了者', kind: 'integer', width: 2 },
        ],
        rows:
          staff.length === 0
            ? [[BY_HAND, '', '']]
            : staff.map(({ role, people: count, trained }) => [role, count, trained ?? BY_HAND]),
      },
    },
    {
      kind: 'table',
      table: {
        caption: '当月の研修',
        columns: [
          { header: '実施日', kind: 'date', width: 2.1 },
          { header: '内容', width: 4 },
          { header: '受講者数', kind: 'integer' },
        ],
        rows: trainings?.map(({ date, title, attended }) => [date, title, attended]) ?? [[BY_HAND, '', '']],
      },
    },
  ];
}

function handling({ accesses, reviews, exports, media, deletions }: PrivacyMonth): Block[] {
  return [
    { kind: 'heading', level: 1, text: '２　個人情報へのアクセス' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '利用目的', width: 4 },
          { header: '件数', kind: 'integer' },
        ],
        rows: accesses.map(({ purpose, count }) => [purpose, count]),
        totals: ['計', accesses.reduce((sum, { count }) => sum + count, 0)],
        note: reviewText(reviews),
        source: 'access_log_by_purpose',
      },
    },
    { kind: 'heading', level: 1, text: '３　持出し・引渡し、媒体' },
    {
      kind: 'table',
      table: {
        caption: '持出し・引渡し',
        columns: [
          { header: '日付', kind: 'date', width: 2.1 },
          { header: '内容', width: 2.6 },
          { header: '引渡し先', width: 1.6 },
          { header: '媒体', width: 2.4 },
        ],
        rows: exports?.map(({ date, what, recipient, medium }) => [date, what, recipient, medium]) ?? [
          [null, BY_HAND, '', ''],
        ],
      },
    },
    {
      kind: 'table',
      table: {
        caption: '媒体',
        columns: [
          { header: '媒体番号', width: 2 },
          { header: '種類', width: 3 },
          { header: '状態', width: 2 },
        ],
        rows: media?.map(({ id, kind, state }) => [id, kind, state]) ?? [[BY_HAND, '', '']],
      },
    },
    { kind: 'heading', level: 1, text: '４　消去・廃棄' },
    {
      kind: 'table',
      table: {
        columns: [
          { header: '日付', kind: 'date', width: 2.1 },
          { header: '対象', width: 2.6 },
          { header: '件数', kind: 'integer', width: 0.8 },
          { header: '方法', width: 2.2 },
        ],
        rows: deletions.map(({ date, what, count, method }) => [date, what, count, method]),
      },
    },
  ];
}

function reviewText(reviews: PrivacyMonth['reviews']): string {
  if (reviews === undefined) return 'アクセスログの点検：抽出　　　件、指摘　　　件（記入してください）';
  const { times, sampled, findings, measures } = reviews;
  const did = measures.length === 0 ? '' : `。措置：${measures.join('、')}`;
  return `アクセスログの点検：${times}回、抽出 ${sampled}件、指摘 ${findings}件${did}`;
}

function closing({ incidents, subcontracting, remarks }: PrivacyMonth): Block[] {
  return [
    { kind: 'heading', level: 1, text: '５　事故・再委託・その他' },
    {
      kind: 'facts',
      rows: [
        ['事故', incidents.length === 0 ? 'なし' : incidents.join('\n')],
        ['再委託', subcontracting ?? BY_HAND],
        ['特記事項', remarks.length === 0 ? 'なし' : remarks.join('\n')],
      ],
    },
    { kind: 'signatures', titles: ['責任者', '保護管理者'] },
  ];
}

/** `令和８年１月` */
function monthText(month: string): string {
  return eraDate(`${month}-01`).replace(/月.*$/, '月');
}
