import type { QueryColumn, Row } from '../query/query.js';
import type { Dataset } from './dataset.js';

const UNITS: Readonly<Record<QueryColumn['kind'], readonly [type: string, unit: string]>> = {
  text: ['text', ''],
  integer: ['integer', '件'],
  decimal: ['number', ''],
  percent: ['number', '割合（0～1）'],
  yen: ['integer', '円'],
  seconds: ['integer', '秒'],
  date: ['date', 'YYYY-MM-DD'],
  time: ['time', 'HH:mm'],
};

const COLUMNS: readonly QueryColumn[] = [
  ['dataset', 'データセット'],
  ['column', '列名'],
  ['header', '見出し'],
  ['type', '型'],
  ['unit', '単位'],
  ['definition', '定義・計算式'],
  ['query', '問合せ番号'],
].map(([name, header]) => ({ name: name!, header: header!, kind: 'text', definition: '' }));

/** Every column of every dataset with its type, unit and definition. (§5.4) */
export function dictionary(datasets: readonly Dataset[]): { columns: readonly QueryColumn[]; rows: readonly Row[] } {
  const rows = datasets.flatMap(({ id, columns, source }) =>
    columns.map(({ name, header, kind, definition }) => {
      const [type, unit] = UNITS[kind];
      return { dataset: id, column: name, header, type, unit, definition, query: source };
    }),
  );
  return { columns: COLUMNS, rows };
}
