import { callsBySlot } from '../call/calls-asked.row.js';
import { openDaysOf, plannedTerms } from '../report/report-terms.js';
import { forecastOf } from '../staffing/forecast.policy.js';
import { openTermOf, pastDaysOf } from '../staffing/history.js';
import type { Dataset } from './dataset.js';

/** What was expected of each open day before it began, and what came. (R027) */
export const forecastVsActual: Dataset = {
  id: 'forecast_vs_actual',
  title: '入電の予測と実績',
  source: callsBySlot.id,
  columns: [
    { name: 'day', header: '日付', kind: 'date', definition: '開設日' },
    { name: 'term_title', header: '期', kind: 'text', definition: '申込対象の期' },
    { name: 'day_no', header: '開設日目', kind: 'integer', definition: '開設何日目か' },
    {
      name: 'forecast',
      header: '予測',
      kind: 'integer',
      definition: 'その日より前の実績だけから出した入電の予測（１日450件まで）',
    },
    { name: 'actual', header: '実績', kind: 'integer', definition: '入電。まだ来ていない日は空' },
  ],
  rows: async (reading) => {
    const past = pastDaysOf(await reading.ask(callsBySlot));
    const offered = new Map(past.map((day) => [day.date, day.offered]));
    const rows = [];
    for (const term of await plannedTerms(reading)) {
      for (const day of openDaysOf(term)) {
        const forecast = forecastOf(day, openTermOf(term), past)!;
        const heard = await reading.hasHeard(day);
        rows.push({
          ...{ day, term_title: term.title, day_no: forecast.dayNo, forecast: Math.round(forecast.calls) },
          actual: offered.get(day) ?? (heard ? 0 : null),
        });
      }
    }
    return rows;
  },
};
