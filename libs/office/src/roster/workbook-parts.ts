import { readZip } from '../zip/zip-reader.js';
import { element, elements, everyElement, parseXml, type XmlElement } from './xml-tree.js';

/** Generous for a form of an office; a list of a class has 50 KB. */
const LIMITS = { files: 500, bytes: 20 * 1024 * 1024 };

export interface Relationship {
  readonly id: string;
  /** The last word of its address: `worksheet`, `drawing`. */
  readonly type: string;
  /** Path in the package, or the address when it is outside. */
  readonly target: string;
  readonly external: boolean;
}

export interface SheetPart {
  readonly name: string;
  readonly path: string;
  readonly hidden: boolean;
}

/** The parts of an .xlsx, and how they hang together. */
export class WorkbookParts {
  readonly workbookPath: string;
  readonly sheets: readonly SheetPart[];

  /** @throws ZipProblem, or Error when the parts are not those of a workbook */
  static read(bytes: Uint8Array): WorkbookParts {
    return new WorkbookParts(readZip(bytes, LIMITS));
  }

  private constructor(readonly files: ReadonlyMap<string, Uint8Array>) {
    const main = this.relationships('').find(({ type }) => type === 'officeDocument');
    if (main === undefined) throw new Error('There is no workbook.');
    this.workbookPath = main.target;
    const targets = new Map(this.relationships(main.target).map((each) => [each.id, each]));
    this.sheets = elements(element(this.tree(main.target), 'sheets'), 'sheet').flatMap(({ attributes }) => {
      const target = targets.get(attributes['r:id'] ?? '');
      if (target === undefined || target.type !== 'worksheet') return [];
      return [
        {
          name: attributes['name'] ?? '',
          path: target.target,
          hidden: (attributes['state'] ?? 'visible') !== 'visible',
        },
      ];
    });
  }

  has(path: string): boolean {
    return this.files.has(path);
  }

  text(path: string): string {
    const content = this.files.get(path);
    if (content === undefined) throw new Error(`There is no part ${path}.`);
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  }

  tree(path: string): XmlElement {
    return parseXml(this.text(path));
  }

  /** What a part points at; `''` is the package itself. */
  relationships(path: string): Relationship[] {
    const file = relationshipsPath(path);
    if (!this.has(file)) return [];
    return elements(this.tree(file)).map(({ attributes }) => ({
      id: attributes['Id'] ?? '',
      type: (attributes['Type'] ?? '').split('/').at(-1)!,
      target:
        attributes['TargetMode'] === 'External'
          ? (attributes['Target'] ?? '')
          : resolved(path, attributes['Target'] ?? ''),
      external: attributes['TargetMode'] === 'External',
    }));
  }

  /** Path of the part of a type that the workbook has at most one of. */
  workbookPart(type: string): string | undefined {
    return this.relationships(this.workbookPath).find((each) => each.type === type)?.target;
  }

  /** Shared strings as `<si>` elements. */
  sharedStrings(): XmlElement[] {
    const path = this.workbookPart('sharedStrings');
    return path === undefined ? [] : elements(this.tree(path), 'si');
  }

  /** Every formula of the workbook, its charts and its rules. */
  *formulas(): Generator<string> {
    for (const [path] of this.files) {
      if (!path.endsWith('.xml') || !path.startsWith('xl/')) continue;
      if (path.endsWith('sharedStrings.xml') || path.endsWith('styles.xml')) continue;
      for (const { name, children } of everyElement(this.tree(path)))
        if (/^(?:\w+:)?(?:f|formula\d?|definedName|calculatedColumnFormula)$/.test(name))
          yield children.filter((child) => typeof child === 'string').join('');
    }
  }
}

/** `xl/worksheets/_rels/sheet1.xml.rels` */
export function relationshipsPath(path: string): string {
  const cut = path.lastIndexOf('/') + 1;
  return `${path.slice(0, cut)}_rels/${path.slice(cut)}.rels`;
}

function resolved(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const path = from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '.') path.push(step);
  }
  return path.join('/');
}
