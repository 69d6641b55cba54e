import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { rosterRehearsal } from '#office/rehearsal/rosters-rehearsal.js';
import { RosterForm } from '#office/roster/roster-form.js';
import type { Roster } from '#office/roster/roster.js';
import { standardRoster } from '#office/roster/standard-roster.js';

export const ROSTERS = 200;
const PEOPLE = 30;
/** Rows that the template has ruled, and the first of them. */
const RULED = 20;
const FIRST = 7;

export const rosters = (count: number): Roster[] =>
  Array.from({ length: count }, (_, index) => rosterRehearsal(PEOPLE, index + 1));

/** Takes the template apart once and writes a file a roster. @returns files a second */
export async function formFiles(count = ROSTERS): Promise<number> {
  const template = await standardRoster();
  return inFolder(count, async (folder, all) => {
    const form = RosterForm.of(template);
    for (const roster of all) await writeFile(join(folder, `${roster.sessionCode}.xlsx`), form.file(roster));
  });
}

/** The plain way: load the template, put rows in, fill, write; for every file again. @returns files a second */
export async function exceljsFiles(count: number): Promise<number> {
  const { bytes } = await standardRoster();
  return inFolder(count, async (folder, all) => {
    for (const roster of all) {
      const workbook = new ExcelJS.Workbook();
      await workbook.xlsx.load(new Uint8Array(bytes).buffer);
      const page = workbook.worksheets[0]!;
      page.duplicateRow(FIRST + 1, PEOPLE - RULED, true);
      page.getCell('C2').value = roster.courseTitle;
      page.getCell('C3').value = roster.venueName;
      page.getCell('F3').value = roster.capacity;
      page.getCell('F4').value = roster.entries.length;
      roster.entries.forEach((entry, index) => {
        const row = page.getRow(FIRST + index);
        row.getCell(1).value = index + 1;
        row.getCell(2).value = entry.receiptNumber;
        row.getCell(3).value = `${entry.familyNameKana}　${entry.givenNameKana}`;
        row.getCell(4).value = `${entry.familyName}　${entry.givenName}`;
        row.getCell(5).value = entry.phoneNumber ?? '';
        row.getCell(6).value = entry.remarks ?? '';
      });
      await workbook.xlsx.writeFile(join(folder, `${roster.sessionCode}.xlsx`));
    }
  });
}

async function inFolder(count: number, write: (folder: string, all: readonly Roster[]) => Promise<void>) {
  const folder = await mkdtemp(join(tmpdir(), 'uketsuke-rosters-'));
  try {
    const all = rosters(count);
    const start = performance.now();
    await write(folder, all);
    return (count * 1000) / (performance.now() - start);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
