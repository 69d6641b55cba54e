import type { Call } from '#contracts/access/call.js';
import type { ScheduleFile } from './schedule-file.js';

/** Enters the city's list as a whole, or nothing of it. (R011) */
export class ImportSchedule {
  constructor(
    readonly call: Call,
    readonly termId: string,
    readonly file: ScheduleFile,
    /** The hash of the preview that was looked at. */
    readonly confirm: string | undefined,
    readonly agreementNumber: string | undefined,
  ) {}
}
