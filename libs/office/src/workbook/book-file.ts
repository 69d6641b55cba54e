import type { Book } from './sheet.js';

/** The .xlsx of a book: headings, frozen panes, filters, A4 print set-up, Japanese dates. */
export async function bookFile(book: Book): Promise<Buffer> {
  throw new Error(`Not in yet: ${book.title}`);
}
