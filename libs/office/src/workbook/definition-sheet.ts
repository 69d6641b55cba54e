import type { Sheet } from './sheet.js';

/** 用語の定義: what each column means and which query it comes from; nothing when no column says. (§5.1) */
export function definitionSheet(sheets: readonly Sheet[]): Sheet[] {
  const rows = sheets.flatMap((sheet) =>
    sheet.columns
      .filter(({ definition }) => definition !== undefined)
      .map(({ header, definition, source }) => [sheet.name, header, definition!, source ?? '']),
  );
  if (rows.length === 0) return [];
  return [
    {
      name: '用語の定義',
      title: '用語の定義',
      columns: [
        { header: 'シート', kind: 'text', width: 16 },
        { header: '項目', kind: 'text', width: 24 },
        { header: '定義', kind: 'text', width: 64 },
        { header: '出典', kind: 'text', width: 24 },
      ],
      rows,
      landscape: true,
    },
  ];
}
