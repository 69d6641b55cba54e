import { packFile, zipPieces } from '../zip/zip-writer.js';

// A template as a city office hands it over, written by hand part by part: heading over two rows, one ruled row, a total
// under it, merged cells in the row, a choice, colours by condition, a filter, a chart of the list, a shape and a note
// beside it, a print area, titles, page breaks, ふりがな, rich text, a formula that Excel wrote once for many cells.

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const X14 = 'http://schemas.microsoft.com/office/spreadsheetml/2009/9/main';

/** Rows ruled in advance. The list begins in row 7; under it are a total and a note. */
export interface CityTemplateOptions {
  readonly ruled?: number;
  /** Parts put in place of those that are there, or besides them. */
  readonly parts?: Readonly<Record<string, string>>;
  /** Changes the list's sheet. */
  readonly sheet?: (xml: string) => string;
}

export function cityTemplate({ ruled = 1, parts = {}, sheet = (xml) => xml }: CityTemplateOptions = {}): Buffer {
  const all: Record<string, string> = { ...partsOf(ruled), ...parts };
  all['xl/worksheets/sheet1.xml'] = sheet(all['xl/worksheets/sheet1.xml']!);
  return Buffer.concat(zipPieces(Object.entries(all).map(([name, text]) => packFile(name, Buffer.from(text)))));
}

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

