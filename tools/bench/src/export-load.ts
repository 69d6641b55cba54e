import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import { writeExport } from '#office/workbook/export-file.js';
import type { CellValue, Column } from '#office/workbook/sheet.js';

export const ROWS = 50_000;

const COLUMNS: Column[] = [
  { header: '受付番号', kind: 'text' },
  { header: '開催コード', kind: 'text' },
  { header: '会場', kind: 'text', width: 30 },
  { header: '講座', kind: 'text', width: 30 },
  { header: '開催日', kind: 'eraDate' },
  { header: '開始', kind: 'time' },
  { header: '定員', kind: 'integer' },
  { header: '予約数', kind: 'integer' },
  { header: '予約率', kind: 'percent' },
  { header: '受付日時', kind: 'instant' },
];

function* rows(): Generator<readonly CellValue[]> {
  for (let row = 0; row < ROWS; row++) {
    yield [
      `3-${row}`,
      `KTA-${row % 400}`,
      '北区民センター ３階 視聴覚室',
      'スマートフォン入門',
      '2026-01-19',
      '10:00',
      20,
      row % 21,
      (row % 21) / 20,
      1_767_000_000_000 + row * 1000,
    ];
  }
}

/** @returns rows a second */
export function exported(): Promise<number> {
  return inFile((out) => writeExport({ name: '申込一覧', columns: COLUMNS, rows: rows() }, out));
}

/** The stream writer of exceljs with nothing around it: no looks, no checks, values as they are. @returns rows a second */
export function bareStream(): Promise<number> {
  return inFile(async (out) => {
    const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({ stream: out });
    const page = workbook.addWorksheet('申込一覧');
    page.addRow(COLUMNS.map(({ header }) => header)).commit();
    for (const row of rows()) page.addRow(row).commit();
    page.commit();
    await workbook.commit();
  });
}

async function inFile(write: (out: Writable) => Promise<unknown>): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-export-'));
  try {
    const start = performance.now();
    await write(createWriteStream(join(folder, 'export.xlsx')));
    return (ROWS * 1000) / (performance.now() - start);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
