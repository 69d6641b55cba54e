import { idFrom } from '#kernel/ids.js';

const NAMES = '5c2f9b1e-7d48-4e0a-8f36-b1a94d07c2e5';

export { actorIdOf } from '#contracts/access/actor.js';

/** A call of the telephone system; its unique id is that of the caller's channel. */
export const callIdOfLine = (lineId: string) => idFrom(NAMES, 'line', lineId);
