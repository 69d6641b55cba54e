import { Refusal } from '#kernel/refusal.js';
import { readQueueLine, type LineFact, type LineProblem, type QueueLine } from './queue-line.js';

/** A file of the telephone system as it was read: every line is in exactly one of these counts. */
export interface QueueLogFile {
  readonly lines: number;
  /** By the unique id of the caller's channel. */
  readonly calls: ReadonlyMap<string, readonly LineFact[]>;
  readonly staff: readonly Extract<QueueLine, { is: 'staff' }>[];
  readonly callLines: number;
  readonly otherLines: number;
  /** Lines of queues that are not the desk's. */
  readonly otherQueueLines: number;
  readonly unreadable: readonly { readonly line: number; readonly problem: LineProblem }[];
}

const MOST_LINES = 200_000;

/**
 * @param queues the desk's own; a line of another is counted and left alone
 * @throws Refusal `unreadable-file` when it is no text, or no line is one of a queue_log
 */
export function readQueueLog(content: Buffer, queues: readonly string[]): QueueLogFile {
  const texts = linesOf(content);
  const calls = new Map<string, LineFact[]>();
  const staff: Extract<QueueLine, { is: 'staff' }>[] = [];
  const unreadable: { line: number; problem: LineProblem }[] = [];
  let [callLines, otherLines, otherQueueLines] = [0, 0, 0];
  texts.forEach(({ text, whole }, i) => {
    if (text.trim() === '') return void otherLines++;
    const line = readQueueLine(text);
    // A last line without its end may have lost the end of its last number
    if (!whole && line.is !== 'unreadable') return void unreadable.push({ line: i + 1, problem: 'cutOff' });
    if (line.is === 'unreadable') return void unreadable.push({ line: i + 1, problem: line.problem });
    if (line.is === 'other') return void otherLines++;
    if (line.is === 'staff') {
      otherLines++;
      // those of all queues at once stand under NONE
      if (line.queue === 'NONE' || queues.includes(line.queue)) staff.push(line);
      return;
    }
    if (!queues.includes(line.fact.queue)) return void otherQueueLines++;
    callLines++;
    calls.set(line.lineId, [...(calls.get(line.lineId) ?? []), line.fact]);
  });
  if (callLines + otherLines + otherQueueLines === 0) {
    throw unreadableFile('No line of this file is one of a queue_log.');
  }
  return { lines: texts.length, calls, staff, callLines, otherLines, otherQueueLines, unreadable };
}

export function unreadableFile(message: string): Refusal {
  return new Refusal('unreadable-file', 'invalid', message);
}

function linesOf(content: Buffer): { readonly text: string; readonly whole: boolean }[] {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    // names of members or callers in another encoding; everything that is read is ASCII
    text = content.toString('latin1');
  }
  if (text.includes('\0')) throw unreadableFile('This is not a text file.');
  const parts = text.split(/\r?\n/);
  const last = parts.pop()!;
  const lines = parts.map((part) => ({ text: part, whole: true }));
  if (last !== '') lines.push({ text: last, whole: false });
  if (lines.length === 0) throw unreadableFile('The file is empty.');
  if (lines.length > MOST_LINES) throw unreadableFile(`Send at most ${MOST_LINES} lines at once.`);
  return lines;
}
