import { mkdir, open, readdir, readlink, rename, rm, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '#kernel/ids.js';
import type { FeedSet } from './feed-set.js';

/** Sets that stay beside the current one: whoever opened a file of the last set can still read its neighbours. */
const KEPT = 3;

/**
 * Writes a set as files: `sets/<setId>/…`, then `current` points to it, by one rename. Who reads through `current` has the whole old
 * set or the whole new one; a process killed in the middle leaves the old one. (§5.4)
 * @param folder for the export gate; made if it is not there
 */
export async function dropFeedSet(folder: string, { setId, files }: FeedSet): Promise<void> {
  const current = join(folder, 'current');
  const target = join('sets', setId);
  if ((await readlink(current).catch(() => undefined)) === target) return;
  const sets = join(folder, 'sets');
  const making = join(sets, `.${newId()}`);
  await mkdir(making, { recursive: true });
  try {
    for (const { name, content } of files.values()) await writeSynced(join(making, name), content);
    // The same set may have been current before
    await rm(join(folder, target), { recursive: true, force: true });
    await rename(making, join(folder, target));
  } finally {
    await rm(making, { recursive: true, force: true });
  }
  const link = join(folder, `.${newId()}`);
  await symlink(target, link);
  await rename(link, current);
  await forgetOld(sets, setId);
}

/** On the disk before the set is pointed to: after a power cut no file of it is empty. */
async function writeSynced(path: string, content: Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

async function forgetOld(sets: string, current: string): Promise<void> {
  const others = (await readdir(sets)).filter((name) => name !== current);
  // Left half made by a process that was killed
  const torn = others.filter((name) => name.startsWith('.'));
  const whole = others.filter((name) => !name.startsWith('.'));
  const ages = await Promise.all(whole.map(async (name) => ({ name, at: (await stat(join(sets, name))).mtimeMs })));
  const old = ages.toSorted((a, b) => b.at - a.at).slice(KEPT);
  for (const name of [...torn, ...old.map((one) => one.name)]) {
    await rm(join(sets, name), { recursive: true, force: true });
  }
}

/** Where sets are dropped; nowhere unless a folder was named. */
export class FeedFolder {
  constructor(readonly path: string | undefined) {}
}
