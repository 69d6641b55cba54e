import { Inject } from '@nestjs/common';
import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { newId } from '#kernel/ids.js';
import { Refusal } from '#kernel/refusal.js';
import type { States } from '#platform/lane/lane-command.js';
import { invalidBody } from '#platform/service/validation.js';
import { KeyDirectory } from '#vault/key-directory.js';
import type { TermKeys } from '#vault/term-keys.js';
import type { Origin } from '../class-session/class-session.commands.js';
import { classSession } from '../class-session/class-session.decider.js';
import { decided } from '#platform/hosting/decided.js';
import { Desk, type Outcome } from '../desk/desk.js';
import { sealedNote } from '../desk/note.js';
import { SessionTerms } from '../desk/session-terms.js';
import { offerStream, personStream, sessionStream, termStream } from '../desk/streams.js';
import { holdRows } from '../hold/hold.row.js';
import { Guidance } from '../offer/guidance.js';
import { offer } from '../offer/offer.decider.js';
import { Likenesses, UnknownAttendees } from '../person/likenesses.js';
import { personErased } from '../person/persons.js';
import type { Term } from '../term/term.decider.js';
import { Attendance, type Prepared } from './attendance.js';
import { Duplicates } from './duplicates.js';
import { notYetReceived } from './received.js';
import { missingIn } from './required-fields.js';
import { MakeReservation } from './reservation.commands.js';
import { placeRow } from './reservation.row.js';
import { Stragglers } from './stragglers.js';

export interface Made {
  readonly reservations: readonly {
    readonly reservationId: string;
    readonly receiptNumber: string;
    readonly personId: string;
  }[];
  readonly sessionId: string;
}

/** Enough for a session that fills while its attendees are being looked up. */
const TRIES = 8;

/** Refuses as soon as the rule has found them; who of them may be named is asked afterwards, since a rule cannot wait. */
class AlikeInSession extends Refusal {
  constructor(readonly personId: string) {
    super('possible-duplicate', 'conflict', 'Somebody alike sits in this session.');
  }
}

@CommandHandler(MakeReservation)
export class MakeReservationHandler implements ICommandHandler<MakeReservation> {
  constructor(
    @Inject(Desk) private readonly desk: Desk,
    @Inject(SessionTerms) private readonly terms: SessionTerms,
    @Inject(KeyDirectory) private readonly keys: KeyDirectory,
    @Inject(Attendance) private readonly attendance: Attendance,
    @Inject(Duplicates) private readonly duplicates: Duplicates,
    @Inject(Likenesses) private readonly likenesses: Likenesses,
    @Inject(Guidance) private readonly guidance: Guidance,
    @Inject(Stragglers) private readonly stragglers: Stragglers,
  ) {}

  async execute(command: MakeReservation) {
    const { call, wish } = command;
    const keys = this.keys.keysOf(await this.terms.termOf(wish.sessionId));
    const prepared = await this.attendance.prepare(call, keys, wish.attendees).catch((thrown: unknown) => {
      if (thrown instanceof Refusal) return thrown;
      throw thrown;
    });
    if (prepared instanceof Refusal) {
      return this.desk.refuse(call, prepared, {
        writes: [sessionStream(wish.sessionId)],
        commandKey: keys.commandKey,
      });
    }
    const { sessionId, origin, attendees } = wish;
    const asked = {
      ...{ sessionId, seats: attendees.length },
      ...(origin.callId !== undefined && { callId: origin.callId }),
      ...(attendees.length === 1 && attendees[0]!.personId !== undefined && { personId: attendees[0]!.personId }),
    };
    const made = await this.guidance.guiding(call, asked, this.submit(command, keys, prepared));
    await Promise.all(known(prepared).map((personId) => this.stragglers.bringUp(call, personId)));
    return made;
  }

