import PDFDocument from 'pdfkit';
import { fontFiles } from '#office/font/font-files.js';

/** A4 in points; 15 mm at each side. */
const MARGIN = 42;
export const WIDTH = 595.28 - 2 * MARGIN;
const BOTTOM = 841.89 - MARGIN;

/** Points; what is smaller is not read at a desk with the lights out. */
const SMALLEST = 7;

/** A document of A4 sheets in one typeface, filled from above; it says on each sheet what it is. */
export class PackSheets {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly parts: Buffer[] = [];
  private readonly ended: Promise<void>;
  private y = MARGIN;

  /** @param specimen 見本 on every sheet, where the desk is a training or a demonstration. (§8.25) */
  constructor(
    private readonly foot: string,
    private readonly specimen: boolean,
    made: number,
  ) {
    const at = new Date(made);
    this.pdf = new PDFDocument({
      ...{ size: 'A4', margin: 0, autoFirstPage: false, lang: 'ja' },
      info: { Title: foot, CreationDate: at, ModDate: at },
    });
    this.pdf.on('data', (part: Buffer) => this.parts.push(part));
    this.ended = new Promise((resolve) => this.pdf.once('end', resolve));
    const { body, heading } = fontFiles();
    this.pdf.registerFont('body', body[0]!.path);
    this.pdf.registerFont('bold', heading.path);
  }

  sheet(title: string, right = ''): void {
    this.pdf.addPage();
    this.y = MARGIN;
    if (this.specimen) {
      this.pdf
        .font('bold')
        .fontSize(120)
        .fillOpacity(0.08)
        .text('見本', MARGIN, 330, { width: WIDTH, align: 'center' });
      this.pdf.fillOpacity(1);
    }
    this.pdf
      .font('body')
      .fontSize(8)
      .text(this.foot, MARGIN, BOTTOM + 8, { width: WIDTH, align: 'center' });
    this.pdf
      .font('bold')
      .fontSize(18)
      .text(title, MARGIN, this.y, { width: WIDTH - 150, lineBreak: false });
    this.pdf.font('bold').fontSize(18).text(right, MARGIN, this.y, { width: WIDTH, align: 'right', lineBreak: false });
    this.y += 34;
  }

  text(text: string, size = 11): void {
    this.pdf.font('body').fontSize(size).text(text, MARGIN, this.y, { width: WIDTH, lineGap: 3 });
    this.y = this.pdf.y + 6;
  }

  /** Whether so many points are left on the sheet. */
  hasRoom(points: number): boolean {
    return this.y + points <= BOTTOM;
  }

  /** How high a text will be. */
  heightOf(text: string, size: number, bold = false): number {
    return (
      this.pdf
        .font(bold ? 'bold' : 'body')
        .fontSize(size)
        .heightOfString(text, { width: WIDTH, lineGap: 3 }) + 6
    );
  }

  heading(text: string, size = 12): void {
    this.pdf.font('bold').fontSize(size).text(text, MARGIN, this.y, { width: WIDTH, lineGap: 3 });
    this.y = this.pdf.y + 2;
  }

  /** Boxes side by side with a label in each; `widths` are shares of the line. */
  boxes(
    height: number,
    cells: readonly { readonly label: string; readonly share: number; readonly text?: string }[],
  ): void {
    const whole = cells.reduce((sum, { share }) => sum + share, 0);
    let x = MARGIN;
    for (const { label, share, text } of cells) {
      const width = (WIDTH * share) / whole;
      this.pdf.lineWidth(0.7).rect(x, this.y, width, height).stroke();
      this.pdf
        .font('body')
        .fontSize(8)
        .text(label, x + 4, this.y + 3, { width: width - 8, lineBreak: false });
      if (text !== undefined) {
        this.pdf
          .font('body')
          .fontSize(11)
          .text(text, x + 8, this.y + 15, { width: width - 12, lineGap: 2 });
      }
      x += width;
    }
    this.y += height;
  }

  space(points: number): void {
    this.y += points;
  }

  /** A row of a table; `shares` of the line, each text on one line: smaller where it is long, cut where nobody could read it. */
  row(shares: readonly number[], texts: readonly string[], bold = false): void {
    const whole = shares.reduce((sum, share) => sum + share, 0);
    let x = MARGIN;
    for (const [i, share] of shares.entries()) {
      const width = (WIDTH * share) / whole;
      const options = { width: width - 6, height: 12, ellipsis: true, lineBreak: false };
      this.pdf.lineWidth(0.4).rect(x, this.y, width, 20).stroke();
      const text = texts[i] ?? '';
      let size = 9.5;
      this.pdf.font(bold ? 'bold' : 'body').fontSize(size);
      while (size > SMALLEST && this.pdf.widthOfString(text) > options.width) this.pdf.fontSize((size -= 0.5));
      this.pdf.text(text, x + 3, this.y + 4 + (9.5 - size) / 2, options);
      x += width;
    }
    this.y += 20;
  }

  async finished(): Promise<Buffer> {
    this.pdf.end();
    await this.ended;
    return Buffer.concat(this.parts);
  }
}
