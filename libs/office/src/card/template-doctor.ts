import { CLOSED_FIELD, NOTICE_FIELDS, REQUIRED_FIELDS } from '../template/notice-fields.js';
import { placeholdersIn, readPart, type PartText } from '../template/template-text.js';
import { readZip, ZipProblem } from '../zip/zip-reader.js';
import { remark, type RemarkCode } from '../template/template-remarks.js';
import type { TemplateExamination, TemplateRemark } from './notice-template.js';

/** Of the upload, and of all its files inflated. */
const LIMITS = { upload: 10_000_000, files: 300, bytes: 40_000_000 };
const DOCUMENT = 'word/document.xml';
/** 100 × 148 mm in twentieths of a point, half a millimetre either way. */
const PAGE = { width: 5_669, height: 8_391, tolerance: 29 };
/** Fields of Word that only count pages. All others fetch, calculate or change something. */
const HARMLESS_FIELDS = new Set(['PAGE', 'NUMPAGES']);
const MACROS = /vbaProject|vbaData|\/macrosheets\/|activeX/i;
const EMBEDDED = /\/embeddings\/|afchunk|\.(?:docx|docm|htm|html|mht|rtf|exe|dll|bin)$/i;

/**
 * Whether a .docx of the city may be printed on open mail. Every reason is given, not just the first; nothing in the bytes
 * makes it throw. (R022, §8.5)
 */
export function examine(bytes: Uint8Array): TemplateExamination {
  const refusals: TemplateRemark[] = [];
  const refuse = (code: RemarkCode, subject?: string) => void refusals.push(remark(code, subject));
  const files = open(bytes, refuse);
  if (files === undefined) return { ok: false, refusals };
  checkFiles(files, refuse);
  const document = readPart(text(files.get(DOCUMENT)!));
  if (document === undefined) refuse('xml-broken', DOCUMENT);
  else {
    checkPage(document, refuse);
    checkContent(document, refuse);
    checkFields(placeholdersIn(document.paragraphs), refuse);
    for (const paragraph of document.paragraphs) {
      const wide = /｛{1,2}([^｛｝{}]{1,12})｝{1,2}|[{｛]｛|｝[}｝]/.exec(paragraph);
      if (wide !== null) refuse('wide-brace', wide[1] ?? wide[0]);
    }
  }
  checkOtherParts(files, refuse);
  if (refusals.length > 0 || document === undefined) return { ok: false, refusals };
  const fields = placeholdersIn(document.paragraphs).names.map((name) => name.trim());
  return { ok: true, template: { bytes, fields: [...new Set(fields)] }, advice: adviceOf(document, fields) };
}

type Refuse = (code: RemarkCode, subject?: string) => void;

function open(bytes: Uint8Array, refuse: Refuse): Map<string, Uint8Array> | undefined {
  if (bytes.length === 0) return void refuse('empty');
  if (bytes.length > LIMITS.upload) return void refuse('file-too-large', '10 MB');
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf) return void refuse('old-or-encrypted');
  try {
    const files = readZip(bytes, LIMITS);
    if (files.has(DOCUMENT) && files.has('[Content_Types].xml')) return files;
    return void refuse('not-a-docx');
  } catch (thrown) {
    if (!(thrown instanceof ZipProblem)) throw thrown;
    return void refuse(thrown.flaw);
  }
}

function checkFiles(files: ReadonlyMap<string, Uint8Array>, refuse: Refuse): void {
  const types = text(files.get('[Content_Types].xml')!);
  const macros = [...files.keys()].find((name) => MACROS.test(name));
  if (macros !== undefined || /macroEnabled|vbaProject/i.test(types)) refuse('macros', macros);
  for (const name of files.keys()) {
    if (EMBEDDED.test(name) && !MACROS.test(name)) refuse('embedded-object', name);
    if (!name.endsWith('.rels')) continue;
    const links = text(files.get(name)!);
    if (/TargetMode\s*=\s*["']External/i.test(links)) {
      refuse('external-link', /Target\s*=\s*["']([^"']{1,80})[^>]*External/i.exec(links)?.[1]);
    }
  }
}

function checkPage({ pages }: PartText, refuse: Refuse): void {
  if (pages.length > 1) refuse('several-sections', String(pages.length));
  const { width, height } = pages[0] ?? { width: 0, height: 0 };
  const off = Math.max(Math.abs(width - PAGE.width), Math.abs(height - PAGE.height));
  if (!(off <= PAGE.tolerance)) refuse('page-size', `${millimetres(width)} × ${millimetres(height)} mm`);
}

function checkContent({ elements, fieldCodes }: PartText, refuse: Refuse): void {
  for (const code of new Set(fieldCodes)) if (!HARMLESS_FIELDS.has(code)) refuse('word-field', code);
  if (['w:ins', 'w:del', 'w:moveFrom', 'w:moveTo'].some((name) => elements.has(name))) refuse('tracked-changes');
  if (elements.has('w:commentReference')) refuse('comments');
  if (elements.has('w:altChunk') || elements.has('w:object') || elements.has('w:control')) refuse('embedded-object');
  if (elements.has('w:footnoteReference') || elements.has('w:endnoteReference')) refuse('footnotes');
}

function checkFields({ names, broken }: { names: readonly string[]; broken: readonly string[] }, refuse: Refuse): void {
  const known = new Set(NOTICE_FIELDS.map(({ name }) => name));
  for (const odd of broken) refuse('broken-placeholder', odd);
  for (const name of names.map((one) => one.trim())) {
    if (known.has(name)) continue;
    refuse(CLOSED_FIELD.test(name) ? 'closed-field' : 'unknown-field', name);
  }
  for (const wanted of REQUIRED_FIELDS) {
    if (!names.some((name) => wanted.includes(name.trim()))) refuse('missing-field', wanted[0]);
  }
}

/** Headers, footers and text parts beside the document are the same on every card. */
function checkOtherParts(files: ReadonlyMap<string, Uint8Array>, refuse: Refuse): void {
  for (const [name, content] of files) {
    if (name === DOCUMENT || !/^word\/[^/]+\.xml$/.test(name)) continue;
    const part = readPart(text(content));
    if (part === undefined) {
      refuse('xml-broken', name);
      continue;
    }
    for (const code of new Set(part.fieldCodes)) if (!HARMLESS_FIELDS.has(code)) refuse('word-field', code);
    const { names, broken } = placeholdersIn(part.paragraphs);
    for (const field of [...names, ...broken]) refuse('field-outside-body', field);
  }
}

function adviceOf({ paragraphs }: PartText, fields: readonly string[]): TemplateRemark[] {
  const single = paragraphs.flatMap((one) =>
    [...one.matchAll(/(?<!\{)\{([^{}]{1,12})\}(?!\})/g)].map((hit) => hit[1]!),
  );
  return [
    ...single.map((name) => remark('single-brace', name)),
    ...(fields.includes('見本') ? [] : [remark('no-sample-mark')]),
  ];
}

function millimetres(twips: number): number {
  return Math.round((twips / 1_440) * 25.4) || 0;
}

function text(content: Uint8Array): string {
  return new TextDecoder().decode(content);
}
