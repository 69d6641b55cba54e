import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DeskClient } from '../desk-client.js';
import { check, type Check } from './check.js';
import type { Evidence } from './evidence.js';
import type { EndOfDay } from './output.js';

interface Manifest {
  readonly setId: string;
  readonly files: readonly { readonly name: string; readonly sha256: string }[];
}

/** A row of `sessions_capacity.json`. */
interface FeedSession {
  readonly sessionCode: string;
  readonly capacity: number;
  readonly reserved: number;
}

/** The whole set below `feeds/`, each file as its manifest says, and its seats as the board has them. */
export async function feedsTieOut({ out, evidence }: EndOfDay, supervisor: DeskClient): Promise<Check[]> {
  const folder = join(out, 'feeds');
  mkdirSync(folder, { recursive: true });
  const manifest = await supervisor.download('/feeds/v1/manifest.json');
  writeFileSync(join(folder, 'manifest.json'), manifest.bytes);
  const { setId, files } = JSON.parse(manifest.bytes.toString()) as Manifest;
  const torn: string[] = [];
  let sessions: readonly FeedSession[] = [];
  for (const { name, sha256 } of files) {
    const { bytes } = await supervisor.download(`/feeds/v1/${name}?set=${setId}`);
    writeFileSync(join(folder, name), bytes);
    if (createHash('sha256').update(bytes).digest('hex') !== sha256) torn.push(name);
    else if (name === 'sessions_capacity.json') {
      sessions = (JSON.parse(bytes.toString()) as { rows: FeedSession[] }).rows;
    }
  }
  return [check('feeds-as-their-manifest', `${files.length} files`, torn), feedSeatsAsBoard(sessions, evidence)];
}

function feedSeatsAsBoard(feed: readonly FeedSession[], { board }: Pick<Evidence, 'board'>): Check {
  const rows = new Map(feed.map((row) => [row.sessionCode, row]));
  const wrong = board.flatMap(({ sessionCode, capacity, reserved }) => {
    const row = rows.get(sessionCode);
    if (row?.capacity === capacity && row.reserved === reserved) return [];
    return [`${sessionCode} has ${row?.reserved}/${row?.capacity} in the feed, not ${reserved}/${capacity}`];
  });
  return check('feed-seats-as-the-board', `${board.length} sessions`, wrong);
}
