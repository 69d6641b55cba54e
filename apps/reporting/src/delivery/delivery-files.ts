import { Inject, Injectable } from '@nestjs/common';
import { Refusal } from '#kernel/refusal.js';
import { HandoverRecords } from '../handover/handover-records.js';
import { RosterTemplates } from '../roster/roster-templates.js';
import { ROSTER_PURPOSE, Rosters } from '../roster/rosters.js';

/** A roster, all rosters of a term in one book, the important records of a term. */
export const DELIVERY_KINDS = ['session', 'term', 'handover'] as const;
type Kind = (typeof DELIVERY_KINDS)[number];

/** A document before it is sealed. */
export interface OpenFile {
  readonly document: Uint8Array;
  /** People or records in it. */
  readonly pieces: number;
  /** `asOf` that makes it again. */
  readonly position: string;
}

/** What can leave, made at the moment it leaves from whoever knows it; `subject` is `<kind>/<id>`. */
@Injectable()
export class DeliveryFiles {
  constructor(
    @Inject(Rosters) private readonly rosters: Rosters,
    @Inject(RosterTemplates) private readonly templates: RosterTemplates,
    @Inject(HandoverRecords) private readonly handover: HandoverRecords,
  ) {}

  /** @throws Refusal `not-found` when there is no such session or term */
  async mustExist(subject: string): Promise<void> {
    const { kind, id } = partsOf(subject);
    if (kind === 'handover') await this.handover.mustExist(id);
    else await this.rosters.mustExist(kind === 'term' ? { termId: id } : { sessionId: id });
  }

  /** @throws Refusal `not-found`, `nothing-to-hand-over`, `unavailable` when names or words cannot be had */
  async make(subject: string, callerToken: string | undefined): Promise<OpenFile> {
    const { kind, id } = partsOf(subject);
    if (kind === 'handover') return this.handover.ofTerm(id, callerToken);
    const { asOf, rosters } =
      kind === 'term'
        ? await this.rosters.ofTerm(id, undefined, callerToken)
        : await this.rosters.ofSession(id, undefined, callerToken);
    const form = await this.templates.current();
    return {
      document: kind === 'term' ? form.book(rosters) : form.file(rosters[0]!),
      pieces: rosters.reduce((sum, { entries }) => sum + entries.length, 0),
      position: asOf.position,
    };
  }
}

/** The code under which the access log has it. */
export function purposeOf(subject: string): string {
  return partsOf(subject).kind === 'handover' ? 'record-handover' : ROSTER_PURPOSE;
}

/** What stands on the receipt. */
export function nameOf(subject: string): string {
  return {
    session: '予約者リスト',
    term: '予約者リスト（期の全開催回）',
    handover: '重要な記録（問い合わせ対応の記録）',
  }[partsOf(subject).kind];
}

function partsOf(subject: string): { kind: Kind; id: string } {
  const [kind, id] = subject.split('/');
  if (id === undefined || !(DELIVERY_KINDS as readonly string[]).includes(kind!)) {
    throw new Refusal('not-found', 'not-found', 'There is no such file.');
  }
  return { kind: kind as Kind, id };
}
