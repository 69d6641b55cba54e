import { appendFileSync } from 'node:fs';
import { describe } from '@jest/globals';
import type { TestKafka } from './test-servers.js';

/** The broker of the test run, started when the first test asks; or the reason why there is none here. */
export async function testKafka(): Promise<TestKafka> {
  const brokers = process.env['UKETSUKE_TEST_KAFKA'];
  if (brokers) return { brokers: brokers.split(',') };
  const skipped = process.env['UKETSUKE_TEST_KAFKA_SKIPPED'];
  if (skipped) return { skipped };
  const door = process.env['UKETSUKE_TEST_SERVERS'];
  if (!door) throw new Error('UKETSUKE_TEST_SERVERS is not set: run the tests through npm test.');
  const answer = await fetch(door);
  const text = await answer.text();
  if (!answer.ok) throw new Error(text);
  return JSON.parse(text) as TestKafka;
}

/** `describe` with a broker. Where none can run, its tests are counted as skipped and the reason is printed. To be awaited. */
export async function describeKafka(name: string, body: (brokers: string[]) => void): Promise<void> {
  const kafka = await testKafka();
  const brokers = 'brokers' in kafka ? kafka.brokers : [];
  describeUnless('skipped' in kafka ? kafka.skipped : undefined, name, () => body(brokers));
}

/** Skips loudly for a reason, and is a plain `describe` without one. */
export function describeUnless(reason: string | undefined, name: string, body: () => void): void {
  if (reason) {
    process.stderr.write(`SKIPPED "${name}": ${reason}\n`);
    const notes = process.env['UKETSUKE_SKIPS'];
    if (notes) appendFileSync(notes, `${name}: ${reason}\n`);
  }
  const block = reason ? describe.skip : describe;
  block(name, body);
}
