import type { Writable } from 'node:stream';
import PDFDocument from 'pdfkit';
import type { Font, Glyph } from '../font/font.js';
import {
  CARD_HEIGHT,
  CARD_WIDTH,
  type Box,
  type Circle,
  type Ink,
  type PlacedGlyph,
  type SidePlan,
} from './side-plan.js';

const POINTS = 72 / 25.4;

/** CMYK; the post reads the frame in vermilion without black or blue in it. */
const INKS: Readonly<Record<Ink, string>> = {
  black: '0 0 0 1',
  vermilion: '0 0.78 0.72 0',
  grey: '0 0 0 0.14',
};

/** What pdfkit keeps for an embedded font. Not in its types; version pinned, and read back by a spec through pdftotext. */
interface EmbeddedFont {
  readonly id: string;
  readonly subset: { includeGlyph(id: number): number };
  readonly widths: (number | undefined)[];
  readonly unicode: (readonly number[] | undefined)[];
  ref(): unknown;
}

/** A PDF of cards, a side a page: glyph by glyph, so that the chosen form of a letter is the one that is printed. */
export class CardPdf {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly embedded = new Map<Font, EmbeddedFont>();
  private readonly codes = new Map<Glyph, string>();
  private readonly forms = new Map<SidePlan, unknown>();

  /** @param title of the document; no personal data */
  constructor(
    private readonly to: Writable,
    title: string,
  ) {
    this.pdf = new PDFDocument({
      size: [CARD_WIDTH * POINTS, CARD_HEIGHT * POINTS],
      margin: 0,
      autoFirstPage: false,
      info: { Title: title, Creator: 'Uketsuke', Producer: 'Uketsuke' },
      lang: 'ja',
    });
    this.pdf.pipe(to);
  }

  page(plan: SidePlan): void {
    this.pdf.addPage();
    const { under } = plan;
    const drawn = this.draw(plan);
    const page = this.pdf.page as unknown as { fonts: Record<string, unknown>; xobjects: Record<string, unknown> };
    if (under !== undefined) page.xobjects['Under'] = this.form(under);
    Object.assign(page.fonts, drawn.fonts);
    this.pdf.addContent(
      [
        `${round(POINTS)} 0 0 ${round(POINTS)} 0 0 cm`,
        ...(under === undefined ? [] : ['/Under Do']),
        drawn.content,
      ].join('\n'),
    );
  }

  /** Bytes that the disk has not taken yet. */
  get backlog(): number {
    return this.pdf.readableLength + this.to.writableLength;
  }

  end(): void {
    this.pdf.end();
  }

  /** Drawn once, named by every page that it lies under. */
  private form(plan: SidePlan): unknown {
    let form = this.forms.get(plan);
    if (form === undefined) {
      const { content, fonts } = this.draw(plan);
      const reference = this.pdf.ref({
        ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, CARD_WIDTH, CARD_HEIGHT] },
        Resources: { Font: fonts },
      });
      reference.end(content);
      form = reference;
      this.forms.set(plan, form);
    }
    return form;
  }

  private draw({ glyphs, boxes, circles }: SidePlan): { readonly content: string; readonly fonts: object } {
    const used = new Map<string, EmbeddedFont>();
    const text = this.text(glyphs, used);
    const content = [...boxesContent(boxes), ...circles.map(circleContent), 'BT', ...text, 'ET'].join('\n');
    return { content, fonts: Object.fromEntries([...used].map(([id, font]) => [id, font.ref()])) };
  }

  private text(glyphs: readonly PlacedGlyph[], used: Map<string, EmbeddedFont>): string[] {
    const content: string[] = [];
    let [font, ink] = ['', ''];
    for (const { glyph, x, y, size, squeeze = 1, turn = 0, ink: own = 'black' } of glyphs) {
      const embedded = this.font(glyph.font);
      if (ink !== own) content.push(`${INKS[(ink = own)]} k`);
      if (font !== embedded.id) {
        content.push(`/${(font = embedded.id)} 1 Tf`);
        used.set(font, embedded);
      }
      content.push(`${matrix(x, y, size, squeeze, turn)} Tm <${this.code(glyph, embedded)}> Tj`);
    }
    return content;
  }

  private font(font: Font): EmbeddedFont {
    let embedded = this.embedded.get(font);
    if (embedded === undefined) {
      this.pdf.font(font.fontkit as unknown as PDFKit.Mixins.PDFFontSource);
      embedded = (this.pdf as unknown as { _font: EmbeddedFont })._font;
      this.embedded.set(font, embedded);
    }
    return embedded;
  }

  /** The glyph's number in the embedded subset, four hex digits. */
  private code(glyph: Glyph, font: EmbeddedFont): string {
    let code = this.codes.get(glyph);
    if (code === undefined) {
      const id = font.subset.includeGlyph(glyph.id);
      font.widths[id] ??= glyph.width * 1000;
      font.unicode[id] ??= glyph.codePoints;
      code = id.toString(16).padStart(4, '0');
      this.codes.set(glyph, code);
    }
    return code;
  }
}

/** pdfkit counts y downwards, so letters are turned over to stand upright. */
function matrix(x: number, y: number, size: number, squeeze: number, turn: number): string {
  const place = `${round(x)} ${round(y)}`;
  if (turn === 0) return `${round(size * squeeze)} 0 0 ${round(-size)} ${place}`;
  if (turn === 90) return `0 ${round(size)} ${round(size)} 0 ${place}`;
  const [sine, cosine] = [Math.sin((turn * Math.PI) / 180) * size, Math.cos((turn * Math.PI) / 180) * size];
  return `${round(cosine)} ${round(sine)} ${round(sine)} ${round(-cosine)} ${place}`;
}

/** Boxes that are filled alike are one path. */
function boxesContent(boxes: readonly Box[]): string[] {
  const content: string[] = [];
  let filling: Ink | undefined;
  for (const { x, y, width, height, line, ink = 'black' } of boxes) {
    if (filling !== undefined && (line !== undefined || ink !== filling)) {
      content.push('f');
      filling = undefined;
    }
    if (line !== undefined) content.push(`${INKS[ink]} K ${round(line)} w`);
    else if (filling === undefined) content.push(`${INKS[(filling = ink)]} k`);
    content.push(`${round(x)} ${round(y)} ${round(width)} ${round(height)} re${line === undefined ? '' : ' S'}`);
  }
  if (filling !== undefined) content.push('f');
  return content;
}

function circleContent({ x, y, radius, line }: Circle): string {
  const bend = radius * 0.5523;
  const curves = [
    [radius, bend, bend, radius, 0, radius],
    [-bend, radius, -radius, bend, -radius, 0],
    [-radius, -bend, -bend, -radius, 0, -radius],
    [bend, -radius, radius, -bend, radius, 0],
  ].map((points) => `${points.map((point, at) => round(point + (at % 2 === 0 ? x : y))).join(' ')} c`);
  return `${INKS.black} K ${round(line)} w ${round(x + radius)} ${round(y)} m ${curves.join(' ')} S`;
}

function round(value: number): number {
  return Math.round(value * 1_000) / 1_000;
}
