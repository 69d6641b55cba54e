import { publishTypes } from '../log/event-log.js';
import { Wakeups } from '../wakeup/wakeups.js';
import { EmbeddedFeed } from './embedded-feed.js';
import { feedContract } from './feed.contract.js';

feedContract('embedded', async (log, source) => {
  await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
  const wakeups = new Wakeups({ url: log.url, name: 'rehearsal-wakeups' });
  await wakeups.open();
  const feeds: EmbeddedFeed[] = [];
  return {
    feed: () => {
      const feed = new EmbeddedFeed(source, { url: log.url, name: 'rehearsal-feed' });
      feeds.push(feed);
      return feed;
    },
    committed: () => wakeups.committed(),
    makeGood: async (p, seq) => {
      await log.findNumber(p, seq);
      wakeups.committed();
    },
    wipe: async () => {
      await log.loseEverything();
      wakeups.committed();
    },
    putBack: async () => {
      await log.findEverything();
      wakeups.committed();
    },
    storeWasRestored: async () => undefined,
    alarms: () => [],
    close: async () => {
      await Promise.all(feeds.map((feed) => feed.close()));
      await wakeups.close();
    },
  };
});
