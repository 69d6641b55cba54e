import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { code, id, instant } from '../event-fields.js';

/** Stands for an account of the desk or the city; equal for the same one. */
const actorId = id;

/** By when the next step is taken, over reception hours; fixed here, so that a change of the rule changes no past. */
const dueAt = instant;

/** 起票: when the desk cannot answer by itself. What is asked is sealed, in the inquiries service. (R037) */
export const EscalationOpened = defineEvent(
  'EscalationOpened',
  z.strictObject({
    escalationId: id,
    /** 12 of 照会票 第12号. Drawn before the commit: one that was refused leaves a hole. */
    sheetNumber: z.int().min(1),
    termId: id,
    category: code,
    urgent: z.exactOptional(z.literal(true)),
    inquiryId: z.exactOptional(id),
    callId: z.exactOptional(id),
    reservationId: z.exactOptional(id),
    sessionId: z.exactOptional(id),
    complaintId: z.exactOptional(id),
    /** The caller waits for a call: name and telephone are sealed. */
    callbackWanted: z.boolean(),
    openedBy: actorId,
    /** 責任者確認 by then. */
    dueAt,
  }),
);
export type EscalationOpened = EventOf<typeof EscalationOpened>;

/** 責任者確認: when the 責任者 has taken it on. */
export const EscalationConfirmed = defineEvent(
  'EscalationConfirmed',
  z.strictObject({
    escalationId: id,
    confirmedBy: actorId,
    /** Asked of the city, or answered by the desk, by then. */
    dueAt,
  }),
);
export type EscalationConfirmed = EventOf<typeof EscalationConfirmed>;

/** 委託者照会中 (市へ確認中): when the 責任者 asked the city. */
export const EscalationSentToCity = defineEvent(
  'EscalationSentToCity',
  z.strictObject({
    escalationId: id,
    sentBy: actorId,
    means: z.enum(['inbox', 'telephone', 'paper']),
    /** Reminded then if no instruction has come. */
    dueAt,
  }),
);
export type EscalationSentToCity = EventOf<typeof EscalationSentToCity>;

/**
 * 指示受領: when it is known what to answer: the city instructed, or the 責任者 could tell without it. The words are sealed.
 */
export const EscalationAnswered = defineEvent(
  'EscalationAnswered',
  z.strictObject({
    escalationId: id,
    answeredBy: z.enum(['city', 'manager']),
    /** Who entered it: of the city by its inbox, else of the desk. */
    enteredBy: actorId,
    means: z.enum(['inbox', 'telephone', 'paper']),
    /** 折り返し by then, or closed where nobody waits. */
    dueAt,
  }),
);
export type EscalationAnswered = EventOf<typeof EscalationAnswered>;

/** 折り返し: when the caller was called. `told` and `toldFamily` end the waiting, the others are tried again. */
export const EscalationCalledBack = defineEvent(
  'EscalationCalledBack',
  z.strictObject({
    escalationId: id,
    attempt: z.int().min(1).max(99),
    result: z.enum(['absent', 'voicemail', 'told', 'toldFamily', 'wrongNumber']),
    calledBy: actorId,
  }),
);
export type EscalationCalledBack = EventOf<typeof EscalationCalledBack>;

/** 完了. `told`: the caller knows; `answered`: nobody waited; `unreachable` after attempts; `withdrawn`: no longer asked. */
export const EscalationClosed = defineEvent(
  'EscalationClosed',
  z.strictObject({
    escalationId: id,
    result: z.enum(['told', 'answered', 'unreachable', 'withdrawn']),
    closedBy: actorId,
  }),
);
export type EscalationClosed = EventOf<typeof EscalationClosed>;
