import { EmbeddedFeed } from '#platform/feed/embedded-feed.js';
import type { Feed } from '#platform/feed/feed.js';

/** The log of this service, for the rows that are built from it; it need not travel to come home. */
export function openOwnFeed(service: string, databaseUrl: string): Feed {
  return new EmbeddedFeed(service, { url: databaseUrl, name: `${service}-own-feed` }, 'events');
}
