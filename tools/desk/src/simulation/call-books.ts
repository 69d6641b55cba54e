import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { expectedOf } from './call-checks.js';
import type { CallSums } from './call-figures.js';
import { check, type Check } from './check.js';
import type { CallEvidence } from './evidence.js';

type DaySums = Omit<CallSums, 'outOfHours'>;

const COLUMNS: Readonly<Record<keyof DaySums, string>> = {
  ...{ offered: '入電', answered: '応答', abandoned: '放棄' },
  shortAbandoned: '放棄（5秒未満）',
};

/** 日別 of the tally and of the data book, read back by another program: each day as the callers know it. */
export async function callsInTheBooks(folder: string, evidence: CallEvidence): Promise<Check> {
  const { days } = expectedOf(evidence);
  const wrong: string[] = [];
  for (const name of ['tally.xlsx', 'completion.xlsx']) {
    const found = await callsByDay(readFileSync(join(folder, name)));
    for (const [date, sums] of days) {
      for (const column of Object.keys(COLUMNS) as (keyof DaySums)[]) {
        const is = found.get(date)?.[column];
        if (is !== sums[column]) wrong.push(`${COLUMNS[column]} of ${date} is ${is} in ${name}, not ${sums[column]}`);
      }
    }
  }
  return check('calls-in-the-books', `${days.size} days of tally.xlsx and completion.xlsx`, wrong);
}

async function callsByDay(xlsx: Buffer): Promise<Map<string, DaySums>> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(xlsx as never);
  const days = new Map<string, DaySums>();
  let columns: readonly string[] = [];
  book.getWorksheet('日別')?.eachRow((row) => {
    const cells = row.values as readonly unknown[];
    if (cells.includes('開設日')) columns = cells.map(String);
    const date = cells[columns.indexOf('開設日')];
    if (!(date instanceof Date)) return;
    const of = ([name, header]: readonly [string, string]) => [name, cells[columns.indexOf(header)]];
    days.set(date.toISOString().slice(0, 10), Object.fromEntries(Object.entries(COLUMNS).map(of)) as never);
  });
  return days;
}
