import type { Book } from '../workbook/sheet.js';
import type { CompletionReport } from './completion-report.js';

/** Its data book. (R050) */
export function completionBook(report: CompletionReport): Book {
  throw new Error(`Not in yet: ${report.date}`);
}
