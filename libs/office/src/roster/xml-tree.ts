import { SaxesParser } from 'saxes';

/** An element of a part, names with their prefixes as written. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Record<string, string>;
  children: (XmlElement | string)[];
}

/** @throws Error when the text is not well formed or declares a document type */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: false });
  let root: XmlElement | undefined;
  const open: XmlElement[] = [];
  const add = (piece: string) => open.at(-1)?.children.push(piece);
  parser.on('doctype', () => parser.fail('document types are not read'));
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: { ...(attributes as Record<string, string>) }, children: [] };
    root ??= element;
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => void open.pop());
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(text).close();
  if (root === undefined) throw new Error('There is no element.');
  return root;
}

const DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

export function writeXml(root: XmlElement): string {
  const pieces: string[] = [DECLARATION];
  write(root, pieces);
  return pieces.join('');
}

function write({ name, attributes, children }: XmlElement, pieces: string[]): void {
  pieces.push('<', name);
  for (const key in attributes) pieces.push(' ', key, '="', attributeText(attributes[key]!), '"');
  if (children.length === 0) {
    pieces.push('/>');
    return;
  }
  pieces.push('>');
  for (const child of children) {
    if (typeof child === 'string') pieces.push(contentText(child));
    else write(child, pieces);
  }
  pieces.push('</', name, '>');
}

/** A copy that can be changed without the first. */
export function copyOf(element: XmlElement): XmlElement {
  return {
    name: element.name,
    attributes: { ...element.attributes },
    children: element.children.map((child) => (typeof child === 'string' ? child : copyOf(child))),
  };
}

export function elements(parent: XmlElement | undefined, name?: string): XmlElement[] {
  const all = (parent?.children ?? []).filter((child) => typeof child !== 'string');
  return name === undefined ? all : all.filter((child) => child.name === name);
}

export function element(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  return elements(parent, name)[0];
}

/** Every element below and including the root. */
export function* everyElement(root: XmlElement): Generator<XmlElement> {
  yield root;
  for (const child of root.children) if (typeof child !== 'string') yield* everyElement(child);
}

export function textOf(parent: XmlElement | undefined): string {
  return (parent?.children ?? []).map((child) => (typeof child === 'string' ? child : textOf(child))).join('');
}

function contentText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('\r', '&#13;');
}

function attributeText(text: string): string {
  return contentText(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
