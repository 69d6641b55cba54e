import { rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { AccessHead } from './access-entry.js';
import { flushFolder, readIfThere, writeDraft } from './key-file.js';

/** @returns undefined when there is none yet @throws Error when it is no head */
export function readHeadFile(path: string): AccessHead | undefined {
  const content = readIfThere(path)?.toString();
  if (content === undefined) return undefined;
  const match = /^\{"n":(\d{1,15}),"hash":"([0-9a-f]{64})","at":"[^"]*"\}\n$/.exec(content);
  if (match === null) throw new Error(`The head file of the access log, ${path}, is not one.`);
  return { n: Number(match[1]), hash: match[2]! };
}

/** Whole or not at all. @param at when it was the head, epoch milliseconds */
export async function writeHeadFile(path: string, { n, hash }: AccessHead, at: number): Promise<void> {
  const content = `${JSON.stringify({ n, hash, at: new Date(at).toISOString() })}\n`;
  await rename(await writeDraft(path, content), path);
  await flushFolder(dirname(path));
}
