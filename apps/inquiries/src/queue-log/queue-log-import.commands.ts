import type { Call } from '#contracts/access/call.js';
import type { QueueLogFile } from './queue-log-file.js';

/** Takes in what a file of the telephone system tells and was not known. */
export class ImportQueueLog {
  constructor(
    readonly call: Call,
    readonly file: QueueLogFile,
    /** Of the file and the queues it was read for. */
    readonly digest: string,
  ) {}
}
