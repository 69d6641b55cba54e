import type { Chart } from './chart.js';

/** What may stand in a cell of a document's table: numbers are printed by the kind of their column. */
export type PaperValue = string | number | null;

/** `percent` is a share from 0 to 1, printed as 83.3%; `date` is `YYYY-MM-DD`, printed in 和暦. */
export type PaperColumnKind = 'text' | 'integer' | 'decimal' | 'percent' | 'yen' | 'seconds' | 'date';

export interface PaperColumn {
  readonly header: string;
  /** `text` when missing. */
  readonly kind?: PaperColumnKind;
  /** Share of the table's width; 1 when missing. */
  readonly width?: number;
}

export interface PaperTable {
  readonly caption?: string;
  readonly columns: readonly PaperColumn[];
  readonly rows: readonly (readonly PaperValue[])[];
  /** The last row, ruled off. */
  readonly totals?: readonly PaperValue[];
  /** Printed in place of the rows when there are none; 該当なし when missing. */
  readonly empty?: string;
  /** Id of the query the numbers come from, printed under the table. (R050) */
  readonly source?: string;
  readonly note?: string;
}

/** One figure with its definition. (§5.1) */
export interface Kpi {
  readonly name: string;
  /** null is printed as ―: there was nothing to divide by. */
  readonly value: number | null;
  readonly kind: 'integer' | 'decimal' | 'percent' | 'yen' | 'seconds';
  /** 件, 通, 席 … after the number. */
  readonly unit?: string;
  readonly definition: string;
  readonly source?: string;
}

/** The query behind numbers: its id, what it asks, and the position it was asked at, so that it can be asked again. */
export interface Source {
  readonly id: string;
  readonly asks: string;
  readonly asOf?: string;
}

export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string; readonly align?: 'left' | 'center' | 'right' }
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly numbered?: boolean }
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [label: string, value: string])[] }
  | { readonly kind: 'table'; readonly table: PaperTable }
  | { readonly kind: 'chart'; readonly chart: Chart; readonly source?: string }
  | { readonly kind: 'kpis'; readonly kpis: readonly Kpi[] }
  | { readonly kind: 'sources'; readonly sources: readonly Source[] }
  | { readonly kind: 'box'; readonly label: string; readonly text?: string; readonly lines: number }
  | { readonly kind: 'signatures'; readonly titles: readonly string[] }
  | { readonly kind: 'space' }
  | { readonly kind: 'pageBreak' };

/** A document for the city: a title, who it is to and from, and what it says. */
export interface Paper {
  readonly title: string;
  readonly subtitle?: string;
  /** Document number, top right. */
  readonly number?: string;
  /** `YYYY-MM-DD`, printed in 和暦, top right. */
  readonly date: string;
  readonly to?: Addressee;
  readonly from?: Sender;
  readonly blocks: readonly Block[];
  /** Epoch milliseconds, in the properties; the same paper at the same instant is the same file, byte for byte. */
  readonly at: number;
  readonly landscape?: boolean;
  /** `cover`: title, addressee and sender have a page of their own. */
  readonly opening?: 'letterhead' | 'cover';
  /** `研修` and `デモ` databases print 見本 on every page. (§8.25) */
  readonly specimen?: boolean;
}

/** Who gets it. The city's office of the specification is `DIGITAL_PLANNING` in `addressee.ts`. (R056) */
export interface Addressee {
  readonly organisation: string;
  readonly office?: string;
  /** 様 for a person, 御中 for an office. */
  readonly honorific: '様' | '御中' | '宛';
}

/** Who hands it in. */
export interface Sender {
  readonly organisation: string;
  readonly office?: string;
  /** 責任者 or whoever signs. */
  readonly person?: string;
  readonly phoneNumber?: string;
}
