import { idFrom } from '#kernel/ids.js';

const NAMES = '5c2f9b1e-7d48-4e0a-8f36-b1a94d07c2e5';

/** Stands for an account in events: equal for the same one, and no name. */
export const actorIdOf = (accountId: string) => idFrom(NAMES, 'account', accountId);

/** A call of the telephone system; its unique id is that of the caller's channel. */
export const callIdOfLine = (lineId: string) => idFrom(NAMES, 'line', lineId);
