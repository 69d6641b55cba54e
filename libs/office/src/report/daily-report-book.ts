import type { Book } from '../workbook/sheet.js';
import type { DailyReport } from './daily-report.js';

/** The same numbers as sheets. (§5.2) */
export function dailyReportBook(report: DailyReport): Book {
  throw new Error(`Not in yet: ${report.date}`);
}
