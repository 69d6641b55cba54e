import { xmlText } from '../text/printable-text.js';
import { sheetNames } from '../workbook/sheet-name.js';
import { OWN_SHEET, partsOf, type GrownTemplate } from './grown-template.js';
import type { RosterPlan } from './roster-plan.js';
import type { Roster } from './roster.js';
import { relationshipsPath, type WorkbookParts } from './workbook-parts.js';
import { copyOf, element, elements, parseXml, textOf, writeXml, type XmlElement } from './xml-tree.js';

const WORKSHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml';

/** One workbook in which the list's sheet stands once for each roster, named by session code. */
export class RosterBook {
  private readonly files = new Map<string, string | Uint8Array>();
  private readonly own: ReadonlySet<string>;
  private readonly names: readonly string[];
  private readonly others: readonly string[];

  constructor(
    private readonly parts: WorkbookParts,
    private readonly plan: RosterPlan,
    private readonly grown: (entries: number) => GrownTemplate,
    private readonly rosters: readonly Roster[],
  ) {
    this.own = partsOf(parts, plan.listSheet.path);
    this.others = plan.sheets.filter((sheet) => sheet !== plan.listSheet).map(({ name }) => name);
    this.names = sheetNames([...this.others, ...rosters.map(({ sessionCode }) => sessionCode)]).slice(
      this.others.length,
    );
  }

  /** The parts of the workbook, by path. */
  made(): ReadonlyMap<string, string | Uint8Array> {
    const first = this.grown(this.rosters[0]!.entries.length);
    for (const [path, content] of first.parts) this.files.set(path, this.named(content, 0));
    for (const { path } of this.plan.sheets)
      this.files.set(path, this.named(first.sheets.get(path)!.fill(this.rosters[0]!), 0));
    this.rosters.forEach((roster, index) => {
      if (index > 0) this.addSheet(roster, index);
    });
    this.files.set('[Content_Types].xml', this.contentTypes());
    this.files.set(this.parts.workbookPath, this.workbook());
    const relationships = relationshipsPath(this.parts.workbookPath);
    this.files.set(relationships, this.workbookRelationships(relationships));
    this.leaveOutTitles();
    return this.files;
  }

  private addSheet(roster: Roster, index: number): void {
    const { parts, sheets } = this.grown(roster.entries.length);
    const { path } = this.plan.listSheet;
    const tree = parseXml(this.named(sheets.get(path)!.fill(roster), index) as string);
    delete tree.attributes['xr:uid'];
    // two selected sheets would be edited together
    for (const view of elements(element(tree, 'sheetViews'), 'sheetView')) delete view.attributes['tabSelected'];
    this.files.set(copyPath(path, index), writeXml(tree));
    for (const each of this.own)
      this.files.set(copyPath(each, index), this.table(each, this.named(parts.get(each)!, index), index));
    for (const each of [path, ...this.own]) {
      const file = relationshipsPath(each);
      const content = parts.get(file);
      if (content !== undefined)
        this.files.set(relationshipsPath(copyPath(each, index)), this.pointing(each, file, index));
    }
  }

  /** The relationships of a copied part: to copies of what belongs to the sheet, to the same pictures. */
  private pointing(part: string, file: string, index: number): string {
    const targets = new Map(this.parts.relationships(part).map(({ id, target }) => [id, target]));
    const tree = this.parts.tree(file);
    for (const { attributes } of elements(tree)) {
      if (attributes['TargetMode'] === 'External') continue;
      const target = targets.get(attributes['Id']!)!;
      if (this.own.has(target)) attributes['Target'] = copyPath(attributes['Target']!, index);
    }
    return writeXml(tree);
  }

