import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { unzipSync } from 'fflate';
import type { DeskClient } from '../desk-client.js';
import { check, type Check } from './check.js';
import type { EndOfDay } from './output.js';

/** Every roster read back by another program: each booking stands in the list of its session and in no other, call by call. */
export async function rostersHaveEveryBooking(
  { out, evidence }: EndOfDay,
  supervisor: DeskClient,
  termIds: readonly string[],
): Promise<Check> {
  const folder = join(out, 'rosters');
  mkdirSync(folder, { recursive: true });
  const listed = new Map<string, Set<string>>();
  const wrong: string[] = [];
  for (const termId of termIds) {
    const { status, bytes } = await supervisor.download(`/rosters/term/${termId}.zip`);
    if (status !== 200) {
      wrong.push(`rosters: ${status} ${bytes.subarray(0, 200).toString()}`);
      continue;
    }
    for (const [path, content] of Object.entries(unzipSync(new Uint8Array(bytes)))) {
      const name = path.split('/').at(-1)!;
      // Names: for the owner of the folder alone
      writeFileSync(join(folder, name), content, { mode: 0o600 });
      listed.set(name.replace(/\.xlsx$/, ''), await receiptsIn(content));
    }
  }
  const codes = new Map(evidence.board.map(({ sessionId, sessionCode }) => [sessionId, sessionCode]));
  for (const { receiptNumber, sessionId, state } of evidence.ledger.bookings) {
    const expected = state === 'active' ? codes.get(sessionId) : undefined;
    for (const [code, receipts] of listed) {
      if (receipts.has(receiptNumber) !== (code === expected)) {
        wrong.push(`${receiptNumber} ${code === expected ? 'is missing from' : 'stands in'} the roster of ${code}`);
      }
    }
    if (expected !== undefined && !listed.has(expected)) wrong.push(`there is no roster of ${expected}`);
  }
  return check(
    'rosters-have-every-booking',
    `${evidence.ledger.bookings.length} bookings in ${listed.size} rosters`,
    wrong,
  );
}

async function receiptsIn(xlsx: Uint8Array): Promise<Set<string>> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(Buffer.from(xlsx) as never);
  const receipts = new Set<string>();
  for (const sheet of book.worksheets) {
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (/^\d{8}$/.test(String(cell.value ?? ''))) receipts.add(cell.text);
      }),
    );
  }
  return receipts;
}
