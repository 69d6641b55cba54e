import * as z from 'zod';
import { defineEvent, type EventOf } from '../event-contract.js';
import { date, id, reference, revision, timeOfDay } from '../event-fields.js';

const count = z.int().min(0).max(99_999);
const seconds = z.int().min(0).max(10_000_000);

/**
 * When the carrier's report (着信課金の通信量) of a line and day was taken in; the last one of a day replaces those before.
 * 総呼数 = 入電 + 話中 + 時間外, printed apart: the busy calls stand only here. (§8.18)
 */
export const TrafficReported = defineEvent(
  'TrafficReported',
  z.strictObject({
    trafficId: id,
    trafficRevision: revision,
    date,
    /** As the carrier writes the number, or a name of the line. */
    line: reference,
    slots: z
      .array(
        z.strictObject({
          startsAt: timeOfDay,
          minutes: z.int().min(1).max(1_440),
          /** 着信: reached the desk's lines. */
          arrived: count,
          /** 話中: met a busy tone. */
          busy: count,
          /** The slot lies outside the reception hours: what arrived in it is 時間外. */
          outOfHours: z.exactOptional(z.literal(true)),
        }),
      )
      .min(1)
      .max(96),
  }),
);
export type TrafficReported = EventOf<typeof TrafficReported>;

/** When the queue_log told how long operators were logged in on a day, for 稼働率; the last one of a day replaces those before. */
export const SeatTimeReported = defineEvent(
  'SeatTimeReported',
  z.strictObject({
    seatTimeId: id,
    seatTimeRevision: revision,
    date,
    queue: z.string().regex(/^[\w.-]{1,60}$/),
    slots: z
      .array(
        z.strictObject({
          startsAt: timeOfDay,
          minutes: z.literal(30),
          loggedInSeconds: seconds,
          pausedSeconds: seconds,
        }),
      )
      .max(48),
  }),
);
export type SeatTimeReported = EventOf<typeof SeatTimeReported>;
