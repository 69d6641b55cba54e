import { streamTypesIn } from '#platform/hosting/event-streams.js';
import { streamRef } from '#platform/lane/lane-command.js';
import { call } from '../call/call.decider.js';
import { deskDay } from '../desk-day/desk-day.decider.js';
import { importing } from '../queue-log/importing.decider.js';
import { deskEvents, type DeskEvent } from './desk-events.js';

// What is decided together, and under which name it stands in the log (design §4).

const streamType = streamTypesIn<DeskEvent>(deskEvents);

const calls = streamType('call', call);
const deskDays = streamType('desk-day', deskDay);
const imports = streamType('call-import', importing);

export const callStream = (callId: string) => streamRef(calls, callId);
export const deskDayStream = (date: string) => streamRef(deskDays, date);
/** One for all: files are taken in one after another. */
export const importStream = () => streamRef(imports, 'queue-log');
