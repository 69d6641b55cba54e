import { createHmac } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/access/call.js';
import { idFrom } from '#kernel/ids.js';
import { KeyDirectory } from '#vault/key-directory.js';

const ACTORS = '5f0b6c0a-41a7-4c0c-8f6f-0b5d2d6d6a90';

/** What stands for an account in events: equal for the same one, and no name to whoever has no key. (§8.26) */
@Injectable()
export class Actors {
  constructor(@Inject(KeyDirectory) private readonly keys: KeyDirectory) {}

  idOf({ accountId }: Pick<Caller, 'accountId'>): string {
    const keyed = createHmac('sha256', this.keys.keyOf('command-body')).update(`actor\0${accountId}`).digest('hex');
    return idFrom(ACTORS, keyed);
  }
}
