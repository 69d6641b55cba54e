const SEED = 0x9747b28c;
const M = 0x5bd1e995;
const R = 24;

/** Kafka's murmur2 over the UTF-8 bytes, as a signed 32-bit integer: the Java client's answer, bit for bit. */
export function murmur2(text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  const length = bytes.length;
  let h = SEED ^ length;
  let i = 0;
  for (; i + 4 <= length; i += 4) {
    let k = Math.imul(bytes.readInt32LE(i), M);
    k ^= k >>> R;
    h = Math.imul(h, M) ^ Math.imul(k, M);
  }
  const rest = length - i;
  if (rest === 3) h ^= bytes[i + 2]! << 16;
  if (rest >= 2) h ^= bytes[i + 1]! << 8;
  if (rest >= 1) h = Math.imul(h ^ bytes[i]!, M);
  h ^= h >>> 13;
  h = Math.imul(h, M);
  return h ^ (h >>> 15);
}

/** The partition of a stream among `partitions`: fixed for the life of the log (design §3). */
export function partitionOf(stream: string, partitions: number): number {
  return (murmur2(stream) & 0x7fffffff) % partitions;
}
