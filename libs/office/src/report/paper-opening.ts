import { AlignmentType, Paragraph, TextRun, type FileChild } from 'docx';
import { eraDate } from '#calendar/japanese-date.js';
import { printableText } from '../text/printable-text.js';
import type { Addressee, Paper, Sender } from './paper.js';
import { GOTHIC, leading } from './paper-style.js';

type Alignment = (typeof AlignmentType)[keyof typeof AlignmentType];

/** Number and date, addressee, sender, title: the order of an official letter; or a cover of its own. (R056) */
export function openingChildren(paper: Paper): FileChild[] {
  return paper.opening === 'cover' ? cover(paper) : letterhead(paper);
}

function letterhead({ number, date, to, from, title, subtitle }: Paper): FileChild[] {
  return [
    ...(number === undefined ? [] : [line(number, AlignmentType.RIGHT)]),
    line(eraDate(date), AlignmentType.RIGHT),
    ...(to === undefined ? [] : [...addressee(to), gap(60)]),
    ...(from === undefined ? [] : sender(from)),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { before: 280, after: subtitle === undefined ? 240 : 40 },
      children: [new TextRun({ text: printableText(title), font: GOTHIC, size: 30, bold: true })],
    }),
    ...(subtitle === undefined
      ? []
      : [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 240 },
            children: [new TextRun({ text: printableText(subtitle), font: GOTHIC, size: 22 })],
          }),
        ]),
  ];
}

function cover({ number, date, to, from, title, subtitle }: Paper): FileChild[] {
  return [
    ...(number === undefined ? [] : [line(number, AlignmentType.RIGHT)]),
    gap(400),
    ...(to === undefined ? [] : addressee(to)),
    gap(3000),
    ...(subtitle === undefined
      ? []
      : [
          new Paragraph({
            alignment: AlignmentType.CENTER,
            spacing: { after: 160 },
            children: [new TextRun({ text: printableText(subtitle), font: GOTHIC, size: 26 })],
          }),
        ]),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 3600 },
      children: [new TextRun({ text: printableText(title), font: GOTHIC, size: 48, bold: true })],
    }),
    new Paragraph({
      alignment: AlignmentType.CENTER,
      spacing: { after: 300 },
      children: [new TextRun({ text: eraDate(date), size: 26 })],
    }),
    ...(from === undefined ? [] : senderLines(from).map((text) => line(text, AlignmentType.CENTER, 24))),
    new Paragraph({ pageBreakBefore: true, spacing: { after: 0, ...leading(20) }, children: [] }),
  ];
}

function addressee({ organisation, office, honorific }: Addressee): Paragraph[] {
  return office === undefined
    ? [line(`${organisation}　${honorific}`, AlignmentType.LEFT)]
    : [line(organisation, AlignmentType.LEFT), line(`　${office}　${honorific}`, AlignmentType.LEFT)];
}

function sender(from: Sender): Paragraph[] {
  return senderLines(from).map((text) => line(text, AlignmentType.RIGHT));
}

function senderLines({ organisation, office, person, phoneNumber }: Sender): string[] {
  return [
    organisation,
    ...(office === undefined ? [] : [office]),
    ...(person === undefined ? [] : [`責任者　${person}`]),
    ...(phoneNumber === undefined ? [] : [`電話　${phoneNumber}`]),
  ];
}

function line(text: string, alignment: Alignment, size?: number): Paragraph {
  return new Paragraph({
    alignment,
    spacing: { after: 0 },
    children: [new TextRun({ text: printableText(text), ...(size !== undefined && { size }) })],
  });
}

function gap(after: number): Paragraph {
  return new Paragraph({ spacing: { before: 0, after, ...leading(240) }, children: [] });
}
