import { expect, test } from '@jest/globals';
import { leftAnswer } from '../rehearsal/left-answer.js';
import { Lifecycle } from './lifecycle.js';
import { ServiceLog } from './logging.js';
import { OpenStreams } from './sse.js';

test('a screen that left before its answer was opened is not kept for ever', async () => {
  const log = new ServiceLog({ service: 'spec', level: 'error' });
  const streams = new OpenStreams(new Lifecycle(log));
  streams.track({ raw: await leftAnswer() });
  expect(streams.count).toBe(0);
});
