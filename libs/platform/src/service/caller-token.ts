import { importPKCS8, importSPKI, jwtVerify, SignJWT, type CryptoKey } from 'jose';
import { ROLES } from '#contracts/access/roles.js';
import { z } from 'zod';
import type { Caller } from './caller.js';

const ALGORITHM = 'EdDSA';
const ISSUER = 'uketsuke-gateway';
/** Seconds that a token is good for: long enough for clocks of one office, too short to be worth stealing. */
const GOOD_FOR = 60;
/** Tokens remembered by a service; one caller sends the same for half a minute. */
const REMEMBERED = 2_000;

const claims = z.object({
  sub: z.string().min(1),
  exp: z.number(),
  roles: z.array(z.enum(ROLES)),
  handler: z.boolean(),
});

/** The gateway's word for a caller: an Ed25519 signature, so that a service can check it and cannot give it. */
export class CallerSigner {
  private constructor(private readonly key: CryptoKey) {}

  /** @param pkcs8 PEM of the private key */
  static async open(pkcs8: string): Promise<CallerSigner> {
    return new CallerSigner(await importPKCS8(pkcs8, ALGORITHM));
  }

  sign({ accountId, roles, handler }: Caller): Promise<string> {
    return new SignJWT({ roles, handler })
      .setProtectedHeader({ alg: ALGORITHM })
      .setIssuer(ISSUER)
      .setSubject(accountId)
      .setExpirationTime(`${GOOD_FOR}s`)
      .sign(this.key);
  }
}

/** The other side: only what the gateway signed in the last minute is believed. */
export class CallerVerifier {
  private readonly known = new Map<string, { readonly caller: Caller; readonly until: number }>();

  private constructor(private readonly key: CryptoKey) {}

  /** @param spki PEM of the public key */
  static async open(spki: string): Promise<CallerVerifier> {
    return new CallerVerifier(await importSPKI(spki, ALGORITHM));
  }

  /** The caller, or undefined when the token is forged, altered, out of date or no token. */
  async verify(token: string): Promise<Caller | undefined> {
    const known = this.known.get(token);
    if (known !== undefined && Date.now() < known.until) return known.caller;
    this.known.delete(token);
    try {
      const { payload } = await jwtVerify(token, this.key, { algorithms: [ALGORITHM], issuer: ISSUER });
      const { sub, exp, roles, handler } = claims.parse(payload);
      const caller: Caller = { accountId: sub, roles, handler };
      if (this.known.size >= REMEMBERED) this.known.delete(this.known.keys().next().value!);
      this.known.set(token, { caller, until: exp * 1_000 });
      return caller;
    } catch {
      return undefined;
    }
  }
}
