import type { TemplateExamination } from './notice-template.js';

/** Whether a .docx of the city may be printed on open mail. Never throws for what is in the bytes. (R022, §8.5) */
export function examine(bytes: Uint8Array): TemplateExamination {
  if (bytes.length > 0) throw new Error('The doctor is not in yet.');
  return { ok: false, refusals: [{ code: 'empty', message: 'ファイルが空です。' }] };
}
