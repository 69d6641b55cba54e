import type { DailyReport } from './daily-report.js';
import type { Paper } from './paper.js';

/** 日次報告書. (§5.2) */
export function dailyReportPaper(report: DailyReport): Paper {
  throw new Error(`Not in yet: ${report.date}`);
}
