import { eraDay } from '#calendar/japanese-date.js';
import { CALL_COLUMNS, callValues, hourText, rate, shownCount } from './call-figures.js';
import type { Filling, TermResult } from './completion-report.js';
import type { Block } from './paper.js';

/** 期別実績, 予約実績, 通知書 and 問い合わせ of one term. */
export function completionTerm(term: TermResult, number: number): Block[] {
  return [
    ...(number === 1 ? [] : [{ kind: 'pageBreak' } as const]),
    { kind: 'heading', level: 2, text: `３－${number}　${term.termName}` },
    ...calls(term),
    ...bookings(term),
    ...inquiries(term),
  ];
}

function calls(term: TermResult): Block[] {
  const { averages, calls: total, busiestDay } = term;
  return [
    {
      kind: 'facts',
      rows: [
        ['開設期間', `${eraDay(term.from)}から${eraDay(term.until)}まで（${term.openDays}日間）`],
        [
          '入電・応答',
          `入電 ${total.offered}件、応答 ${total.answered}件、応答率 ${percent(total.answered, total.offered)}`,
        ],
        ['時間外・話中', `時間外 ${total.outOfHours}件、話中 ${total.busy === null ? '未取込' : `${total.busy}件`}`],
        ['最大受電', busiestDay === null ? '―' : `${eraDay(busiestDay.date)} ${busiestDay.offered}件`],
        [
          '平均時間',
          `応答待ち ${seconds(averages.wait)}、通話 ${seconds(averages.talk)}、後処理 ${seconds(averages.afterCallWork)}、` +
            `処理 ${seconds(averages.handling)}`,
        ],
      ],
    },
    {
      kind: 'chart',
      source: 'calls_by_day',
      chart: {
        title: `開設日別の入電（${term.termName}）`,
        kind: 'stacked',
        categories: term.days.map(({ date }) => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`),
        unit: '件',
        rightUnit: '%',
        series: [
          { name: '応答', values: term.days.map(({ answered }) => answered) },
          { name: '放棄', values: term.days.map(({ abandoned }) => abandoned) },
          { name: '応答率', values: term.days.map(({ answered, offered }) => rate(answered, offered)), onRight: true },
        ],
      },
    },
    {
      kind: 'table',
      table: {
        caption: '開設日別',
        columns: [{ header: '開設日', kind: 'date', width: 2 }, ...CALL_COLUMNS],
        rows: term.days.map((day) => [day.date, ...callValues(day)]),
        totals: ['計', ...callValues(total)],
        source: 'calls_by_day',
      },
    },
    {
      kind: 'chart',
      source: 'calls_by_hour',
      chart: {
        title: `時間帯別の入電と応答（${term.termName}）`,
        kind: 'bars',
        categories: term.hours.map(({ from }) => hourText(from)),
        unit: '件',
        series: [
          { name: '入電', values: term.hours.map(({ offered }) => offered) },
          { name: '応答', values: term.hours.map(({ answered }) => answered) },
        ],
      },
    },
    {
      kind: 'table',
      table: {
        caption: '時間帯別とオペレーター席数',
        columns: [
          { header: '時間帯', width: 1.2 },
          ...CALL_COLUMNS,
          { header: '席数', kind: 'decimal', width: 0.9 },
          { header: '必要席数', kind: 'integer', width: 1.1 },
        ],
        rows: term.hours.map((hour) => [hourText(hour.from), ...callValues(hour), hour.seats, hour.seatsNeeded]),
        source: 'calls_by_hour',
      },
    },
    {
      kind: 'table',
      table: {
        caption: '曜日別',
        columns: [{ header: '曜日' }, ...CALL_COLUMNS],
        rows: term.weekdays.map((day) => [day.weekday, ...callValues(day)]),
        source: 'calls_by_weekday',
      },
    },
  ];
}

function bookings({ bookings: counts, guidance, venues, courses, notices }: TermResult): Block[] {
  return [
    { kind: 'heading', level: 3, text: '予約実績・受講通知書' },
    {
      kind: 'facts',
      rows: [
        ['申込・変更・取消', `申込 ${counts.made}件、変更 ${counts.moved}件、取消 ${counts.cancelled}件`],
        [
          '他会場案内',
          `案内 ${guidance.offered}件、成立 ${guidance.taken}件、成立率 ${percent(guidance.taken, guidance.offered)}`,
        ],
        [
          '受講通知書',
          `印刷 ${notices.printed}通、差出 ${notices.posted}通、期限内差出率 ${percent(notices.onTime, notices.posted)}、` +
            `返戻 ${notices.returned}通、再発行 ${notices.reissued}通、印刷損じ ${notices.spoiled}枚`,
        ],
        ['郵便料金', `${notices.postage.toLocaleString('ja-JP')}円`],
      ],
    },
    fillings('会場別', '会場', venues),
    fillings('講座別', '講座', courses),
  ];
}

function fillings(caption: string, header: string, all: readonly Filling[]): Block {
  const sum = (of: (filling: Filling) => number) => all.reduce((total, filling) => total + of(filling), 0);
  const [capacity, reserved] = [sum((each) => each.capacity), sum((each) => each.reserved)];
  return {
    kind: 'table',
    table: {
      caption,
      columns: [
        { header, width: 3 },
        { header: '開催回', kind: 'integer' },
        { header: '定員', kind: 'integer' },
        { header: '予約数', kind: 'integer' },
        { header: '予約率', kind: 'percent' },
      ],
      rows: all.map((each) => [
        each.name,
        each.sessions,
        each.capacity,
        each.reserved,
        rate(each.reserved, each.capacity),
      ]),
      totals: ['計', sum((each) => each.sessions), capacity, reserved, rate(reserved, capacity)],
      source: 'sessions_filled',
    },
  };
}

function inquiries({ inquiries: all, termName }: TermResult): Block[] {
  const known = all.filter(({ count }) => count !== null).slice(0, 12);
  return [
    { kind: 'heading', level: 3, text: '問い合わせ内容' },
    ...(known.length === 0
      ? []
      : [
          {
            kind: 'chart',
            source: 'inquiries_by_category',
            chart: {
              title: `問い合わせ分類別件数（${termName}）`,
              kind: 'ranking',
              categories: known.map(({ category }) => category),
              unit: '件',
              series: [{ name: '件数', values: known.map(({ count }) => count) }],
            },
          } as const,
        ]),
    {
      kind: 'table',
      table: {
        columns: [
          { header: '分類', width: 4 },
          { header: '件数', kind: 'integer', width: 1.4 },
        ],
        rows: all.map(({ category, count }) => [category, shownCount(count)]),
        source: 'inquiries_by_category',
      },
    },
  ];
}

function percent(part: number, whole: number): string {
  const share = rate(part, whole);
  return share === null ? '―' : `${(share * 100).toFixed(1)}%`;
}

function seconds(value: number | null): string {
  return value === null ? '―' : `${Math.round(value)}秒`;
}
