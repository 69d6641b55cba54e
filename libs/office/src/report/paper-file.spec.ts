import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { describeOffice } from '../rehearsal/describe-office.js';
import { OfficeProgram } from '../rehearsal/office-program.js';
import { completionRehearsal } from '../rehearsal/completion-rehearsal.js';
import { dailyReportRehearsal } from '../rehearsal/daily-report-rehearsal.js';
import { CENTRE, EVENING } from '../rehearsal/desk-figures.js';
import { readZip } from '../zip/zip-reader.js';
import { completionPaper } from './completion-paper.js';
import { dailyReportPaper } from './daily-report-paper.js';
import { coverLetterPaper, escalationPaper, faxReplyPaper, rosterChangePaper, staffingPaper } from './desk-paper.js';
import { paperFile } from './paper-file.js';
import type { Paper } from './paper.js';
import { privacyMonthPaper } from './privacy-month-paper.js';

const document = (file: Uint8Array) =>
  Buffer.from(readZip(file, { files: 100, bytes: 20_000_000 }).get('word/document.xml')!).toString('utf8');

describe('a paper', () => {
  const paper: Paper = { title: '題', date: '2026-01-05', at: EVENING, blocks: [] };

  test('with charts is the same file each time', async () => {
    const [first, second] = [
      await paperFile(dailyReportPaper(dailyReportRehearsal())),
      await paperFile(dailyReportPaper(dailyReportRehearsal())),
    ];
    expect(first.equals(second)).toBe(true);
  });

  test('holds whatever is written in it: odd characters, tags, rare forms', async () => {
    const text = '髙𠮷葛󠄀 <w:p/> & "引用" \u0008\ufffe{{会場名}}';
    const file = await paperFile({
      ...paper,
      blocks: [
        { kind: 'text', text },
        { kind: 'box', label: text, text, lines: 2 },
      ],
    });
    expect(document(file)).toContain('髙𠮷葛󠄀 &lt;w:p/&gt; &amp; &quot;引用&quot; {{会場名}}');
  });

  test('begins each numbered list at (1), and draws no chart of nothing', async () => {
    const list = (items: string[]) => ({ kind: 'list', items, numbered: true }) as const;
    const chart = { title: '入電', kind: 'bars', categories: ['9時台'], unit: '件', series: [{ name: '入電', values: [0] }] } as const; // prettier-ignore
    const file = await paperFile({
      ...paper,
      blocks: [list(['一', '二']), list(['三']), { kind: 'chart', chart, source: 'calls_by_hour' }],
    });
    const lists = [...document(file).matchAll(/<w:numId w:val="(\d+)"/g)].map(([, id]) => id);
    expect([lists[0] === lists[1], lists[1] === lists[2]]).toEqual([true, false]);
    const numbering = Buffer.from(
      readZip(file, { files: 100, bytes: 20_000_000 }).get('word/numbering.xml')!,
    ).toString();
    expect(numbering).toMatch(new RegExp(`<w:num w:numId="${lists[2]}"[^]*?<w:startOverride w:val="1"`));
    expect(document(file)).not.toContain('pic:pic');
  });

  test('says 該当なし for an empty table, ― where there is no number, and 和暦 for dates', async () => {
    const columns = [
      { header: '日', kind: 'date' },
      { header: '率', kind: 'percent' },
    ] as const;
    const file = await paperFile({
      ...paper,
      blocks: [
        { kind: 'table', table: { columns, rows: [] } },
        { kind: 'table', table: { columns, rows: [['2026-01-05', null]], totals: ['計', 0.8333] } },
      ],
    });
    for (const text of ['該当なし', '令和８年１月５日', '―', '計', '83.3%'])
      expect(document(file)).toContain(`>${text}<`);
  });
});

