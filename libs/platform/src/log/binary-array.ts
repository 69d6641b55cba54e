/** Types whose arrays are written here, by the names that statements cast to. */
export type ElementType = 'boolean' | 'integer' | 'bigint' | 'text' | 'jsonb' | 'uuid' | 'bytea';

export type Element = string | number | boolean | Uint8Array | null;

/** How PostgreSQL sends and takes one value of a type in binary. */
interface Binary {
  readonly oid: number;
  size(value: never): number;
  /** Writes at a place that has room for `size(value)`. */
  put(into: Buffer, value: never, at: number): void;
}

const BINARY: Readonly<Record<ElementType, Binary>> = {
  boolean: { oid: 16, size: () => 1, put: (into, value: boolean, at) => into.writeInt8(value ? 1 : 0, at) },
  integer: { oid: 23, size: () => 4, put: (into, value: number, at) => into.writeInt32BE(value, at) },
  bigint: { oid: 20, size: () => 8, put: putBigint },
  text: { oid: 25, size: Buffer.byteLength, put: (into, value: string, at) => into.write(value, at) },
  jsonb: { oid: 3802, size: (value: string) => 1 + Buffer.byteLength(value), put: putJsonb },
  uuid: { oid: 2950, size: () => 16, put: putUuid },
  bytea: {
    oid: 17,
    size: (value: Uint8Array) => value.length,
    put: (into, value: Uint8Array, at) => into.set(value, at),
  },
};

export function isElementType(type: string): type is ElementType {
  return type in BINARY;
}

/** Dimensions, whether there are nulls, the type of the elements; then length and lower bound of the one dimension. */
const HEADER = 20;

/**
 * An array as PostgreSQL takes it in binary, a list of bytes being what makes node-postgres say so. node-postgres would
 * write text and escape every element by two regular expressions, and PostgreSQL read it back sign by sign: for a flush
 * of fifty commands that costs more than deciding them.
 *
 * @throws RangeError for a number that the type does not hold; TypeError for what is no uuid
 */
export function binaryArray(type: ElementType, values: readonly Element[]): Buffer {
  const { oid, size, put } = BINARY[type];
  // the length of a text is only known by reading it: each is asked once
  const sizes = values.map((value) => (value === null ? 0 : size(value as never)));
  let length = HEADER + 4 * values.length;
  for (const taken of sizes) length += taken;
  const bytes = Buffer.allocUnsafe(length);
  bytes.writeInt32BE(1, 0);
  bytes.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  bytes.writeInt32BE(oid, 8);
  bytes.writeInt32BE(values.length, 12);
  bytes.writeInt32BE(1, 16);
  let at = HEADER;
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as Element;
    const taken = sizes[i]!;
    bytes.writeInt32BE(value === null ? -1 : taken, at);
    if (value !== null) put(bytes, value as never, at + 4);
    at += 4 + taken;
  }
  return bytes;
}

const NOT_A_DIGIT = 16;
const TWO_TO_32 = 2 ** 32;

/** Exact for every safe integer, and without the detour over a BigInt. */
function putBigint(into: Buffer, value: number, at: number): void {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is no integer that a number can hold exactly.`);
  into.writeInt32BE(Math.floor(value / TWO_TO_32), at);
  into.writeUInt32BE(((value % TWO_TO_32) + TWO_TO_32) % TWO_TO_32, at + 4);
}

/** The first byte is the version of the form: the text of the value. */
function putJsonb(into: Buffer, value: string, at: number): void {
  into[at] = 1;
  into.write(value, at + 1);
}

const DIGIT = Uint8Array.from({ length: 128 }, (_, code) => {
  const digit = parseInt(String.fromCharCode(code), 16);
  return Number.isNaN(digit) ? NOT_A_DIGIT : digit;
});

function putUuid(into: Buffer, value: string, at: number): void {
  if (value.length !== 36) throw noUuid();
  let read = 0;
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) read += 1;
    const high = DIGIT[value.charCodeAt(read)] ?? NOT_A_DIGIT;
    const low = DIGIT[value.charCodeAt(read + 1)] ?? NOT_A_DIGIT;
    if (high > 15 || low > 15) throw noUuid();
    into[at + i] = high * 16 + low;
    read += 2;
  }
}

function noUuid(): TypeError {
  return new TypeError('This is no uuid: 32 hexadecimal digits in five groups.');
}
