import type { SideValue } from './side-table.js';

/**
 * PostgreSQL's text form of an array of numbers, booleans or uuids: nothing in it can need quoting. node-postgres would
 * escape every element by two regular expressions, which for a flush of fifty commands costs more than deciding them.
 */
export function plainArray(values: readonly (string | number | boolean | undefined)[]): string {
  return `{${values.join(',')}}`;
}

const ESCAPED = /["\\]/g;

/** PostgreSQL's text form of an array of any texts. */
export function textArray(values: readonly string[]): string {
  let text = '{';
  for (let i = 0; i < values.length; i++) text += `${i === 0 ? '"' : ',"'}${values[i]!.replace(ESCAPED, '\\$&')}"`;
  return `${text}}`;
}

/** PostgreSQL's text form of an array of bytes. */
export function bytesArray(values: readonly Uint8Array[]): string {
  return `{${values.map((bytes) => `"\\\\x${hexOf(bytes)}"`).join(',')}}`;
}

/** Of whatever a side row may hold; bytes are the heavy ones, and all of a column or none. */
export function sideArray(values: readonly SideValue[]): string | readonly SideValue[] {
  return values.every((value) => value instanceof Uint8Array) ? bytesArray(values as Uint8Array[]) : values;
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
}