describeOffice('LibreOffice lays out', () => {
  let office: OfficeProgram;
  beforeAll(async () => {
    office = await OfficeProgram.start();
  });
  afterAll(() => office.close());
  const words = async (...papers: Paper[]) => office.words(...(await Promise.all(papers.map(paperFile))));

  test('the report of a day with its complaint, for デジタル企画課', async () => {
    const [text] = await words(dailyReportPaper({ ...dailyReportRehearsal(), specimen: true }));
    for (const part of [
      'デジタル企画課御中',
      '令和7年7月11日(金)',
      '開設1日目',
      '450',
      '苦情C-0001',
      '再発防止',
      '応答÷入電',
      '見本',
    ])
      expect(text).toContain(part);
  });

  test('a completion report with every chapter, and this year beside 令和5年度', async () => {
    const [text] = await words(completionPaper(completionRehearsal()));
    for (const part of [
      '業務概要',
      '期別実績',
      '第三期',
      '入電合計(件)640640',
      'FAQ更新一覧',
      '個人情報保護',
      '環境配慮',
      '課題と提案',
      '集計の根拠',
    ])
      expect(text).toContain(part);
  });

  test('the papers of the desk', async () => {
    const from = CENTRE;
    const at = EVENING;
    const change = rosterChangePaper({
      number: '連絡1',
      sessionCode: 'KTA-0001-A',
      courseTitle: '入門',
      venueName: '北区民センター',
      dates: [{ date: '2026-01-19', startsAt: '10:00', endsAt: '12:00' }],
      fromVersion: 2,
      toVersion: 3,
      countBefore: 20,
      countAfter: 19,
      sameDay: true,
      from,
      at,
      changes: [{ kind: '取消', receiptNumber: '3-001-0004', receivedAt: EVENING, channel: '電話' }],
    });
    const staffing = staffingPaper({
      contractName: '受付業務',
      validFrom: '2025-06-01',
      reason: '新規',
      from,
      at,
      members: [{ office: '責任者', name: '佐藤', employer: '北の受付', duties: '全体の統括', deputy: true }],
    });
    const escalation = escalationPaper({
      number: 'E-1',
      openedAt: at,
      answerBy: '2025-07-14',
      urgent: true,
      category: '会場',
      question: '駐車場の有無',
      soFar: '確認中と回答',
      steps: [{ at, state: '起票', by: 'ＳＶ' }],
      from,
      at,
    });
    const fax = faxReplyPaper({
      number: 'F-1',
      to: { organisation: '山田 太郎', honorific: '様' },
      faxNumber: '011-000-0000',
      receivedAt: at,
      subject: '申込',
      answer: ['承りました。'],
      facts: [['会場', '北区']],
      pages: 1,
      from,
      at,
    });
    const cover = coverLetterPaper({
      date: '2025-07-25',
      subject: '予約者リストの送付について',
      lines: ['送付します。'],
      from,
      at,
      enclosures: [{ name: '予約者リスト 第一期', copies: 1, sha256: 'ab'.repeat(32) }],
    });
    const privacy = privacyMonthPaper({
      month: '2025-07',
      contractName: '受付業務',
      officers: { chief: '北', officer: '南' },
      staff: [{ role: 'ＯＰ', people: 15, trained: 15 }],
      trainings: [],
      accesses: [{ purpose: '予約受付', count: 640 }],
      reviews: { times: 1, sampled: 10, findings: 0, measures: [] },
      exports: [],
      media: [],
      deletions: [],
      incidents: [],
      subcontracting: 'なし',
      remarks: [],
      from,
      date: '2025-08-01',
      at,
    });
    const said = await words(change, staffing, escalation, fax, cover, privacy);
    expect(said[0]).toMatch(/至急.*第2版→第3版.*20名→19名.*3-001-0004/);
    expect(said[1]).toMatch(/実施体制.*責任者\(代行\)/);
    expect(said[2]).toMatch(/緊急.*令和7年7月14日\(月\)まで.*駐車場の有無.*回答欄/);
    expect(said[3]).toMatch(/山田太郎様.*011-000-0000.*承りました/);
    expect(said[4]).toMatch(
      /札幌市デジタル戦略推進局スマートシティ推進部デジタル企画課御中.*予約者リストの送付について.*記.*abab/,
    );
    expect(said[5]).toMatch(/様式1.*令和7年7月分.*予約受付640.*事故なし/);
  });
});
