import type { ExamineOptions, RosterExamination } from './roster-template.js';

/** Whether an .xlsx of the city can be filled as a roster. Never throws for what is in the bytes. (R015) */
export function examineRoster(bytes: Uint8Array, options: ExamineOptions = {}): RosterExamination {
  if (bytes.length > 0 || options.blankColumns !== undefined) throw new Error('The doctor is not in yet.');
  return { ok: false, refusals: [{ code: 'empty', message: 'ファイルが空です。' }] };
}
