import { xmlText } from '../text/printable-text.js';
import { FORMATS } from './cell-text.js';
import type { ColumnKind } from './sheet.js';

// The parts of an export beside its sheet, as Excel wants them at least. (ECMA-376 part 1, 12.3 and 18)

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
export const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const CONTENT = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const KINDS = Object.keys(FORMATS) as ColumnKind[];
/** Number of the style of a heading; those of the kinds follow. */
export const HEADING_STYLE = 1;
export const styleOf = (kind: ColumnKind): number => 2 + KINDS.indexOf(kind);
/** Below this number formats belong to Excel. */
const FIRST_FORMAT = 164;

/** What is the same whatever the rows are. */
export function fixedParts(): Record<string, string> {
  return {
    '[Content_Types].xml': `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${CONTENT}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${CONTENT}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${CONTENT}.styles+xml"/></Types>`,
    '_rels/.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${R}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    'xl/_rels/workbook.xml.rels': `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${R}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${R}/styles" Target="styles.xml"/></Relationships>`,
    'xl/styles.xml': styles(),
  };
}

/** @param area of the table, `A1:F3001` */
export function workbookPart(sheetName: string, area: string): string {
  const quoted = xmlText(`'${sheetName.replaceAll("'", "''")}'!`);
  const absolute = area.replaceAll(/([A-Z]+)(\d+)/g, '$$$1$$$2');
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${R}"><sheets><sheet name="${xmlText(sheetName)}" sheetId="1" r:id="rId1"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">${quoted}${absolute}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">${quoted}$1:$1</definedName></definedNames></workbook>`;
}

function styles(): string {
  const formats = KINDS.map(
    (kind, index) => `<numFmt numFmtId="${FIRST_FORMAT + index}" formatCode="${xmlText(FORMATS[kind])}"/>`,
  ).join('');
  const cells = KINDS.map(
    (_, index) =>
      `<xf numFmtId="${FIRST_FORMAT + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  ).join('');
  const font = '<sz val="10"/><name val="BIZ UDPゴシック"/><family val="3"/>';
  const edges = ['left', 'right', 'top', 'bottom']
    .map((edge) => `<${edge} style="thin"><color rgb="FF8A8F98"/></${edge}>`)
    .join('');
  return `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${KINDS.length}">${formats}</numFmts><fonts count="2"><font>${font}</font><font><b/>${font}</font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE8EEF6"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border>${edges}<diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="${2 + KINDS.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="0" fontId="1" fillId="2" borderId="1" xfId="0" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf>${cells}</cellXfs></styleSheet>`;
}
