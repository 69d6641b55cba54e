import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { Progress } from './progress.js';

/** As standard output is when its reader has gone: every word fails, and it is not closed by that. */
function output(code: string) {
  const words: string[] = [];
  const stream = new Writable({
    ...{ autoDestroy: false, decodeStrings: false },
    write(word: string, _encoding, done) {
      words.push(word);
      // What a stream keeps of its error is in the way of the next word
      this.emit('error', Object.assign(new Error(code), { code }));
      done();
    },
  });
  return { stream: stream as unknown as NodeJS.WriteStream, words };
}

test('work goes on in silence when nobody reads any more what it says', async () => {
  const { stream, words } = output('EPIPE');
  const progress = new Progress(stream);
  progress.say('Starting');
  progress.step('Stopping');
  await turn();
  expect(words).toEqual(['Starting\n', 'Stopping\n']);
});

test('another failure of the output is not kept quiet', () => {
  const progress = new Progress(output('ENOSPC').stream);
  expect(() => progress.say('Starting')).toThrow('ENOSPC');
});
