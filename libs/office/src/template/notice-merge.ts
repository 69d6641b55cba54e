import { patchDocument, PatchType, TextRun } from 'docx';
import { Refusal } from '#kernel/refusal.js';
import type { Card } from '../card/card.js';
import type { CardSettings } from '../card/card-settings.js';
import type { NoticeTemplate } from '../card/notice-template.js';
import { cardText } from '../text/printable-text.js';
import { wholeKana } from '../text/text-width.js';
import { readZip } from '../zip/zip-reader.js';
import { packFile, zipPieces, type PackedFile } from '../zip/zip-writer.js';
import { NOTICE_FIELDS, type NoticeField } from './notice-fields.js';
import { cardBody, type CardBody } from './card-body.js';

/** Private use: `docx` puts them where the placeholders were, and the data never pass through it. */
const [OPEN, CLOSE] = ['\uf8f0', '\uf8f1'];
const SENTINEL = /\uf8f0(\d+)\uf8f1/;
const LIMITS = { files: 300, bytes: 40_000_000 };

/**
 * A template that was taken apart once and is put together for each card by joining strings: `docx` itself would look
 * for placeholders in the names of people. (facts/documents.md §1)
 */
export class NoticeMerge {
  private constructor(
    private readonly body: CardBody,
    private readonly files: readonly PackedFile[],
    /** By number of the sentinel. */
    private readonly fields: readonly NoticeField[],
    private readonly marksSample: boolean,
  ) {}

  /** @throws Refusal `template-refused` for a template that the doctor would not have let through */
  static async of(template: NoticeTemplate): Promise<NoticeMerge> {
    const fields = template.fields.flatMap((name) => NOTICE_FIELDS.filter((field) => field.name === name));
    const patches = Object.fromEntries(
      fields.map(({ name }, at) => [
        name,
        { type: PatchType.PARAGRAPH, children: [new TextRun(`${OPEN}${at}${CLOSE}`)] },
      ]),
    );
    const patched = await patchDocument({
      ...{ outputType: 'nodebuffer', data: Buffer.from(template.bytes), patches, keepOriginalStyles: true },
      ...{ placeholderDelimiters: { start: '{{', end: '}}' }, trimPlaceholders: true, recursive: true },
    });
    const files = readZip(patched, LIMITS);
    const document = Buffer.from(files.get('word/document.xml')!).toString('utf8');
    const left = /\{\{[^{}<]*\}\}/.exec(document)?.[0];
    const body = left === undefined ? cardBody(document, SENTINEL) : undefined;
    if (body === undefined) {
      throw new Refusal('template-refused', 'unprocessable', `差し込みの位置を読み取れません${left ?? ''}。`);
    }
    const others = [...files].filter(([name]) => name !== 'word/document.xml');
    return new NoticeMerge(
      body,
      others.map(([name, content]) => packFile(name, content)),
      fields,
      fields.some(({ name }) => name === '見本'),
    );
  }

  /** A .docx with a card a page, in pieces to be written one after another. */
  merge(cards: readonly Card[], settings: CardSettings): Uint8Array[] {
    const { head, tail } = this.body;
    const document = [head, ...cards.map((card, at) => this.card(card, at, settings)), tail].join('');
    return zipPieces([...this.files, packFile('word/document.xml', Buffer.from(document), 3)]);
  }

  private card(card: Card, at: number, settings: CardSettings): string {
    const values = this.fields.map((field) => xmlText(this.value(field, card, settings)));
    return this.body.card(at, (field) => values[field] ?? '');
  }

  private value(field: NoticeField, card: Card, settings: CardSettings): string {
    const text = field.text(card, settings);
    const unmarked = settings.mark !== 'production' && !this.marksSample;
    return unmarked && (field.name === '氏名' || field.name === '姓') ? `【見本】${text}` : text;
  }
}

/** As the content of a `w:t`: never markup, never a placeholder. A line break starts a line. */
export function xmlText(text: string): string {
  return text
    .split('\n')
    .map((line) => cardText(wholeKana(line)).replaceAll(/[&<>"]/g, (mark) => ESCAPES[mark]!))
    .join('</w:t><w:br/><w:t xml:space="preserve">');
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
