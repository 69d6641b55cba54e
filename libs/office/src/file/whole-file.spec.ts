import { spawn } from 'node:child_process';
import { mkdtemp, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { draftName, removeStaleDrafts, writeWhole } from './whole-file.js';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'uketsuke-whole-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

const RUN = `${process.pid}-1`;
/** Every write to it answers "no space left on device". */
const FULL_DISK = '/dev/full';

describe('a document', () => {
  test('is there whole, under its name, with its digest', async () => {
    const written = await writeWhole(folder, 'addresses.pdf', RUN, async (sink) => {
      await sink.write(Buffer.from('whole '));
      expect(await readdir(folder)).toEqual([`addresses.pdf.${RUN}.draft`]);
      await sink.write(Buffer.alloc(600_000, 'x'));
    });
    expect(await readdir(folder)).toEqual(['addresses.pdf']);
    expect((await readFile(join(folder, 'addresses.pdf'))).length).toBe(written.bytes);
    expect(written.sha256).toMatch(/^[0-9a-f]{64}$/);
  });

  test('that fails half way leaves the earlier one as it was', async () => {
    await writeFile(join(folder, 'addresses.pdf'), 'of yesterday');
    const failing = writeWhole(folder, 'addresses.pdf', RUN, async (sink) => {
      await sink.write(Buffer.alloc(600_000));
      throw new Error('half way');
    });
    await expect(failing).rejects.toThrow('half way');
    expect(await readdir(folder)).toEqual(['addresses.pdf']);
    expect(await readFile(join(folder, 'addresses.pdf'), 'utf8')).toBe('of yesterday');
  });

  test('on a full disk is refused in words, and nothing of it stays', async () => {
    const full = writeWhole(
      folder,
      'addresses.pdf',
      RUN,
      (sink) => sink.write(Buffer.alloc(300_000)),
      () => open(FULL_DISK, 'r+'),
    );
    await expect(full).rejects.toMatchObject({ slug: 'disk-full', kind: 'unavailable' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a draft', () => {
  test('of a process that was killed while it wrote is all that it left, and goes with the next run', async () => {
    const script = `
      import { writeWhole } from './libs/office/src/file/whole-file.ts';
      await writeWhole(${JSON.stringify(folder)}, 'notices.docx', process.pid + '-1', async (sink) => {
        await sink.write(Buffer.alloc(600_000));
        process.stdout.write('written');
        await new Promise((resolve) => setTimeout(resolve, 60_000));
      });`;
    const child = spawn(process.execPath, ['--import', './tools/source.js', '--input-type=module', '-e', script]);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    const [draft] = await readdir(folder);
    expect(draft).toBe(draftName('notices.docx', `${child.pid}-1`));
    await removeStaleDrafts(folder, 'notices', new Set());
    expect(await readdir(folder)).toEqual([draft]); // it is being written
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
    expect(await readdir(folder)).toEqual([draft]);
    await removeStaleDrafts(folder, 'notices', new Set());
    expect(await readdir(folder)).toEqual([]);
  });

  test('of another document, and one that this process is writing, stays', async () => {
    const names = [draftName('notices.docx', RUN), draftName('addresses.pdf', `${process.pid}-2`)];
    for (const name of names) await writeFile(join(folder, name), 'half');
    await removeStaleDrafts(folder, 'notices', new Set([RUN]));
    expect((await readdir(folder)).sort()).toEqual(names.toSorted());
    await removeStaleDrafts(folder, 'notices', new Set());
    expect(await readdir(folder)).toEqual([names[1]]);
  });
});
