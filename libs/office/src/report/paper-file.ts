import { AlignmentType, Document, Footer, Header, Packer, PageNumber, PageOrientation, Paragraph, TextRun } from 'docx';
import { stableArchive } from '../archive/stable-archive.js';
import { printableText } from '../text/printable-text.js';
import type { Paper } from './paper.js';
import { blockChildren } from './paper-blocks.js';
import { openingChildren } from './paper-opening.js';
import { GOTHIC, NOTE_SIZE, NUMBERING, PAGE, STYLES } from './paper-style.js';

/** The .docx of a paper; charts are pictures in it. The same paper is the same file, byte for byte. (R049) */
export async function paperFile(paper: Paper): Promise<Buffer> {
  const textWidth = (paper.landscape === true ? PAGE.height : PAGE.width) - PAGE.margin.left - PAGE.margin.right;
  const children = openingChildren(paper);
  for (const [nth, block] of paper.blocks.entries()) children.push(...(await blockChildren(block, textWidth, nth)));
  const document = new Document({
    title: printableText(paper.title),
    creator: printableText(paper.from?.organisation ?? ''),
    lastModifiedBy: printableText(paper.from?.organisation ?? ''),
    styles: STYLES,
    numbering: NUMBERING,
    sections: [
      {
        properties: {
          ...(paper.opening === 'cover' && { titlePage: true }),
          page: {
            // docx turns the sheet itself: it wants the sides of the portrait
            size: {
              width: PAGE.width,
              height: PAGE.height,
              orientation: paper.landscape === true ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
            },
            margin: { ...PAGE.margin, header: 560, footer: 480 },
          },
        },
        headers: { default: header(paper), ...(paper.opening === 'cover' && { first: header(paper, false) }) },
        footers: {
          default: footer(),
          ...(paper.opening === 'cover' && { first: new Footer({ children: [new Paragraph({ children: [] })] }) }),
        },
        children,
      },
    ],
  });
  return stableArchive(await Packer.toBuffer(document), paper.at, (parts) => {
    const text = Buffer.from(parts['word/document.xml']!).toString('utf8');
    parts['word/document.xml'] = Buffer.from(numbered(text));
  });
}

/** docx counts pictures from the start of the process; here they are counted from the start of the paper. */
function numbered(text: string): string {
  let count = 0;
  return text.replaceAll(/(<wp:docPr id=")\d+/g, (_, start: string) => `${start}${++count}`);
}

function header(paper: Paper, titled = true): Header {
  const mark = paper.specimen === true ? '【見本】研修・デモ用　' : '';
  return new Header({
    children: [
      new Paragraph({
        alignment: AlignmentType.RIGHT,
        children: [
          new TextRun({ text: mark, font: GOTHIC, size: NOTE_SIZE, bold: true, color: 'C00000' }),
          new TextRun({
            text: titled ? printableText(paper.title) : '',
            font: GOTHIC,
            size: NOTE_SIZE,
            color: '555B64',
          }),
        ],
      }),
    ],
  });
}

function footer(): Footer {
  return new Footer({
    children: [
      new Paragraph({
        alignment: AlignmentType.CENTER,
        children: [
          new TextRun({
            font: GOTHIC,
            size: NOTE_SIZE,
            children: ['－ ', PageNumber.CURRENT, ' ／ ', PageNumber.TOTAL_PAGES, ' －'],
          }),
        ],
      }),
    ],
  });
}
