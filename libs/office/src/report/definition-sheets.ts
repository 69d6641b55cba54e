import type { Sheet } from '../workbook/sheet.js';
import type { Kpi, Source } from './paper.js';
import { printedKpi } from './paper-value.js';

/** 指標と定義 and 集計の根拠: on every book that is handed in. (§5.1, R050) */
export function definitionSheets(kpis: readonly Kpi[], sources: readonly Source[]): Sheet[] {
  return [
    {
      name: '指標と定義',
      title: '指標と定義',
      columns: [
        { header: '指標', kind: 'text', width: 22 },
        { header: '値', kind: 'text', width: 14 },
        { header: '定義', kind: 'text', width: 56 },
        { header: '出典', kind: 'text', width: 24 },
      ],
      rows: kpis.map((kpi) => [kpi.name, printedKpi(kpi), kpi.definition, kpi.source ?? '']),
      landscape: true,
    },
    {
      name: '集計の根拠',
      title: '集計の根拠',
      lead: ['同じ時点で数え直すと、同じ値になります。'],
      columns: [
        { header: '出典', kind: 'text', width: 26 },
        { header: '数え方', kind: 'text', width: 64 },
        { header: '時点', kind: 'text', width: 30 },
      ],
      rows: sources.map(({ id, asks, asOf }) => [id, asks, asOf ?? '']),
      landscape: true,
    },
  ];
}
