import { element, elements, type XmlElement } from './xml-tree.js';

// Numbers of formats that every Excel has, the Japanese ones among them (ECMA-376 part 1, 18.8.30).
const BUILT_IN_DATES = new Set([...range(14, 22), ...range(27, 36), ...range(45, 47), ...range(50, 58)]);

/** What a roster must know of the looks of cells. */
export class WorkbookStyles {
  private readonly dates = new Set<number>();
  private readonly ruled = new Set<number>();

  constructor(styles: XmlElement | undefined) {
    const codes = new Map(
      elements(element(styles, 'numFmts'), 'numFmt').map(({ attributes }) => [
        Number(attributes['numFmtId']),
        attributes['formatCode'] ?? '',
      ]),
    );
    const borders = elements(element(styles, 'borders'), 'border').map((border) =>
      elements(border).some(({ attributes }) => (attributes['style'] ?? 'none') !== 'none'),
    );
    elements(element(styles, 'cellXfs'), 'xf').forEach(({ attributes }, index) => {
      const format = Number(attributes['numFmtId'] ?? 0);
      if (BUILT_IN_DATES.has(format) || isDateCode(codes.get(format) ?? '')) this.dates.add(index);
      if (borders[Number(attributes['borderId'] ?? 0)] === true) this.ruled.add(index);
    });
  }

  /** Whether a cell of this style shows a number as a date or a time. */
  isDate(style: string | undefined): boolean {
    return this.dates.has(Number(style ?? 0));
  }

  /** Whether it has a rule at any edge. */
  isRuled(style: string | undefined): boolean {
    return this.ruled.has(Number(style ?? 0));
  }
}

/** `[$-411]ggge"年"m"月"d"日"` is one, `#,##0"日"` and `[Red]0` are none. */
function isDateCode(code: string): boolean {
  return /[ymdhge]/i.test(code.replaceAll(/"[^"]*"|\\.|\[[^\]]*\]|General/gi, ''));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}
