import type { CallCounts } from '#office/report/daily-report.js';
import type { Kpi } from '#office/report/paper.js';
import { share, total, type Row } from '../query/query.js';
import { callsBySlot, repeatCalls, seatTimeBySlot } from './calls-asked.row.js';

/** Rows of `calls-by-slot`, added up. */
export function countsOf(rows: readonly Row[]): CallCounts & { readonly outOfHours: number } {
  return {
    offered: total(rows, 'offered'),
    answered: total(rows, 'answered'),
    abandoned: total(rows, 'abandoned'),
    shortAbandoned: total(rows, 'short_abandoned'),
    answeredInTime: total(rows, 'answered_in_time'),
    outOfHours: total(rows, 'out_of_hours'),
  };
}

/** Mean durations, seconds; null where nothing was measured. */
export function averagesOf(rows: readonly Row[]) {
  const talkKnown = total(rows, 'talk_known');
  const talk = share(total(rows, 'talk_seconds'), talkKnown);
  const hold = share(total(rows, 'hold_seconds'), talkKnown);
  const afterCallWork = share(total(rows, 'acw_seconds'), total(rows, 'acw_known'));
  return {
    wait: share(total(rows, 'wait_seconds'), total(rows, 'wait_known')),
    talk,
    hold,
    afterCallWork,
    handling: talk === null ? null : talk + (hold ?? 0) + (afterCallWork ?? 0),
  };
}

/** The KPIs of calls, each with the definition it was computed by. (§5.1) */
export function callKpis(
  rows: readonly Row[],
  seatTime: readonly Row[],
  repeats: Row | undefined,
  within: number,
): Kpi[] {
  const { offered, answered, abandoned, shortAbandoned, answeredInTime } = countsOf(rows);
  const averages = averagesOf(rows);
  const source = callsBySlot.id;
  const percent = (name: string, value: number | null, definition: string, by = source): Kpi => ({
    ...{ name, value, definition, source: by },
    kind: 'percent',
  });
  const seconds = (name: string, value: number | null, definition: string): Kpi => ({
    ...{ name, value, definition, source },
    kind: 'seconds',
  });
  const busy = total(rows, 'talk_seconds') + total(rows, 'hold_seconds') + total(rows, 'acw_seconds');
  const waitsKnown = total(rows, 'wait_known') + abandoned;
  return [
    percent('応答率', share(answered, offered), '応答÷入電'),
    percent('応答率（短時間放棄を除く）', share(answered, offered - shortAbandoned), '応答÷（入電－５秒未満の放棄）'),
    percent('放棄率', share(abandoned, offered), '放棄÷入電'),
    percent(
      `サービスレベル（${within}秒）`,
      share(answeredInTime, waitsKnown),
      `${within}秒以内の応答÷（待ち時間の記録がある応答＋放棄）。記録のある呼${waitsKnown}件／入電${offered}件`,
    ),
    seconds('平均応答速度（ＡＳＡ）', averages.wait, '応答呼の待ち時間の平均（待ち時間の記録がある呼）'),
    seconds('平均通話時間（ＡＴＴ）', averages.talk, '応答呼の通話時間の平均（保留を除く）'),
    seconds('平均後処理時間（ＡＣＷ）', averages.afterCallWork, '画面で計った後処理時間の平均'),
    seconds('平均処理時間（ＡＨＴ）', averages.handling, '平均通話＋平均保留＋平均後処理'),
    percent(
      '稼働率',
      share(busy, total(seatTime, 'logged_in_seconds')),
      '（通話＋保留＋後処理）÷着席時間',
      seatTimeBySlot.id,
    ),
    percent(
      '一次解決率',
      share(total(rows, 'resolved_at_once'), total(rows, 'outcome_known')),
      '折り返し・市への照会なしで終わった応答÷結果の記録がある応答（仕様書 6(7)）',
    ),
    percent(
      '申込成立率',
      share(total(rows, 'applications_booked'), total(rows, 'applications')),
      '予約が成立した申込の入電÷用件が申込の応答',
    ),
    percent(
      '再入電率',
      share(Number(repeats?.['repeated'] ?? 0), Number(repeats?.['calls'] ?? 0)),
      '同じ予約について７日以内に先の入電がある入電÷予約に触れた入電（発信番号は使わない）',
      repeatCalls.id,
    ),
  ];
}
