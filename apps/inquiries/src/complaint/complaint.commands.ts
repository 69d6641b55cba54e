import type { Call } from '#contracts/access/call.js';
import type { NoteKind } from '../note/sealed-note.js';
import type { RaiseComplaintBody } from './complaint.body.js';
import type { ComplaintCommand } from './complaint.js';

export class RaiseComplaint {
  constructor(
    readonly call: Call,
    readonly body: RaiseComplaintBody,
  ) {}
}

type WithoutActor<Command> = Command extends ComplaintCommand ? Omit<Command, 'complaintId' | 'by' | 'now'> : never;
/** One step, without who and when. */
export type ComplaintStep = WithoutActor<Exclude<ComplaintCommand, { readonly do: 'raise' | 'tellCity' }>>;
export type TellCity = Omit<Extract<WithoutActor<ComplaintCommand>, { readonly do: 'tellCity' }>, 'toldAt'>;

export class StepComplaint {
  constructor(
    readonly call: Call,
    readonly complaintId: string,
    /** A call to the city without `toldAt` was made now. */
    readonly step: ComplaintStep | (TellCity & { readonly toldAt?: string }),
    /** Words that come with it; they are sealed. */
    readonly words?: { readonly kind: NoteKind; readonly content: object },
  ) {}
}
