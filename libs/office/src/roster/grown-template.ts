import { absoluteFormula, renamedFormula, type RowInsertion } from './row-insertion.js';
import type { PlannedSheet, RosterPlan } from './roster-plan.js';
import { SheetSkeleton } from './roster-skeleton.js';
import { growSheet, isFormula, moveAnchors, moveReferences, moveVmlAnchors } from './sheet-growth.js';
import { relationshipsPath, type WorkbookParts } from './workbook-parts.js';
import { copyOf, element, elements, everyElement, textOf, writeXml, type XmlElement } from './xml-tree.js';

/** Stands for the name of the list's sheet in the formulas of a book, where every copy of it has a name of its own. */
export const OWN_SHEET = '\ufdd2';

/** A template with room for a number of people: what is the same in every roster of that many, and what is filled. */
export interface GrownTemplate {
  /** Parts that are not sheets, by path. */
  readonly parts: ReadonlyMap<string, string | Uint8Array>;
  readonly sheets: ReadonlyMap<string, SheetSkeleton>;
}

/**
 * @param parts of the template
 * @param entries how many people there must be room for
 * @param anyName whether formulas must say `OWN_SHEET` where they name the list's sheet
 */
export function growTemplate(parts: WorkbookParts, plan: RosterPlan, entries: number, anyName: boolean): GrownTemplate {
  const insertion = insertionFor(plan, entries);
  const ownParts = partsOf(parts, plan.listSheet.path);
  const chain = parts.workbookPart('calcChain');
  const grown = new Map<string, string | Uint8Array>();
  for (const [path, content] of parts.files) {
    if (path === chain || plan.sheets.some((sheet) => sheet.path === path)) continue;
    const change = changeOf(path);
    grown.set(path, change === undefined ? content : change(path));
  }
  const sheets = new Map(plan.sheets.map((sheet) => [sheet.path, skeletonOf(sheet)]));
  return { parts: grown, sheets };

  function changeOf(path: string): ((path: string) => string) | undefined {
    if (path === parts.workbookPath) return workbookText;
    if (path === '[Content_Types].xml' || path === relationshipsPath(parts.workbookPath))
      return chain === undefined ? undefined : withoutCalcChain;
    if (/^xl\/charts\/chart[^/]*\.xml$/.test(path)) return movedText;
    if (!ownParts.has(path)) return undefined;
    if (insertion !== undefined && path.endsWith('.vml')) return (each) => moveVmlAnchors(parts.text(each), insertion);
    return path.endsWith('.xml') ? movedText : undefined;
  }

  function movedText(path: string): string {
    const tree = parts.tree(path);
    if (insertion !== undefined) {
      moveReferences(tree, ownParts.has(path) ? plan.listSheet.name : '', insertion);
      if (ownParts.has(path)) moveAnchors(tree, insertion);
    }
    rename(tree);
    return writeXml(tree);
  }

  function workbookText(path: string): string {
    const tree = parts.tree(path);
    if (insertion !== undefined) moveReferences(tree, '', insertion);
    rename(tree);
    for (const name of elements(element(tree, 'definedNames')))
      if (name.attributes['name'] === '_xlnm.Print_Area') name.children = [absoluteFormula(textOf(name))];
    computeWhenOpened(tree);
    return writeXml(tree);
  }

  function skeletonOf(sheet: PlannedSheet): SheetSkeleton {
    const tree = copyOf(sheet.tree);
    const isList = sheet === plan.listSheet;
    if (insertion !== undefined) {
      if (isList) growSheet(tree, insertion, patternRow(plan));
      else moveReferences(tree, sheet.name, insertion);
    }
    rename(tree);
    return SheetSkeleton.of(sheet, tree, plan, isList ? entries : 0, isList ? insertion : undefined);
  }

  function withoutCalcChain(path: string): string {
    return parts.text(path).replaceAll(/<(?:Override|Relationship)\b[^>]*calcChain[^>]*\/>/g, '');
  }

  function rename(tree: XmlElement): void {
    if (!anyName) return;
    for (const each of everyElement(tree))
      if (isFormula(each.name)) each.children = [renamedFormula(textOf(each), plan.listSheet.name, OWN_SHEET)];
  }
}

/**
 * New rows come before the last of the list, so that every range over the list grows with it as in Excel and the line that
 * closes the list stays last; under the only row of a list of one.
 */
function insertionFor({ list, listSheet }: RosterPlan, entries: number): RowInsertion | undefined {
  const rows = list.lastRow - list.firstRow + 1;
  if (entries <= rows) return undefined;
  const count = entries - rows;
  return rows === 1
    ? { sheetName: listSheet.name, at: list.firstRow + 1, count, grows: list.firstRow }
    : { sheetName: listSheet.name, at: list.lastRow, count };
}

/** Which row a new one looks like: the two above it in turn, so that a list shaded by turns stays so. */
function patternRow({ list: { firstRow, lastRow } }: RosterPlan): (index: number) => number {
  const rows = lastRow - firstRow + 1;
  if (rows <= 3) return () => (rows === 3 ? lastRow - 1 : firstRow);
  return (index) => (index % 2 === 0 ? lastRow - 2 : lastRow - 1);
}

/** What hangs on a sheet and belongs to it alone; pictures may be shared. */
export function partsOf(parts: WorkbookParts, path: string, found = new Set<string>()): Set<string> {
  for (const { external, target, type } of parts.relationships(path)) {
    if (external || type === 'image' || found.has(target) || !parts.has(target)) continue;
    found.add(target);
    partsOf(parts, target, found);
  }
  return found;
}

/** The values of formulas are not kept, so whoever opens the file computes them. */
function computeWhenOpened(workbook: XmlElement): void {
  let settings = element(workbook, 'calcPr');
  if (settings === undefined) {
    settings = { name: 'calcPr', attributes: {}, children: [] };
    const after = new Set([
      'oleSize',
      'customWorkbookViews',
      'pivotCaches',
      'smartTagPr',
      'smartTagTypes',
      'webPublishing',
      'fileRecoveryPr',
      'webPublishObjects',
      'extLst',
    ]);
    const at = workbook.children.findIndex((child) => typeof child !== 'string' && after.has(child.name));
    workbook.children.splice(at === -1 ? workbook.children.length : at, 0, settings);
  }
  settings.attributes['fullCalcOnLoad'] = '1';
}
