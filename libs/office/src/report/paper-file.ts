import type { Paper } from './paper.js';

/** The .docx of a paper; charts are pictures in it. @throws Refusal `fonts-missing` 503 when a chart has no Japanese font */
export async function paperFile(paper: Paper): Promise<Buffer> {
  throw new Error(`Not in yet: ${paper.title}`);
}
