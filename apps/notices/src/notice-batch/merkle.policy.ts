import { createHash } from 'node:crypto';

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/**
 * One hash over digests in their order: none can be added, taken out, changed or moved without another root. Leaves and
 * nodes are told apart, and an odd one goes up as it is, so that no two lists share a root. (RFC 9162 §2.1)
 * @param digests hexadecimal, 64 digits each; at least one
 */
export function merkleRoot(digests: readonly string[]): string {
  let level = digests.map((digest) => hashOf(LEAF, Buffer.from(digest, 'hex')));
  if (level.length === 0) throw new Error('There is no root over nothing.');
  while (level.length > 1) {
    const above: Buffer[] = [];
    for (let i = 0; i < level.length; i += 2) {
      const right = level[i + 1];
      above.push(right === undefined ? level[i]! : hashOf(NODE, level[i]!, right));
    }
    level = above;
  }
  return level[0]!.toString('hex');
}

function hashOf(...parts: readonly Buffer[]): Buffer {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
}
