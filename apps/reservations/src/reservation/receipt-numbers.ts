import { Inject, Injectable } from '@nestjs/common';
import { Rows } from '#platform/hosting/rows.js';

/** Numbers drawn from the database at once; what a stop leaves over is never given. */
const BLOCK = 100;
const SPACE = 10_000_000;
/** Prime to the space: every number once, and neighbours look nothing alike. */
const STEP = 7_368_787;
const START = 2_718_281;

/** Damm's quasigroup of order 10: finds every single wrong digit and every swap of two neighbours. */
const DAMM = [
  '0317598642',
  '7092154863',
  '4206871359',
  '1750983426',
  '6123045978',
  '3674209581',
  '5869720134',
  '8945362017',
  '9438617205',
  '2581436790',
];

/**
 * Receipt numbers (受付番号): eight digits that can be said on the telephone, in two groups of four, the last one a check.
 * Unique without asking anybody: a counter in the database, scattered.
 */
@Injectable()
export class ReceiptNumbers {
  private next = 0;
  private end = 0;
  private drawing: Promise<void> | undefined;

  constructor(@Inject(Rows) private readonly rows: Rows) {}

  async draw(): Promise<string> {
    while (this.next >= this.end) {
      this.drawing ??= this.drawBlock().finally(() => (this.drawing = undefined));
      await this.drawing;
    }
    return receiptNumber(this.next++);
  }

  private async drawBlock(): Promise<void> {
    const row = await this.rows.first<{ block: string }>(
      'receipt-block',
      `select nextval('receipt_number_block')::text as block`,
      [],
    );
    this.next = (Number(row!.block) - 1) * BLOCK;
    this.end = this.next + BLOCK;
  }
}

/** @param nth from 0 */
export function receiptNumber(nth: number): string {
  if (nth >= SPACE) throw new Error('All receipt numbers have been given.');
  const digits = String(Number((BigInt(nth) * BigInt(STEP) + BigInt(START)) % BigInt(SPACE))).padStart(7, '0');
  return digits + checkDigit(digits);
}

/**
 * As somebody says or types it: any width, with blanks or hyphens.
 * @returns undefined when the check digit shows that a digit was misheard
 */
export function readReceiptNumber(text: string): string | undefined {
  const digits = text.normalize('NFKC').replaceAll(/[\s-]|[‐−ー]/g, '');
  return /^\d{8}$/.test(digits) && checkDigit(digits) === '0' ? digits : undefined;
}

function checkDigit(digits: string): string {
  return [...digits].reduce((row, digit) => DAMM[Number(row)]![Number(digit)]!, '0');
}
