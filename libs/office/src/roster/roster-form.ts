import { packFile, zipPieces, type PackedFile } from '../zip/zip-writer.js';
import { growTemplate, type GrownTemplate } from './grown-template.js';
import { RosterBook } from './roster-book.js';
import { readPlan, type RosterPlan } from './roster-plan.js';
import { rosterTemplateRefusal, type RosterTemplate } from './roster-template.js';
import type { Roster } from './roster.js';
import { WorkbookParts } from './workbook-parts.js';

/** Sizes of rosters kept ready: a term has few different ones. */
const MOST_SIZES = 40;

interface Ready {
  readonly template: GrownTemplate;
  /** Everything that is the same in every roster of this size, compressed once. */
  readonly fixed: readonly PackedFile[];
}

/**
 * A template taken apart once, from which many rosters are made. What it keeps is made from the template alone, so no
 * roster can hold a name of another. (R015)
 */
export class RosterForm {
  private readonly sizes = new Map<string, Ready>();

  private constructor(
    private readonly parts: WorkbookParts,
    private readonly plan: RosterPlan,
  ) {}

  /** @throws Refusal `template-refused` when the doctor would not let it through any more */
  static of({ bytes, blankColumns }: RosterTemplate): RosterForm {
    const parts = WorkbookParts.read(bytes);
    const { plan, refusals } = readPlan(parts, blankColumns);
    if (plan === undefined || refusals.length > 0) throw rosterTemplateRefusal(refusals);
    return new RosterForm(parts, plan);
  }

  /** The .xlsx of one session. The same roster is the same file, byte for byte. */
  file(roster: Roster): Buffer {
    const { template, fixed } = this.ready(roster.entries.length, false);
    const filled = [...template.sheets]
      .filter(([, sheet]) => !sheet.isFixed)
      .map(([path, sheet]) => packFile(path, Buffer.from(sheet.fill(roster))));
    return Buffer.concat(zipPieces([...fixed, ...filled]));
  }

  /** One .xlsx with a sheet a session, named by session code. @throws RangeError without a roster */
  book(rosters: readonly Roster[]): Buffer {
    if (rosters.length === 0) throw new RangeError('A book has at least one roster.');
    const made = new RosterBook(this.parts, this.plan, (entries) => this.ready(entries, true).template, rosters).made();
    return Buffer.concat(zipPieces(inOrder(made).map(([path, content]) => packFile(path, Buffer.from(content)))));
  }

  /** A zip with an .xlsx a session, named by session code, in pieces. */
  async *zip(rosters: Iterable<Roster> | AsyncIterable<Roster>): AsyncGenerator<Uint8Array> {
    const files: PackedFile[] = [];
    const names = new Set<string>();
    // an .xlsx is compressed already
    for await (const roster of rosters) files.push(packFile(fileName(roster, names), this.file(roster), 1));
    yield* zipPieces(files);
  }

  private ready(entries: number, anyName: boolean): Ready {
    // the rows that the template has ruled do for fewer people, but a gap is filled only for those who are there
    const key = `${entries} ${anyName}`;
    let ready = this.sizes.get(key);
    if (ready === undefined) {
      const template = growTemplate(this.parts, this.plan, entries, anyName);
      const fixed = anyName
        ? []
        : inOrder(
            new Map([
              ...template.parts,
              ...[...template.sheets]
                .filter(([, sheet]) => sheet.isFixed)
                .map(([path, sheet]) => [path, sheet.fixed] as const),
            ]),
          ).map(([path, content]) => packFile(path, Buffer.from(content)));
      ready = { template, fixed };
      if (this.sizes.size >= MOST_SIZES) this.sizes.delete(this.sizes.keys().next().value!);
      this.sizes.set(key, ready);
    }
    return ready;
  }
}

/** `[Content_Types].xml` first, as some readers want it. */
function inOrder(parts: ReadonlyMap<string, string | Uint8Array>): [string, string | Uint8Array][] {
  const rank = (path: string) => (path === '[Content_Types].xml' ? 0 : path.startsWith('_rels') ? 1 : 2);
  return [...parts].toSorted(([a], [b]) => rank(a) - rank(b));
}

/** A name that Windows takes, each once. */
function fileName({ sessionCode }: Roster, taken: Set<string>): string {
  const base = sessionCode.replaceAll(/[<>:"/\\|?*\p{Cc}]/gu, '_').replaceAll(/^[. ]+|[. ]+$/g, '') || 'roster';
  let name = `${base}.xlsx`;
  for (let number = 2; taken.has(name.toLowerCase()); number++) name = `${base} (${number}).xlsx`;
  taken.add(name.toLowerCase());
  return name;
}
