import type { TemplateRemark } from '../card/notice-template.js';
import { ZipProblem } from '../zip/zip-reader.js';
import { readPlan, PLACEHOLDER } from './roster-plan.js';
import type { ExamineOptions, RosterExamination } from './roster-template.js';
import { WorkbookParts } from './workbook-parts.js';
import { textOf } from './xml-tree.js';

const LARGEST = 5 * 1024 * 1024;
const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
const PASSWORD_OR_OLD = Buffer.from('d0cf11e0a1b11ae1', 'hex');

/**
 * Whether an .xlsx of the city can be filled as a roster; never throws for what is in the bytes. Every refusal at once, each
 * with a stable code and a sentence for the desk. (R015)
 */
export function examineRoster(bytes: Uint8Array, options: ExamineOptions = {}): RosterExamination {
  const outside = outsideRefusal(bytes);
  if (outside !== undefined) return { ok: false, refusals: [outside] };
  try {
    const parts = WorkbookParts.read(bytes);
    const dangers = dangerRefusals(parts);
    if (dangers.length > 0) return { ok: false, refusals: dangers };
    const { plan, refusals } = readPlan(parts, options.blankColumns ?? []);
    refusals.push(...drawingRefusals(parts));
    if (plan === undefined || refusals.length > 0) return { ok: false, refusals };
    const blankColumns = plan.list.columns.filter(({ field }) => field === undefined).map(({ heading }) => heading);
    return { ok: true, template: { bytes, fields: plan.fields, blankColumns }, advice: adviceOn(plan.fields) };
  } catch (thrown) {
    return { ok: false, refusals: [brokenRefusal(thrown)] };
  }
}

function outsideRefusal(bytes: Uint8Array): TemplateRemark | undefined {
  if (bytes.length === 0) return { code: 'empty', message: 'ファイルが空です。' };
  if (bytes.length > LARGEST)
    return { code: 'too-large', message: 'ファイルが大きすぎます（５ＭＢまで）。画像を小さくしてください。' };
  if (PASSWORD_OR_OLD.equals(bytes.subarray(0, 8)))
    return {
      code: 'old-or-locked',
      message: '古い形式（.xls）か、パスワードの付いたファイルです。パスワードを外し、.xlsx で保存し直してください。',
    };
  return undefined;
}

function brokenRefusal(thrown: unknown): TemplateRemark {
  if (thrown instanceof ZipProblem) {
    if (thrown.flaw === 'not-a-zip') return { code: 'not-xlsx', message: 'Excel のファイル（.xlsx）ではありません。' };
    if (thrown.flaw !== 'zip-broken')
      return { code: 'zip-bomb', message: '展開すると大きくなりすぎるファイルです。受け付けられません。' };
  }
  return {
    code: 'damaged',
    message: 'ファイルが壊れているため読めません。Excel で開き、.xlsx で保存し直してください。',
  };
}

/** What a form has no need of, and what could run or call out at the city's desk. */
function dangerRefusals(parts: WorkbookParts): TemplateRemark[] {
  const refusals: TemplateRemark[] = [];
  const paths = [...parts.files.keys()];
  const type = /PartName="\/?([^"]+)"[^>]*?ContentType="([^"]+)"/g;
  const types = [...parts.text('[Content_Types].xml').matchAll(type)].map(([, path, name]) => [path!, name!] as const);
  const main = types.find(([path]) => path === parts.workbookPath)?.[1];
  if (
    paths.some((path) => /vbaProject|macrosheets|activeX|ctrlProps/i.test(path)) ||
    types.some(([, name]) => /macroEnabled|vbaProject/i.test(name))
  )
    refusals.push({
      code: 'macros',
      message: 'マクロまたはコントロールが含まれています。マクロのない .xlsx で保存してください。',
    });
  else if (main !== undefined && main !== WORKBOOK)
    refusals.push({ code: 'not-xlsx', message: 'Excel ブック（.xlsx）ではありません。.xlsx で保存し直してください。' });
  if (paths.some((path) => /embeddings\//.test(path)))
    refusals.push({ code: 'embedded-object', message: '別のファイルが埋め込まれています。取り除いてください。' });
  if (paths.some((path) => /pivotCache|pivotTables|xl\/model/.test(path)))
    refusals.push({
      code: 'pivot',
      message: 'ピボットテーブルが含まれています。名簿の控えが残るため使えません。取り除いてください。',
    });
  if (
    paths.some((path) => /externalLinks|connections\.xml|queryTables|webextensions/i.test(path)) ||
    linksOut(parts, paths)
  )
    refusals.push({
      code: 'external-links',
      message: '外部のファイルや Web への参照が含まれています。リンクを解除して保存し直してください。',
    });
  return refusals;
}

function linksOut(parts: WorkbookParts, paths: readonly string[]): boolean {
  const owners = paths.filter((path) => path.endsWith('.xml') || path.endsWith('.vml'));
  for (const path of ['', ...owners])
    for (const { external, type } of parts.relationships(path)) if (external && type !== 'hyperlink') return true;
  for (const formula of parts.formulas())
    if (/\[\d+\]|\b(?:WEBSERVICE|FILTERXML|RTD|IMAGE)\s*\(|\bcmd\s*\|/i.test(withoutStrings(formula))) return true;
  return false;
}

const withoutStrings = (formula: string) => formula.replaceAll(/"(?:[^"]|"")*"/g, '""');

/** Shapes, charts and notes are kept as they are, so a field in them would be printed as it is written. */
function drawingRefusals(parts: WorkbookParts): TemplateRemark[] {
  return [...parts.files.keys()]
    .filter((path) => /^xl\/(?:drawings\/drawing|charts\/chart|comments|threadedComments)[^/]*\.xml$/.test(path))
    .flatMap((path) => [...textOf(parts.tree(path)).matchAll(PLACEHOLDER)])
    .map(([whole, field]) => ({
      code: 'field-in-drawing',
      subject: field!,
      message: `「${whole}」が図形・グラフ・コメントの中にあります。セルに移してください。`,
    }));
}

function adviceOn(fields: readonly string[]): TemplateRemark[] {
  const has = (field: string) => fields.includes(field);
  const advice: TemplateRemark[] = [];
  if (!has('フリガナ') && !has('セイ'))
    advice.push({
      code: 'no-kana',
      message: '「フリガナ」の欄がありません。五十音順に並びますが、読みは印刷されません。',
    });
  if (!has('版') && !has('作成日時'))
    advice.push({
      code: 'no-version',
      message: '「版」や「作成日時」の欄がありません。差し替えた名簿と見分けにくくなります。',
    });
  if (!has('備考'))
    advice.push({
      code: 'no-remarks',
      message: '「備考」の欄がありません。「会場で案内」などの連絡は印刷されません。',
    });
  return advice;
}
