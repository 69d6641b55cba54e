import { describe, test } from '@jest/globals';
import { instantOf } from '#calendar/civil-time.js';
import { specOf } from '#kernel/spec.js';
import type { DeskEvent } from '../desk/desk-events.js';
import { inquiry, type Outcome } from './inquiry.decider.js';

const { given } = specOf(inquiry);
const [inquiryId, termId] = ['00000041-0000-4000-8000-000000000041', '00000001-0000-4000-8000-000000000001'];
const receivedAt = '2025-07-18T01:00:00.000Z';
const at = { inquiryId, termId, channel: 'telephone', receivedAt } as const;
const asked = { ...at, category: 'belongings', outcome: 'answered' } as const;
const recorded: DeskEvent = { type: 'InquiryRecorded', data: { ...asked, firstContactResolution: true } };
const tallied: DeskEvent = { type: 'InquiryTallied', data: { ...at, category: 'venue' } };
const undone: DeskEvent = { type: 'InquiryTallyUndone', data: { inquiryId } };

describe('an inquiry', () => {
  test.each<[Outcome, boolean]>([
    ['answered', true],
    ['referred', true],
    ['declined', true],
    ['callback', false],
    ['escalated', false],
    ['complaint', false],
  ])('that was %s is resolved at first contact: %s (R036)', (outcome, firstContactResolution) => {
    given()
      .when({ do: 'record', inquiry: { ...asked, outcome } })
      .then({ type: 'InquiryRecorded', data: { ...asked, outcome, firstContactResolution } });
  });

  test('gets another category, and the flag of what is handed over', () => {
    const correct = { do: 'correct', inquiryId, category: 'venue', handover: true } as const;
    const corrected: DeskEvent = { type: 'InquiryCorrected', data: { inquiryId, category: 'venue', handover: true } };
    given(recorded).when(correct).then(corrected);
    given(recorded, corrected).when(correct).thenNothing();
    given().when(correct).thenRefuses('not-found');
    given(tallied).when(correct).thenRefuses('not-found');
  });
});

describe('a tally', () => {
  test('counts with one key (R040)', () => {
    given()
      .when({ do: 'tally', tally: { ...at, category: 'venue' } })
      .then(tallied);
  });

  test('is taken back on its own day, once', () => {
    const now = instantOf('2025-07-18', '15:59');
    given(tallied).when({ do: 'undo', inquiryId, now }).then(undone);
    given(tallied, undone).when({ do: 'undo', inquiryId, now }).thenNothing();
  });

  test('of yesterday stays', () => {
    given(tallied)
      .when({ do: 'undo', inquiryId, now: instantOf('2025-07-19', '09:00') })
      .thenRefuses('tally-closed');
  });

  test('only a tally is taken back', () => {
    given(recorded).when({ do: 'undo', inquiryId, now: 0 }).thenRefuses('not-found');
    given().when({ do: 'undo', inquiryId, now: 0 }).thenRefuses('not-found');
  });
});
