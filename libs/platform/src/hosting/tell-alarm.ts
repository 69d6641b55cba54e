import type { ServiceLog } from '../service/logging.js';
import type { Alarm } from '../subscription/alarms.js';

/** An alarm as a line of the log: its name and whose it is; the sentence is for those who ask the service. */
export function tellAlarm(log: ServiceLog, { name, of }: Alarm): void {
  log.error('An alarm was raised', { alarm: name, subscription: of });
}
