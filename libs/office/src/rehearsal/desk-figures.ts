import type { CallCounts } from '../report/daily-report.js';
import type { Kpi, Sender, Source } from '../report/paper.js';

// Numbers of a desk that might be: made up, and adding up.

export const CENTRE: Sender = {
  organisation: '株式会社北の受付センター',
  office: '講習会申込受付センター',
  person: '佐藤 美咲',
  phoneNumber: '0120-000-000',
};

/** 2025-07-11 16:30 in Tokyo. */
export const EVENING = Date.parse('2025-07-11T07:30:00Z');

export const HOURS = ['09:00', '10:00', '11:00', '12:00', '13:00', '14:00', '15:00'];
export const SHARES = [0.3, 0.2, 0.14, 0.08, 0.1, 0.1, 0.08];

export const KPIS: readonly Kpi[] = [
  { name: '応答率', value: 0.927, kind: 'percent', definition: '応答 ÷ 入電', source: 'calls_by_hour' },
  {
    name: 'サービスレベル（80/20）',
    value: 0.812,
    kind: 'percent',
    definition: '20秒以内に応答した呼 ÷ 入電',
    source: 'calls_by_hour',
  },
  { name: '平均応答速度', value: 14, kind: 'seconds', definition: '応答した呼の待ち時間の平均（案内放送の後から）' },
  {
    name: '一次解決率',
    value: null,
    kind: 'percent',
    definition: 'エスカレーションも折り返しもなく終わった件数 ÷ 終わった件数',
  },
];

export const SOURCES: readonly Source[] = [
  {
    id: 'calls_by_hour',
    asks: '受付時間内に入電した通話を時間帯で数える（通話番号ごとに1件）',
    asOf: 'inquiries 0:412, 1:398',
  },
  { id: 'sessions_changed', asks: '当日に予約数が変わった開催回', asOf: 'reservations 0:1204' },
  { id: 'inquiries_by_category', asks: '当日の問い合わせを分類で数える', asOf: 'inquiries 0:412' },
];

export const counts = (offered: number): CallCounts => {
  const abandoned = Math.round(offered * 0.07);
  return {
    offered,
    answered: offered - abandoned,
    abandoned,
    shortAbandoned: Math.round(abandoned * 0.4),
    answeredInTime: Math.round(offered * 0.81),
  };
};

export const added = (all: readonly CallCounts[]): CallCounts => ({
  offered: all.reduce((sum, each) => sum + each.offered, 0),
  answered: all.reduce((sum, each) => sum + each.answered, 0),
  abandoned: all.reduce((sum, each) => sum + each.abandoned, 0),
  shortAbandoned: all.reduce((sum, each) => sum + each.shortAbandoned, 0),
  answeredInTime: all.reduce((sum, each) => sum + each.answeredInTime, 0),
});

export const DAYS = [
  '2025-07-11',
  '2025-07-14',
  '2025-07-15',
  '2025-07-16',
  '2025-07-17',
  '2025-07-18',
  '2025-07-22',
  '2025-07-23',
  '2025-07-24',
  '2025-07-25',
];
export const LOADS = [450, 62, 38, 24, 20, 14, 12, 8, 7, 5];
