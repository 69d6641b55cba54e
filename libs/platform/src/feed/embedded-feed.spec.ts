import { EmbeddedFeed } from './embedded-feed.js';
import { feedContract } from './feed.contract.js';
import { publishTypes } from '../log/event-log.js';
import { Wakeups } from '../wakeup/wakeups.js';

feedContract('embedded', async (log) => {
  await publishTypes(log.pool, ['Opened', 'Closed', 'Reserved', 'Cancelled']);
  const wakeups = new Wakeups({ url: log.url, name: 'rehearsal-wakeups' });
  await wakeups.open();
  const feeds: EmbeddedFeed[] = [];
  // A reader's view of the log in which some numbers are missing
  await log.pool.query(`
    create table lost (p integer, seq bigint);
    alter view published_events rename to all_published_events;
    create view published_events as select * from all_published_events where (p, seq) not in (select p, seq from lost)`);
  return {
    feed: () => {
      const feed = new EmbeddedFeed('reservations', { url: log.url, name: 'rehearsal-feed' });
      feeds.push(feed);
      return feed;
    },
    committed: () => wakeups.committed(),
    lose: async (p, seq) => {
      await log.pool.query('insert into lost values ($1, $2)', [p, seq]);
    },
    makeGood: async (p, seq) => {
      await log.pool.query('delete from lost where p = $1 and seq = $2', [p, seq]);
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