  /** Numbers and names of tables are those of the whole workbook. */
  private table(path: string, content: string | Uint8Array, index: number): string | Uint8Array {
    if (!/\/tables\//.test(path) || typeof content !== 'string') return content;
    const tree = parseXml(content);
    tree.attributes['id'] = String(Number(tree.attributes['id']) + 1000 * index);
    for (const name of ['name', 'displayName']) tree.attributes[name] = `${tree.attributes[name]}_${index}`;
    delete tree.attributes['xr:uid'];
    return writeXml(tree);
  }

  private contentTypes(): string {
    const tree = parseXml(asText(this.files.get('[Content_Types].xml')!));
    const types = new Map(elements(tree, 'Override').map(({ attributes }) => [attributes['PartName'], attributes]));
    for (let index = 1; index < this.rosters.length; index++) {
      const add = (path: string, type: string) =>
        tree.children.push({
          name: 'Override',
          attributes: { PartName: `/${copyPath(path, index)}`, ContentType: type },
          children: [],
        });
      add(this.plan.listSheet.path, WORKSHEET_TYPE);
      for (const path of this.own) {
        const type = types.get(`/${path}`)?.['ContentType'];
        if (type !== undefined) add(path, type);
      }
    }
    return writeXml(tree);
  }

  private workbook(): string {
    const tree = parseXml(asText(this.files.get(this.parts.workbookPath)!));
    const sheets = element(tree, 'sheets')!;
    const all = elements(sheets, 'sheet');
    const at = all.findIndex(({ attributes }) => attributes['name'] === this.plan.listSheet.name);
    const next = Math.max(...all.map(({ attributes }) => Number(attributes['sheetId']))) + 1;
    const copies = this.rosters.map((_, index): XmlElement => {
      const { attributes } = all[at]!;
      const name = this.names[index]!;
      if (index === 0) return { name: 'sheet', attributes: { ...attributes, name }, children: [] };
      return {
        name: 'sheet',
        attributes: { ...attributes, name, sheetId: String(next + index), 'r:id': relationId(index) },
        children: [],
      };
    });
    sheets.children = [...all.slice(0, at), ...copies, ...all.slice(at + 1)];
    this.defineNames(tree, at);
    for (const view of elements(element(tree, 'bookViews'), 'workbookView')) {
      view.attributes['activeTab'] = String(at);
      delete view.attributes['firstSheet'];
    }
    return writeXml(tree);
  }

  /** Names of the list's sheet, its print area among them, once for each copy and valid in it. */
  private defineNames(workbook: XmlElement, at: number): void {
    const names = element(workbook, 'definedNames');
    if (names === undefined) return;
    const template = elements(
      element(
        parseXml(asText(this.grown(this.rosters[0]!.entries.length).parts.get(this.parts.workbookPath)!)),
        'definedNames',
      ),
    );
    names.children = template.flatMap((each) => {
      const local = each.attributes['localSheetId'];
      const moved = (name: XmlElement, sheet: number | undefined): XmlElement => {
        const copy = copyOf(name);
        if (sheet !== undefined) copy.attributes['localSheetId'] = String(sheet);
        return copy;
      };
      if (local !== undefined && Number(local) !== at)
        return [this.nameOf(moved(each, Number(local) + (Number(local) > at ? this.rosters.length - 1 : 0)), 0)];
      if (local === undefined && !textOf(each).includes(OWN_SHEET)) return [each];
      return this.rosters.map((roster, index) => {
        const grown = elements(
          element(
            parseXml(asText(this.grown(roster.entries.length).parts.get(this.parts.workbookPath)!)),
            'definedNames',
          ),
        ).find(
          ({ attributes }) => attributes['name'] === each.attributes['name'] && attributes['localSheetId'] === local,
        )!;
        return this.nameOf(moved(grown, local === undefined && index === 0 ? undefined : at + index), index);
      });
    });
  }

  private nameOf(name: XmlElement, index: number): XmlElement {
    name.children = [textOf(name).replaceAll(`'${OWN_SHEET}'!`, () => this.quoted(index))];
    return name;
  }

  private workbookRelationships(path: string): string {
    const tree = parseXml(asText(this.files.get(path)!));
    const id = this.parts
      .relationships(this.parts.workbookPath)
      .find(({ target }) => target === this.plan.listSheet.path)!.id;
    const { attributes } = elements(tree).find((each) => each.attributes['Id'] === id)!;
    for (let index = 1; index < this.rosters.length; index++)
      tree.children.push({
        name: 'Relationship',
        attributes: { ...attributes, Id: relationId(index), Target: copyPath(attributes['Target']!, index) },
        children: [],
      });
    return writeXml(tree);
  }

  /** A list of the sheets' titles that no program needs, and that would be wrong now. */
  private leaveOutTitles(): void {
    const app = this.files.get('docProps/app.xml');
    if (app === undefined) return;
    const text = asText(app).replaceAll(/<(HeadingPairs|TitlesOfParts)>.*?<\/\1>/gs, '');
    this.files.set('docProps/app.xml', text);
  }

  private named(content: string | Uint8Array, index: number): string | Uint8Array {
    if (typeof content !== 'string') return content;
    return content.replaceAll(`'${OWN_SHEET}'!`, () => xmlText(this.quoted(index)));
  }

  private quoted(index: number): string {
    return `'${this.names[index]!.replaceAll("'", "''")}'!`;
  }
}

/** `sheet1.xml` → `sheet1001.xml`: some programs find sheets by names of that form alone. */
function copyPath(path: string, index: number): string {
  return path.replace(/(\d*)(\.[^./]+)$/, (_, digits: string, end: string) => Number(digits) + 1000 * index + end);
}

function relationId(index: number): string {
  return `rIdRoster${index + 1}`;
}

function asText(content: string | Uint8Array): string {
  return typeof content === 'string' ? content : Buffer.from(content).toString('utf8');
}
