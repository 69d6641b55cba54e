import type { CompletionReport } from './completion-report.js';
import type { Paper } from './paper.js';

/** 業務完了報告書. (§5.2, R050) */
export function completionPaper(report: CompletionReport): Paper {
  throw new Error(`Not in yet: ${report.date}`);
}
