import type { CellValue, Column } from '../workbook/sheet.js';
import { rate } from './call-figures.js';
import type { CallCounts } from './daily-report.js';

/** In a cell whose count is too small to be told. (§8.27) */
export const LOST = '＊';

/** The columns that every sheet of calls has, in the same order. (§5.1) */
export function callColumns(source: string): Column[] {
  return [
    { header: '入電', kind: 'integer', definition: '受付時間内に待ち呼に入った呼の数（通話ごとに1件）', source },
    { header: '応答', kind: 'integer', definition: 'オペレーターまたはＳＶが応答した呼の数', source },
    { header: '放棄', kind: 'integer', definition: '応答前に切れた呼の数（5秒未満を含む）', source },
    { header: '放棄（5秒未満）', kind: 'integer', definition: '放棄のうち、待ち時間が5秒に満たないもの', source },
    { header: '応答率', kind: 'percent', definition: '応答 ÷ 入電', source },
    {
      header: '応答率（5秒未満を除く）',
      kind: 'percent',
      definition: '応答 ÷（入電 − 5秒未満の放棄）',
      source,
      width: 14,
    },
    { header: 'サービスレベル', kind: 'percent', definition: '20秒以内に応答した呼 ÷ 入電', source, width: 12 },
  ];
}

export function callCells(calls: CallCounts): CellValue[] {
  return [
    calls.offered,
    calls.answered,
    calls.abandoned,
    calls.shortAbandoned,
    rate(calls.answered, calls.offered),
    rate(calls.answered, calls.offered - calls.shortAbandoned),
    rate(calls.answeredInTime, calls.offered),
  ];
}