function partsOf(ruled: number): Record<string, string> {
  const last = 6 + ruled;
  const types: [string, string][] = [
    ['xl/workbook.xml', 'spreadsheetml.sheet.main'],
    ['xl/worksheets/sheet1.xml', 'spreadsheetml.worksheet'],
    ['xl/worksheets/sheet2.xml', 'spreadsheetml.worksheet'],
    ['xl/styles.xml', 'spreadsheetml.styles'],
    ['xl/sharedStrings.xml', 'spreadsheetml.sharedStrings'],
    ['xl/calcChain.xml', 'spreadsheetml.calcChain'],
    ['xl/comments1.xml', 'spreadsheetml.comments'],
    ['xl/drawings/drawing1.xml', 'drawing'],
    ['xl/charts/chart1.xml', 'drawingml.chart'],
  ];
  return {
    '[Content_Types].xml': `${head}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="vml" ContentType="application/vnd.openxmlformats-officedocument.vmlDrawing"/>${types
      .map(
        ([path, type]) =>
          `<Override PartName="/${path}" ContentType="application/vnd.openxmlformats-officedocument.${type}+xml"/>`,
      )
      .join('')}</Types>`,
    '_rels/.rels': relationships([['rId1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/_rels/workbook.xml.rels': relationships([
      ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
      ['rId2', 'worksheet', 'worksheets/sheet2.xml'],
      ['rId3', 'styles', 'styles.xml'],
      ['rId4', 'sharedStrings', 'sharedStrings.xml'],
      ['rId5', 'calcChain', 'calcChain.xml'],
    ]),
    'xl/workbook.xml': `${head}<workbook xmlns="${MAIN}" xmlns:r="${R}"><bookViews><workbookView activeTab="0"/></bookViews><sheets><sheet name="名簿 様式" sheetId="1" r:id="rId1"/><sheet name="集計" sheetId="2" r:id="rId2"/></sheets><definedNames><definedName name="_xlnm._FilterDatabase" localSheetId="0" hidden="1">'名簿 様式'!$A$6:$G$${last}</definedName><definedName name="_xlnm.Print_Area" localSheetId="0">'名簿 様式'!$A$1:$G$${last + 2}</definedName><definedName name="_xlnm.Print_Titles" localSheetId="0">'名簿 様式'!$5:$6</definedName><definedName name="会場">'名簿 様式'!$B$2</definedName><definedName name="開催日">'名簿 様式'!$B$3</definedName><definedName name="定員">'名簿 様式'!$F$3</definedName></definedNames><calcPr calcId="191029"/></workbook>`,
    'xl/worksheets/sheet1.xml': listSheet(ruled),
    'xl/worksheets/_rels/sheet1.xml.rels': relationships([
      ['rId1', 'drawing', '../drawings/drawing1.xml'],
      ['rId2', 'vmlDrawing', '../drawings/vmlDrawing1.vml'],
      ['rId3', 'comments', '../comments1.xml'],
    ]),
    'xl/worksheets/sheet2.xml': `${head}<worksheet xmlns="${MAIN}"><sheetData><row r="1"><c r="A1" t="s"><v>13</v></c><c r="B1"><f>SUBTOTAL(103,'名簿 様式'!$C$7:$C$${last})</f><v>0</v></c></row></sheetData></worksheet>`,
    'xl/styles.xml': STYLES,
    'xl/sharedStrings.xml': SHARED_STRINGS,
    'xl/calcChain.xml': `${head}<calcChain xmlns="${MAIN}"><c r="B${last + 1}" i="1"/></calcChain>`,
    'xl/comments1.xml': `${head}<comments xmlns="${MAIN}"><authors><author>市</author></authors><commentList><comment ref="B${last + 1}" authorId="0"><text><t>人数の控え</t></text></comment></commentList></comments>`,
    'xl/drawings/vmlDrawing1.vml': `<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"><v:shape type="#_x0000_t202"><x:ClientData ObjectType="Note"><x:Anchor>3, 10, ${last}, 2, 5, 10, ${last + 3}, 4</x:Anchor><x:Row>${last}</x:Row><x:Column>1</x:Column></x:ClientData></v:shape></xml>`,
    'xl/drawings/drawing1.xml': drawing(last),
    'xl/drawings/_rels/drawing1.xml.rels': relationships([['rId1', 'chart', '../charts/chart1.xml']]),
    'xl/charts/chart1.xml': `${head}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><c:chart><c:plotArea><c:layout/><c:barChart><c:barDir val="col"/><c:grouping val="clustered"/><c:ser><c:idx val="0"/><c:order val="0"/><c:val><c:numRef><c:f>'名簿 様式'!$A$7:$A$${last}</c:f></c:numRef></c:val></c:ser><c:axId val="1"/><c:axId val="2"/></c:barChart><c:catAx><c:axId val="1"/><c:scaling/><c:delete val="0"/><c:axPos val="b"/><c:crossAx val="2"/></c:catAx><c:valAx><c:axId val="2"/><c:scaling/><c:delete val="0"/><c:axPos val="l"/><c:crossAx val="1"/></c:valAx></c:plotArea></c:chart></c:chartSpace>`,
  };
}

/** A..G: No, 受付番号, 姓, 名, 電話番号, 備考 (over F and G). */
function listSheet(ruled: number): string {
  const last = 6 + ruled;
  const row = (number: number) => {
    const formula =
      ruled === 1
        ? '<f>ROW()-6</f>'
        : number === 7
          ? `<f t="shared" ref="A7:A${last}" si="0">ROW()-6</f>`
          : '<f t="shared" si="0"/>';
    const cells = ['B', 'C', 'D', 'E', 'F', 'G'].map((column) => `<c r="${column}${number}" s="3"/>`).join('');
    return `<row r="${number}" ht="27" customHeight="1"><c r="A${number}" s="3">${formula}<v>${number - 6}</v></c>${cells}</row>`;
  };
  const rows = Array.from({ length: ruled }, (_, index) => row(7 + index)).join('');
  const merges = [
    'A1:G1',
    'A5:A6',
    'B5:B6',
    'C5:D5',
    'E5:E6',
    'F5:G6',
    ...Array.from({ length: ruled }, (_, index) => `F${7 + index}:G${7 + index}`),
  ];
  const s = (r: string, style: number, index: number) => `<c r="${r}" s="${style}" t="s"><v>${index}</v></c>`;
  return `${head}<worksheet xmlns="${MAIN}" xmlns:r="${R}" xmlns:x14="${X14}" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:G${last + 2}"/><sheetViews><sheetView tabSelected="1" workbookViewId="0"><pane ySplit="6" topLeftCell="A7" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="1" width="6"/><col min="2" max="7" width="15"/></cols><sheetData><row r="1" ht="30" customHeight="1">${s('A1', 1, 0)}</row><row r="2">${s('A2', 0, 1)}<c r="B2" s="0"/></row><row r="3">${s('A3', 0, 2)}<c r="B3" s="4"/>${s('E3', 0, 3)}</row><row r="5">${s('A5', 2, 4)}${s('B5', 2, 5)}${s('C5', 2, 6)}<c r="D5" s="2"/>${s('E5', 2, 7)}${s('F5', 2, 8)}<c r="G5" s="2"/></row><row r="6"><c r="A6" s="2"/><c r="B6" s="2"/>${s('C6', 2, 9)}${s('D6', 2, 10)}<c r="E6" s="2"/><c r="F6" s="2"/><c r="G6" s="2"/></row>${rows}<row r="${last + 1}">${s(`A${last + 1}`, 0, 11)}<c r="B${last + 1}"><f>SUBTOTAL(103,C7:C${last})</f><v>0</v></c></row><row r="${last + 2}">${s(`A${last + 2}`, 0, 12)}</row></sheetData><autoFilter ref="A6:G${last}"/><mergeCells count="${merges.length}">${merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells><conditionalFormatting sqref="A7:G${last}"><cfRule type="expression" dxfId="0" priority="1"><formula>LEN($F7)&gt;0</formula></cfRule></conditionalFormatting><dataValidations count="1"><dataValidation type="list" allowBlank="1" sqref="G7${ruled === 1 ? '' : `:G${last}`}"><formula1>"○,×"</formula1></dataValidation></dataValidations><printOptions horizontalCentered="1"/><pageMargins left="0.5" right="0.5" top="0.7" bottom="0.7" header="0.3" footer="0.3"/><pageSetup paperSize="9" fitToHeight="0"/><headerFooter><oddFooter>&amp;L{{開催コード}} {{版}}&amp;R&amp;P/&amp;N</oddFooter></headerFooter><rowBreaks count="1" manualBreakCount="1"><brk id="${last + 1}" max="16383" man="1"/></rowBreaks><drawing r:id="rId1"/><legacyDrawing r:id="rId2"/><extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}"><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" priority="2" id="{1}"><xm:f>$A7&gt;100</xm:f></x14:cfRule><xm:sqref>A7:A${last}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst></worksheet>`;
}

/** A chart below the list and a shape beside it. */
function drawing(last: number): string {
  const a = 'http://schemas.openxmlformats.org/drawingml/2006/main';
  const anchor = (from: number, to: number, column: number, inside: string) =>
    `<xdr:twoCellAnchor><xdr:from><xdr:col>${column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${from}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>${column + 3}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>${to}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>${inside}<xdr:clientData/></xdr:twoCellAnchor>`;
  const chart = `<xdr:graphicFrame macro=""><xdr:nvGraphicFramePr><xdr:cNvPr id="2" name="グラフ"/><xdr:cNvGraphicFramePr/></xdr:nvGraphicFramePr><xdr:xfrm><a:off x="0" y="0"/><a:ext cx="0" cy="0"/></xdr:xfrm><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" r:id="rId1"/></a:graphicData></a:graphic></xdr:graphicFrame>`;
  const shape = `<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="3" name="注意"/><xdr:cNvSpPr/></xdr:nvSpPr><xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="900000" cy="300000"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>取扱注意</a:t></a:r></a:p></xdr:txBody></xdr:sp>`;
  return `${head}<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" xmlns:a="${a}" xmlns:r="${R}">${anchor(last + 2, last + 12, 0, chart)}${anchor(0, 2, 8, shape)}</xdr:wsDr>`;
}

function relationships(all: readonly (readonly [id: string, type: string, target: string])[]): string {
  return `${head}<Relationships xmlns="${PACKAGE}/relationships">${all
    .map(([id, type, target]) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"/>`)
    .join('')}</Relationships>`;
}

const TEXTS = [
  '<r><rPr><b/><sz val="16"/></rPr><t xml:space="preserve">予約者リスト </t></r><r><rPr><sz val="12"/></rPr><t>{{期}}</t></r><rPh sb="0" eb="3"><t>ヨヤクシャ</t></rPh>',
  '<t>会場</t>',
  '<t>開催日</t>',
  '<t>定員</t>',
  '<t>№</t>',
  '<t>受付番号</t><rPh sb="0" eb="4"><t>ウケツケバンゴウ</t></rPh>',
  '<t>氏名</t>',
  '<t>電話番号（連絡先）</t>',
  '<t>備　考</t>',
  '<t>姓</t>',
  '<t>名</t>',
  '<t>計</t>',
  '<t>※ 講座「{{講座名}}」の受付でのみ使用してください。</t>',
  '<t>予約者数</t>',
];

const SHARED_STRINGS = `${head}<sst xmlns="${MAIN}" count="${TEXTS.length}" uniqueCount="${TEXTS.length}">${TEXTS.map((text) => `<si>${text}</si>`).join('')}</sst>`;

const THIN = ['left', 'right', 'top', 'bottom'].map((edge) => `<${edge} style="thin"/>`).join('');

/** 0 plain, 1 title, 2 heading, 3 ruled text, 4 a date in 和暦. */
const STYLES = `${head}<styleSheet xmlns="${MAIN}"><numFmts count="1"><numFmt numFmtId="176" formatCode="[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts><fonts count="2"><font><sz val="11"/><name val="游ゴシック"/></font><font><b/><sz val="16"/><name val="游ゴシック"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="2"><border/><border>${THIN}</border></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="5"><xf/><xf fontId="1" applyFont="1"/><xf borderId="1" applyBorder="1"/><xf numFmtId="49" borderId="1" applyBorder="1" applyNumberFormat="1"/><xf numFmtId="176" applyNumberFormat="1"/></cellXfs><dxfs count="1"><dxf><fill><patternFill><bgColor rgb="FFFFF4CC"/></patternFill></fill></dxf></dxfs></styleSheet>`;
