import { Inject, Injectable } from '@nestjs/common';
import type { Call } from '#contracts/access/call.js';
import { AccessLog } from '#vault/access-log.js';
import { Desk } from '../desk/desk.js';
import { personStream } from '../desk/streams.js';
import { restrictionTable } from './person.row.js';
import { Persons } from './persons.js';

/** 照会制限: whoever asks after this person is sent to the supervisor. (§8.10) */
@Injectable()
export class Restriction {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(Persons) private readonly persons: Persons,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  async set(call: Call, personId: string, restricted: boolean) {
    await this.persons.one(personId);
    const { correlationId } = call.metadata;
    await this.accessLog.write({
      ...{ accountId: call.caller.accountId, action: 'restrict', purpose: 'inquiry-restriction', subjects: [personId] },
      outcome: restricted ? 'restricted' : 'released',
      ...(correlationId !== undefined && { correlationId }),
    });
    return this.desk.submit(call, {
      writes: [personStream(personId)],
      // No event: that somebody hides is nobody's business but the desk's
      decide: () => ({
        events: [],
        sides: [{ table: restrictionTable, key: { person_id: personId }, ...(restricted && { row: {} }) }],
        answer: { personId, restricted },
      }),
    });
  }
}
