import { Inject, Injectable } from '@nestjs/common';
import type { ResolvedApplicant } from '#contracts/reservations/resolve.http.js';
import type { Card } from '#office/card/card.js';
import { PersonsClient, recordKey } from '#plan/persons-client.js';
import { Planned, type SessionFacts } from '#plan/planned.js';
import { ReceiptsClient } from '#plan/receipts-client.js';
import type { NoticeRow } from '../notice-list/notice.row.js';
import { PostingSettingsVersions } from '../posting-settings/posting-settings.row.js';

/** A card without its place in a batch, with what it was made from. */
export interface CardDraft {
  readonly notice: NoticeRow;
  readonly card: Omit<Card, 'serial'>;
  readonly termId: string;
  readonly sessionVersion: number;
}

/** Why no card can be made of a notice. */
export type Missing = 'erased' | 'planUnknown';

export interface MadeCards {
  readonly drafts: readonly CardDraft[];
  readonly missing: readonly { readonly noticeId: string; readonly reason: Missing }[];
}

/** What stands on cards, looked up at the moment it is needed: names of exactly the version that the event named. (design §6) */
@Injectable()
export class Cards {
  constructor(
    @Inject(PersonsClient) private readonly persons: PersonsClient,
    @Inject(ReceiptsClient) private readonly receipts: ReceiptsClient,
    @Inject(Planned) private readonly planned: Planned,
    @Inject(PostingSettingsVersions) private readonly settings: PostingSettingsVersions,
  ) {}

  /**
   * @param purpose a code for the access log of reservations
   * @param today civil date: by its settings the card says whom to call
   * @throws Refusal `forbidden`, `unavailable`, `posting-settings-missing`
   */
  async of(
    notices: readonly NoticeRow[],
    purpose: string,
    callerToken: string | undefined,
    today: string,
  ): Promise<MadeCards> {
    const { reception } = await this.settings.on(today);
    const facts = await this.planned.sessions([...new Set(notices.map(({ session_id }) => session_id))]);
    const wanted = notices.map((one) => ({ personId: one.person_id, version: one.person_version }));
    const [records, receipts] = await Promise.all([
      this.persons.resolve(wanted, purpose, callerToken),
      this.receipts.receiptsOf(
        notices.map(({ reservation_id }) => reservation_id),
        callerToken,
      ),
    ]);
    const drafts: CardDraft[] = [];
    const missing: { noticeId: string; reason: Missing }[] = [];
    for (const notice of notices) {
      const session = facts.get(notice.session_id);
      const record = records.get(recordKey({ personId: notice.person_id, version: notice.person_version }));
      const receiptNumber = receipts.get(notice.reservation_id);
      const noticeId = notice.notice_id;
      if (session?.venue === undefined || session.course === undefined)
        missing.push({ noticeId, reason: 'planUnknown' });
      else if (record === undefined || receiptNumber === undefined) missing.push({ noticeId, reason: 'erased' });
      else {
        const card = cardOf(notice, record, receiptNumber, session, reception);
        const { termId } = session.session.plan;
        drafts.push({ notice, card, termId, sessionVersion: session.session.version });
      }
    }
    return { drafts, missing };
  }
}

function cardOf(
  notice: NoticeRow,
  record: ResolvedApplicant,
  receiptNumber: string,
  facts: SessionFacts,
  reception: string,
): Omit<Card, 'serial'> {
  const afterClosing = facts.term?.plan.contactAfterClosing;
  return {
    noticeId: notice.notice_id,
    kind: notice.kind as Card['kind'],
    addressee: addresseeOf(record),
    receiptNumber,
    session: sessionOf(facts),
    contact: { reception, ...(afterClosing !== undefined && { afterClosing }) },
  };
}

/** Only what an envelope needs: neither kana nor telephone goes on open mail. (§8.5) */
function addresseeOf(record: ResolvedApplicant): Card['addressee'] {
  const { familyName, givenName, postalCode, prefecture, city, ward, town, chome, blockLot, ...more } = record;
  const { building, roomNumber, careOf } = more;
  const optional = { postalCode, ward, chome, building, roomNumber, careOf };
  return { familyName, givenName, prefecture, city, town, blockLot, ...given(optional) } as Card['addressee'];
}

function sessionOf({ session, venue, course }: SessionFacts): Card['session'] {
  const { sessionCode, dates } = session.plan;
  const { title, neutralTitle, bringAlong } = course!.plan;
  const { name, address, access } = venue!.plan;
  return {
    sessionCode,
    courseTitle: neutralTitle ?? title,
    dates: dates.map(({ date, startsAt, endsAt }) => ({ date, startsAt, endsAt })),
    ...{ venueName: name, venueAddress: address },
    ...given({ receptionOpensAt: dates[0]!.receptionStartsAt, venueAccess: access, bringAlong }),
  };
}

function given<Part extends object>(part: Part): Partial<Part> {
  return Object.fromEntries(Object.entries(part).filter(([, value]) => value !== undefined)) as Partial<Part>;
}
