// The body of a document cut into what is the same on every card and where a card's own text goes. Ids that Word wants
// to be unique in a document are dropped where nothing needs them, and numbered anew for each card where something does.

export interface CardBody {
  readonly head: string;
  readonly tail: string;
  /** @param at of the card in its file, from 0 @param value the escaped text of a field, by its number */
  card(at: number, value: (field: number) => string): string;
}

const BREAK =
  '<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/></w:pPr><w:r><w:br w:type="page"/></w:r></w:p>';
/** Of a drawing; beyond the numbers that a template has itself. */
const FIRST_ID = 100_000;

/** Undefined when it has no body or no last section. @param sentinel one group: the number of the field */
export function cardBody(document: string, sentinel: RegExp): CardBody | undefined {
  const start = /<w:body[^>]*>/.exec(document);
  const section = document.lastIndexOf('<w:sectPr');
  if (start === null || section === -1) return undefined;
  const from = start.index + start[0].length;
  const body = withoutIds(document.slice(from, section));
  const startsWithText = /^\s*<w:p[ >]/.test(body);
  const cut = startsWithText ? pageBreakBefore(body) : undefined;
  const first = pieces(body, sentinel);
  const next = cut === undefined ? pieces(BREAK + body, sentinel) : pieces(cut, sentinel);
  return {
    head: document.slice(0, from),
    tail: document.slice(section),
    card: (at, value) => (at === 0 ? first : next).map((piece) => piece(at, value)).join(''),
  };
}

type Piece = (card: number, value: (field: number) => string) => string;

/** Text, a field, or the number of a drawing. */
function pieces(body: string, sentinel: RegExp): Piece[] {
  const marks = new RegExp(`${sentinel.source}|(?<=<wp:docPr[^>]{0,400}\\bid=")\\d+(?=")`, 'g');
  const result: Piece[] = [];
  let [from, drawings] = [0, 0];
  for (const mark of body.matchAll(marks)) {
    const text = body.slice(from, mark.index);
    result.push(() => text);
    from = mark.index + mark[0].length;
    if (mark[1] === undefined) {
      const drawing = drawings++;
      result.push((card) => String(FIRST_ID + card * 64 + drawing));
    } else {
      const field = Number(mark[1]);
      result.push((_card, value) => value(field));
    }
  }
  const rest = body.slice(from);
  result.push(() => rest);
  return result;
}

function withoutIds(body: string): string {
  return body
    .replaceAll(/<mc:Fallback>[\s\S]*?<\/mc:Fallback>/g, '')
    .replaceAll(/<w:(?:bookmarkStart|bookmarkEnd|proofErr|permStart|permEnd|lastRenderedPageBreak)\b[^>]*\/>/g, '')
    .replaceAll(/ w14:(?:paraId|textId)="[^"]*"| w:rsid\w*="[^"]*"/g, '')
    .replaceAll(/(<w:sdtPr>(?:(?!<\/w:sdtPr>)[\s\S])*?)<w:id w:val="[^"]*"\/>/g, '$1')
    .replaceAll(/<w:dataBinding\b[^>]*\/>/g, '');
}

/** The first paragraph begins a page. Undefined when its properties cannot be changed in place. */
function pageBreakBefore(body: string): string | undefined {
  const element = '<w:pageBreakBefore/>';
  const open = /^\s*<w:p(?: [^>]*)?>/.exec(body);
  if (open === null || open[0].endsWith('/>')) return undefined;
  const rest = body.slice(open[0].length);
  const properties = /^<w:pPr>((?:<w:pStyle [^>]*\/>)?(?:<w:keepNext[^>]*\/>)?(?:<w:keepLines[^>]*\/>)?)/.exec(rest);
  if (properties === null) {
    return rest.startsWith('<w:pPr') ? undefined : `${open[0]}<w:pPr>${element}</w:pPr>${rest}`;
  }
  if (rest.slice(properties[0].length).startsWith('<w:pageBreakBefore')) return body;
  return `${open[0]}${properties[0]}${element}${rest.slice(properties[0].length)}`;
}
