// As far as the specs and the bench use it; it comes without types.
declare module 'xlsx-populate' {
  interface Cell {
    value(): unknown;
    value(value: string | number): Cell;
    formula(): string | undefined;
    style(name: string): unknown;
  }
  interface Sheet {
    name(): string;
    cell(address: string): Cell;
    cell(row: number, column: number): Cell;
    range(address: string): { value(): unknown[][] };
    row(number: number): { height(): number | undefined };
  }
  interface Workbook {
    sheet(name: string | number): Sheet;
    sheets(): Sheet[];
    outputAsync(): Promise<Buffer>;
  }
  const XlsxPopulate: { fromDataAsync(data: Uint8Array): Promise<Workbook> };
  export default XlsxPopulate;
}
