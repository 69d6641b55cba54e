import { dateAt } from '#calendar/civil-time.js';
import type { InquiryRecorded, InquiryTallied } from '#contracts/inquiries/inquiry.events.js';
import type { Decider } from '#kernel/decider.js';
import { Refusal } from '#kernel/refusal.js';
import type { DeskEvent } from '../desk/desk-events.js';

export type Outcome = InquiryRecorded['data']['outcome'];
export type RecordedInquiry = Omit<InquiryRecorded['data'], 'firstContactResolution'>;

export type Inquiry =
  | { readonly stage: 'none' | 'undone' }
  | { readonly stage: 'recorded'; readonly recorded: InquiryRecorded['data'] }
  | { readonly stage: 'tallied'; readonly tallied: InquiryTallied['data'] };

export type InquiryCommand =
  | { readonly do: 'record'; readonly inquiry: RecordedInquiry }
  | { readonly do: 'tally'; readonly tally: InquiryTallied['data'] }
  /** @param now epoch milliseconds */
  | { readonly do: 'undo'; readonly inquiryId: string; readonly now: number }
  | { readonly do: 'correct'; readonly inquiryId: string; readonly category: string; readonly handover: boolean };

/** One question of a caller: written down with what came of it, or only counted. (R016, R040) */
export const inquiry: Decider<Inquiry, InquiryCommand, DeskEvent> = {
  initialState: { stage: 'none' },
  decide: (command, state) => {
    switch (command.do) {
      case 'record': {
        const firstContactResolution = isFirstContact(command.inquiry.outcome);
        return [{ type: 'InquiryRecorded', data: { ...command.inquiry, firstContactResolution } }];
      }
      case 'tally':
        return [{ type: 'InquiryTallied', data: command.tally }];
      case 'undo':
        return undo(command, state);
      case 'correct':
        return correct(command, state);
    }
  },
  evolve: (state, event) => {
    if (event.type === 'InquiryRecorded') return { stage: 'recorded', recorded: event.data };
    if (event.type === 'InquiryTallied') return { stage: 'tallied', tallied: event.data };
    if (event.type === 'InquiryTallyUndone') return { stage: 'undone' };
    if (event.type !== 'InquiryCorrected' || state.stage !== 'recorded') return state;
    const { category, handover } = event.data;
    const { handover: _, ...recorded } = state.recorded;
    return { ...state, recorded: { ...recorded, category, ...(handover && { handover }) } };
  },
};

/** 一次解決: the caller need not be called again, and nobody else is asked. (R036, requirements §5.1) */
export function isFirstContact(outcome: Outcome): boolean {
  return outcome === 'answered' || outcome === 'referred' || outcome === 'declined';
}

/** The day's figures are reported once the day is over, so a wrong key is taken back on its own day. */
function undo({ inquiryId, now }: Extract<InquiryCommand, { do: 'undo' }>, state: Inquiry): DeskEvent[] {
  if (state.stage === 'undone') return [];
  if (state.stage !== 'tallied') throw notFound();
  if (dateAt(Date.parse(state.tallied.receivedAt)) !== dateAt(now)) {
    throw new Refusal('tally-closed', 'conflict', 'A tally is taken back on the day it was counted.', { inquiryId });
  }
  return [{ type: 'InquiryTallyUndone', data: { inquiryId } }];
}

function correct(command: Extract<InquiryCommand, { do: 'correct' }>, state: Inquiry): DeskEvent[] {
  if (state.stage !== 'recorded') throw notFound();
  const { inquiryId, category, handover } = command;
  const { recorded } = state;
  if (recorded.category === category && (recorded.handover ?? false) === handover) return [];
  return [{ type: 'InquiryCorrected', data: { inquiryId, category, handover } }];
}

function notFound(): Refusal {
  return new Refusal('not-found', 'not-found', 'There is no such inquiry.');
}
