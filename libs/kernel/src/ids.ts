import { createHash, randomUUID } from 'node:crypto';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** A lower-case uuid of any version. */
export function isUuid(value: string): boolean {
  return UUID.test(value);
}

/** A fresh random id. */
export function newId(): string {
  return randomUUID();
}

/** RFC 9562 version 5: the same parts give the same id everywhere. Parts are joined by NUL, so `a,bc` is not `ab,c`. */
export function idFrom(namespace: string, ...parts: readonly string[]): string {
  const hash = createHash('sha1');
  hash.update(Buffer.from(namespace.replaceAll('-', ''), 'hex'));
  hash.update(parts.join('\0'));
  const bytes = hash.digest().subarray(0, 16);
  bytes[6] = (bytes[6]! & 0x0f) | 0x50;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
