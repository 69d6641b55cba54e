import { Inject, Injectable } from '@nestjs/common';
import type { Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { Rows } from '#platform/hosting/rows.js';
import { currentCorrelationId } from '#platform/service/correlation.js';
import { AccessLog } from '#vault/access-log.js';

/** Whoever decides for the desk sees persons under 照会制限; operators do not. (§8.10) */
export function seesRestricted({ roles }: Caller): boolean {
  return roles.includes('supervisor') || roles.includes('manager');
}

/** Says nothing of the person, not even an id: the caller may be the one from whom they hide. */
export function handToSupervisor(): Refusal {
  return new Refusal('cannot-tell', 'forbidden', 'お答えできません。スーパーバイザーに引き継いでください。', {
    reason: 'restricted',
  });
}

/** 照会制限 at the doors that name a person or a reservation: operators hand the call to the supervisor. (§8.10) */
@Injectable()
export class HiddenPersons {
  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(AccessLog) private readonly accessLog: AccessLog,
  ) {}

  /** @throws Refusal `cannot-tell` */
  async refuse(caller: Caller, personId: string, purpose: string): Promise<void> {
    if (seesRestricted(caller)) return;
    const row = await this.rows.first<{ person_id: string }>(
      'restriction-of-person',
      'select person_id from person_restriction where person_id = $1',
      [personId],
    );
    if (row !== undefined) throw await this.refusal(caller, personId, purpose);
  }

  /** Writes the access log before the answer leaves (P11). */
  async refusal(caller: Caller, personId: string, purpose: string): Promise<Refusal> {
    const correlationId = currentCorrelationId();
    await this.accessLog.write({
      ...{ accountId: caller.accountId, action: 'disclose', purpose, subjects: [personId], outcome: 'restricted' },
      ...(correlationId !== undefined && { correlationId }),
    });
    return handToSupervisor();
  }
}