  private async submit({ call, wish }: MakeReservation, keys: TermKeys, prepared: readonly Prepared[]) {
    const stream = sessionStream(wish.sessionId);
    const term = termStream(keys.termId);
    const following = wish.offerId === undefined ? [] : [offerStream(wish.offerId)];
    const partyId = prepared.length > 1 ? newId() : undefined;
    const notes = wish.proxy === undefined ? [] : proxyNotes(keys, call.commandId, wish.proxy, prepared);
    const erasable = known(prepared).map((personId) => [personId, personStream(personId)] as const);
    const decide = (states: States, now: number): Outcome<Made> => {
      for (const [personId, of] of erasable) if (states.of(of).erased) throw personErased(personId);
      refuseEarly(states.of(term), wish.origin, prepared, now);
      const session = states.of(stream);
      const { events, after } = decided(
        classSession,
        {
          ...{ do: 'reserve', attendees: prepared.map(({ attendee }) => attendee), origin: wish.origin, now },
          term: states.of(term),
          ...(partyId !== undefined && { partyId }),
          ...(wish.holdId !== undefined && { holdId: wish.holdId }),
          ...(wish.offerId !== undefined && { offerId: wish.offerId }),
        },
        session,
      );
      for (const { unlike } of prepared) {
        const candidate = unlike && this.likenesses.inSession(session, unlike);
        if (candidate !== undefined) throw new AlikeInSession(candidate);
      }
      const taken = following.map((of) => {
        const reservationIds = prepared.map(({ attendee }) => attendee.reservationId);
        return [
          of,
          offer.decide({ do: 'take', takenSessionId: wish.sessionId, reservationIds }, states.of(of)),
        ] as const;
      });
      return {
        events: [[stream, events], ...taken],
        sides: [
          ...prepared.flatMap(({ sides }) => sides()),
          ...prepared.map((one) => placeOf(one, wish, keys.termId, partyId)),
          ...holdRows(wish.sessionId, events, after),
          ...notes,
        ],
        answer: {
          reservations: prepared.map(({ attendee: { reservationId, personId }, receiptNumber }) => ({
            ...{ reservationId, receiptNumber, personId },
          })),
          sessionId: wish.sessionId,
        },
      };
    };
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.desk.submit(call, {
          writes: [stream, ...following],
          checks: [term, ...erasable.map(([, of]) => of)],
          commandKey: keys.commandKey,
          decide,
        });
      } catch (thrown) {
        if (thrown instanceof AlikeInSession) throw await this.duplicates.inSession(call.caller, thrown.personId);
        if (!(thrown instanceof UnknownAttendees) || attempt === TRIES) throw thrown;
        await this.likenesses.lookUp(thrown);
      }
    }
  }
}

/** The persons among them who have been here before: of the others nobody else knows yet. */
function known(prepared: readonly Prepared[]): string[] {
  return prepared.flatMap(({ applicant, attendee }) => (applicant === undefined ? [attendee.personId] : []));
}

/** @throws Refusal `invalid-body`: fields that this term asks for (R010), a receipt in the future */
function refuseEarly(term: Term, origin: Origin, prepared: readonly Prepared[], now: number): void {
  const missing = prepared.flatMap(({ applicant }, nth) =>
    applicant === undefined
      ? []
      : missingIn(term, applicant).map((field) => ({
          field: `attendees.${nth}.applicant.${field}`,
          rules: ['requiredByTerm'],
        })),
  );
  const wrong = [...missing, ...notYetReceived(origin, now)];
  if (wrong.length > 0) throw invalidBody(wrong);
}

function placeOf(
  { attendee, receiptNumber }: Prepared,
  wish: MakeReservation['wish'],
  termId: string,
  partyId?: string,
) {
  return placeRow({
    reservation_id: attendee.reservationId,
    session_id: wish.sessionId,
    revision: 1,
    state: 'active',
    receipt_number: receiptNumber,
    term_id: termId,
    person_id: attendee.personId,
    person_version: attendee.personVersion,
    party_id: partyId ?? null,
    channel: wish.origin.channel,
  });
}

/** Each attendee's own copy: erasing one of them leaves the others theirs. */
function proxyNotes(keys: TermKeys, commandId: string, proxy: object, prepared: readonly Prepared[]) {
  return prepared.map(({ attendee: { personId, reservationId }, personKey }) =>
    sealedNote(keys, { commandId, ownerId: personId, kind: 'proxy', content: { reservationId, proxy } }, personKey),
  );
}
