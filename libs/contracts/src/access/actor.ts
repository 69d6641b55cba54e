import { idFrom } from '#kernel/ids.js';

const ACTORS = '5c2f9b1e-7d48-4e0a-8f36-b1a94d07c2e5';

/** Stands for an account in events: equal for the same one, in every service, and no name. */
export const actorIdOf = (accountId: string) => idFrom(ACTORS, 'account', accountId);
