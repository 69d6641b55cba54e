import { describe, test } from '@jest/globals';
import { specOf } from '#kernel/spec.js';
import type { DeskEvent } from '../desk/desk-events.js';
import type { LineFact } from '../queue-log/queue-line.js';
import { call } from './call.decider.js';
import type { Hours, Told } from './call.js';

const { given } = specOf(call);
const callId = '00000011-0000-4000-8000-000000000011';
const [amy, member] = ['00000021-0000-4000-8000-000000000021', '00000022-0000-4000-8000-000000000022'];
const start = Date.UTC(2025, 6, 11, 0, 30);
const at = (second: number) => new Date(start + second * 1_000).toISOString();
const hours = (instant: number): Hours => (instant < Date.UTC(2025, 6, 11, 7) ? {} : { outOfHours: true });

const told: Told = {
  ...{ source: 'screen', channel: 'telephone', receivedAt: at(12) },
  answer: { answeredAt: at(12), answeredBy: amy },
};
const screen: DeskEvent[] = [
  { type: 'CallTold', data: { callId, ...told } },
  { type: 'CallReceived', data: { callId, callRevision: 1, source: 'screen', channel: 'telephone', receivedAt: at(12) } }, // prettier-ignore
  { type: 'CallAnswered', data: { callId, callRevision: 2, answeredAt: at(12), answeredBy: amy } },
];
const ending = { closedAt: at(260), holdSeconds: 20, afterCallWorkSeconds: 40, transfers: 0, purpose: 'application', outcome: 'booked' } as const; // prettier-ignore
const closed: DeskEvent[] = [
  { type: 'CallTold', data: { callId, ...told, ending } },
  { type: 'CallClosed', data: { callId, callRevision: 3, ...ending } },
];

const second = start / 1_000;
const entered: LineFact = { at: second, queue: 'uketsuke', said: 'entered' };
const connected: LineFact = { at: second + 10, queue: 'uketsuke', said: 'connected', member, waitSeconds: 10 };
const completed: LineFact = { at: second + 210, queue: 'uketsuke', said: 'completed', waitSeconds: 10, talkSeconds: 200 }; // prettier-ignore
const heard = (...facts: LineFact[]): DeskEvent => ({ type: 'QueueLinesHeard', data: { callId, facts } });

describe('a call on the screen', () => {
  test('is received and answered at once: the screen opens when the receiver is lifted', () => {
    given()
      .when({ do: 'tell', callId, told, hours })
      .then(...screen);
  });

  test('told twice is told once', () => {
    given(...screen)
      .when({ do: 'tell', callId, told, hours })
      .thenNothing();
  });

  test('is closed with what it was about and what came of it', () => {
    given(...screen)
      .when({ do: 'close', callId, ending, hours })
      .then(...closed);
  });

  test('closed again is corrected, not counted again', () => {
    given(...screen, ...closed)
      .when({ do: 'close', callId, ending, hours })
      .thenNothing();
    const corrected = { ...ending, outcome: 'answered', category: 'venue' } as const;
    const { answer, ...arrival } = told;
    given(...screen, ...closed)
      .when({ do: 'close', callId, ending: corrected, hours })
      .then(
        { type: 'CallTold', data: { callId, ...told, ending: corrected } },
        { type: 'CallRestated', data: { callId, callRevision: 4, ...arrival, answer: answer!, ending: corrected } },
      );
  });

  test('that nobody received is not closed', () => {
    given().when({ do: 'close', callId, ending, hours }).thenRefuses('not-found');
  });

  test('struck counts nowhere, and is neither closed nor heard of again', () => {
    const struck: DeskEvent = { type: 'CallStruck', data: { callId, callRevision: 3, cause: 'mistaken' } };
    given(...screen).when({ do: 'strike', callId, cause: 'mistaken' }).then(struck); // prettier-ignore
    given(...screen, struck).when({ do: 'strike', callId, cause: 'mistaken' }).thenNothing(); // prettier-ignore
    given(...screen, struck).when({ do: 'close', callId, ending, hours }).thenRefuses('call-struck'); // prettier-ignore
  });
});

describe('a call seen by the screen and by the telephone system', () => {
  const { answer: _, ...arrival } = { ...told, receivedAt: at(0), queue: 'uketsuke' };
  test('is one call: waits and talks as the telephone system measured them, purposes as the operator said', () => {
    given(...screen, ...closed)
      .when({ do: 'hear', callId, facts: [entered, connected, completed], hours })
      .then(heard(entered, connected, completed), {
        type: 'CallRestated',
        data: {
          ...{ callId, callRevision: 4, ...arrival },
          answer: { answeredAt: at(10), waitSeconds: 10, answeredBy: amy },
          ending: { ...ending, talkSeconds: 180 },
        },
      });
  });

  test('is the same when the telephone system told first', () => {
    const first: DeskEvent[] = [
      heard(entered, connected, completed),
      { type: 'CallReceived', data: { callId, callRevision: 1, ...arrival, source: 'queueLog' } },
      { type: 'CallAnswered', data: { callId, callRevision: 2, answeredAt: at(10), waitSeconds: 10, answeredBy: member } }, // prettier-ignore
      { type: 'CallClosed', data: { callId, callRevision: 3, closedAt: at(210), talkSeconds: 200, transfers: 0 } },
    ];
    given(...first)
      .when({ do: 'tell', callId, told: { ...told, ending }, hours })
      .then(
        { type: 'CallTold', data: { callId, ...told, ending } },
        {
          type: 'CallRestated',
          data: {
            ...{ callId, callRevision: 4, ...arrival },
            answer: { answeredAt: at(10), waitSeconds: 10, answeredBy: amy },
            ending: { ...ending, talkSeconds: 180 },
          },
        },
      );
  });

  test('heard twice, it is heard once', () => {
    given(heard(entered)).when({ do: 'hear', callId, facts: [entered], hours }).thenNothing(); // prettier-ignore
  });
});

test('of a call whose beginning is in another file nothing is made up: its lines wait for the first one', () => {
  given()
    .when({ do: 'hear', callId, facts: [completed], hours })
    .then(heard(completed));
});

test.each([
  ['15:59:59 is in hours to its end', Date.UTC(2025, 6, 11, 6, 59, 59), undefined],
  ['16:00:00 is out of hours', Date.UTC(2025, 6, 11, 7), true],
] as const)('a call queued at %s', (_, instant, outOfHours) => {
  const late = { ...entered, at: instant / 1_000 };
  const arrival = { source: 'queueLog', channel: 'telephone', receivedAt: new Date(instant).toISOString(), queue: 'uketsuke' } as const; // prettier-ignore
  given()
    .when({ do: 'hear', callId, facts: [late], hours })
    .then(heard(late), {
      type: 'CallReceived',
      data: { callId, callRevision: 1, ...arrival, ...(outOfHours && { outOfHours }) },
    });
});
