import { SaxesParser } from 'saxes';

/** What the doctor has to know about a part of a document, read by a parser that knows no entities and no DTD. */
export interface PartText {
  /** Of every paragraph, runs joined: a placeholder may be split over several. */
  readonly paragraphs: readonly string[];
  /** Of every Word field, its first word: `MERGEFIELD`. */
  readonly fieldCodes: readonly string[];
  /** Attributes of every `w:pgSz`, twentieths of a point; a section each. */
  readonly pages: readonly { readonly width: number; readonly height: number }[];
  /** Local names of all elements. */
  readonly elements: ReadonlySet<string>;
}

/** Undefined when it is not well-formed XML, or has a DTD. */
export function readPart(xml: string): PartText | undefined {
  const paragraphs: string[] = [];
  const instructions: string[] = [];
  const pages: { width: number; height: number }[] = [];
  const elements = new Set<string>();
  const open: { name: string; text: string }[] = [];
  let broken = false;
  const parser = new SaxesParser({ xmlns: false });
  parser.on('error', () => (broken = true));
  parser.on('doctype', () => (broken = true));
  parser.on('opentag', ({ name, attributes }) => {
    elements.add(name);
    if (name === 'w:p' || name === 'w:t' || name === 'w:instrText') open.push({ name, text: '' });
    if (name === 'w:fldSimple') instructions.push(attributes['w:instr'] ?? '');
    if (name === 'w:fldChar' && attributes['w:fldCharType'] === 'begin') instructions.push('');
    if (name === 'w:pgSz') pages.push({ width: Number(attributes['w:w']), height: Number(attributes['w:h']) });
    if (name === 'w:tab' || name === 'w:br') open.findLast((one) => one.name === 'w:p')!.text += ' ';
  });
  parser.on('text', (text) => {
    const innermost = open.at(-1);
    if (innermost?.name === 'w:t') open.findLast((one) => one.name === 'w:p')!.text += text;
    if (innermost?.name === 'w:instrText') instructions.push((instructions.pop() ?? '') + text);
  });
  parser.on('closetag', ({ name }) => {
    if (open.at(-1)?.name !== name) return;
    const closed = open.pop()!;
    if (name === 'w:p') paragraphs.push(closed.text);
  });
  try {
    parser.write(xml).close();
  } catch {
    return undefined;
  }
  if (broken) return undefined;
  const fieldCodes = instructions.map((instruction) => instruction.trim().split(/\s/)[0]!.toUpperCase());
  return { paragraphs, fieldCodes, pages, elements };
}

export interface Placeholders {
  readonly names: readonly string[];
  /** An opening without an end, or an end without an opening. */
  readonly broken: readonly string[];
}

export function placeholdersIn(paragraphs: readonly string[]): Placeholders {
  const names = new Set<string>();
  const broken: string[] = [];
  for (const paragraph of paragraphs) {
    const rest = paragraph.replaceAll(/\{\{([^{}]*)\}\}/g, (_, name: string) => {
      names.add(name);
      return '';
    });
    const odd = /\{\{[^{}]{0,12}|[^{}]{0,12}\}\}/.exec(rest);
    if (odd !== null) broken.push(odd[0]);
  }
  return { names: [...names], broken };
}
