import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Caller } from './caller.js';
import { CallerSigner, CallerVerifier } from './caller-token.js';

const operator: Caller = { accountId: 'op-01', roles: ['operator'], handler: true };
let signer: CallerSigner;
let stranger: CallerSigner;
let verifier: CallerVerifier;

beforeAll(async () => {
  const [ours, theirs] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const pem = (key: typeof ours.privateKey) => key.export({ type: 'pkcs8', format: 'pem' }) as string;
  signer = await CallerSigner.open(pem(ours.privateKey));
  stranger = await CallerSigner.open(pem(theirs.privateKey));
  verifier = await CallerVerifier.open(ours.publicKey.export({ type: 'spki', format: 'pem' }) as string);
});
afterEach(() => {
  jest.useRealTimers();
});

/** The token with other words and the old signature. */
function altered(token: string, change: (payload: Record<string, unknown>) => void): string {
  const [header, payload, signature] = token.split('.') as [string, string, string];
  const words = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  change(words);
  return [header, Buffer.from(JSON.stringify(words)).toString('base64url'), signature].join('.');
}

describe("the gateway's word for a caller", () => {
  test('is believed as it was given, and again', async () => {
    const token = await signer.sign(operator);
    expect(await verifier.verify(token)).toEqual(operator);
    expect(await verifier.verify(token)).toEqual(operator);
  });

  test('is not believed from another key', async () => {
    expect(await verifier.verify(await stranger.sign(operator))).toBeUndefined();
  });

  test('is not believed with another role, account or designation written into it', async () => {
    const token = await signer.sign({ ...operator, handler: false });
    for (const change of [{ roles: ['manager'] }, { sub: 'sv-01' }, { handler: true }]) {
      expect(await verifier.verify(altered(token, (words) => Object.assign(words, change)))).toBeUndefined();
    }
    expect(await verifier.verify(token)).toEqual({ ...operator, handler: false });
  });

  test('is not believed unsigned', async () => {
    const [, payload] = (await signer.sign(operator)).split('.');
    const header = Buffer.from(JSON.stringify({ alg: 'none' })).toString('base64url');
    expect(await verifier.verify(`${header}.${payload}.`)).toBeUndefined();
    expect(await verifier.verify('')).toBeUndefined();
    expect(await verifier.verify('op-01')).toBeUndefined();
  });

  test('is good for a minute, also where it has been believed before', async () => {
    jest.useFakeTimers({ now: Date.now() });
    const [seen, unseen] = [await signer.sign(operator), await signer.sign({ ...operator, accountId: 'op-02' })];
    expect(await verifier.verify(seen)).toEqual(operator);
    jest.setSystemTime(Date.now() + 61_000);
    expect([await verifier.verify(seen), await verifier.verify(unseen)]).toEqual([undefined, undefined]);
  });
});
