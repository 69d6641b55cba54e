import type { Lanes } from '../lane/lanes.js';
import type { Reaction } from '../subscription/subscriber.js';
import { on } from './small-session.js';

/** A reaction that opens one invitation, in a log of its own, for everybody who has got a seat. */
export function invitations(
  lanes: () => Lanes,
  around: (send: () => Promise<void>, person: string) => Promise<void> = (send) => send(),
): Reaction {
  return {
    kind: 'reaction',
    name: 'invitations',
    sources: ['reservations'],
    react: async ({ type, data }, commandId) => {
      if (type !== 'Reserved') return;
      const { person } = data as { person: string };
      await around(async () => {
        await lanes().submit(on(person, { do: 'open', capacity: 1 }, { commandId }));
      }, person);
    },
  };
}
