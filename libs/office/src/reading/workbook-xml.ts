import { SaxesParser, type SaxesTagPlain } from 'saxes';
import type { Archive } from './archive.js';
import { unreadableFile } from './grid.js';

type Tag = SaxesTagPlain & { readonly local: string };

interface Listener {
  opened?(tag: Tag): void;
  text?(text: string): void;
  closed?(local: string): void;
}

/** Without namespaces: some programs write `x:row`. Document types are not expanded. */
export async function walk(archive: Archive, path: string, { opened, text, closed }: Listener): Promise<void> {
  const parser = new SaxesParser();
  const local = (name: string) => name.slice(name.indexOf(':') + 1);
  parser.on('error', (error) => {
    throw new BadXml(error.message);
  });
  parser.on('opentag', (tag) => opened?.({ ...tag, local: local(tag.name) }));
  if (text !== undefined) {
    parser.on('text', text);
    parser.on('cdata', text);
  }
  parser.on('closetag', (tag) => closed?.(local(tag.name)));
  try {
    for await (const piece of archive.read(path)) parser.write(piece);
    parser.close();
  } catch (error) {
    if (error instanceof BadXml) throw unreadableFile('The file is damaged. Save it again.');
    throw error;
  }
}

/** Well-formed or not, it is no sheet. */
export class BadXml extends Error {}

/** Text inside `t`, but not inside `rPh`. */
export class CellText {
  private value = '';
  private inside = false;
  private phonetic = false;

  /** @param longest characters that are kept, and one more */
  constructor(private readonly longest: number) {}

  opened(local: string): void {
    if (local === 'rPh') this.phonetic = true;
    if (local === 't' || local === 'v') this.inside = true;
  }

  text(text: string): void {
    if (this.inside && !this.phonetic && this.value.length <= this.longest) this.value += text;
  }

  closed(local: string): void {
    if (local === 'rPh') this.phonetic = false;
    if (local === 't' || local === 'v') this.inside = false;
  }

  take(): string {
    const taken = this.value;
    this.value = '';
    return taken;
  }
}
