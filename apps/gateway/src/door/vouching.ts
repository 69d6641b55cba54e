import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#platform/service/caller.js';
import { CallerSigner } from '#platform/service/caller-token.js';

/** Half as long as a token is good for: a service must never get one that ends on its way. */
const RENEWED_AFTER_MS = 30_000;
const REMEMBERED = 2_000;

/** The gateway's word for a caller, signed once for half a minute of requests. A new role is a new word. */
@Injectable()
export class Vouching {
  private readonly words = new Map<string, { readonly word: Promise<string>; readonly until: number }>();

  constructor(@Inject(CallerSigner) private readonly signer: CallerSigner) {}

  wordFor(caller: Caller): Promise<string> {
    const { accountId, roles, handler } = caller;
    const key = JSON.stringify([accountId, roles, handler]);
    const known = this.words.get(key);
    if (known !== undefined && Date.now() < known.until) return known.word;
    this.words.delete(key);
    if (this.words.size >= REMEMBERED) this.words.delete(this.words.keys().next().value!);
    const word = this.signer.sign({ accountId, roles, handler });
    this.words.set(key, { word, until: Date.now() + RENEWED_AFTER_MS });
    return word;
  }
}
