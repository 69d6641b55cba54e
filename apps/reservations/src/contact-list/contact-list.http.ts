import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import type { Call, Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { Rows } from '#platform/hosting/rows.js';
import { Disclosures } from '../person/disclosures.js';
import { recordKey } from '../person/persons.js';
import { PLACE_COLUMNS, type PlaceRow } from '../reservation/reservation.row.js';
import {
  AttemptAnswer,
  AttemptBody,
  ContactListAnswer,
  ContactListsAnswer,
  type ContactListSummary,
} from './contact-list.body.js';
import { RecordAttempt } from './contact-list.commands.js';
import { isReached, type ContactResult } from './contact-list.decider.js';
import type { ContactListRow } from './contact-list.row.js';

type Row = ContactListRow & { readonly first_date: string };

const SELECT = `select contact_list_id, session_id, cause, started_at, reservations,
  (select plan -> 'dates' -> 0 ->> 'date' from class_session s where s.session_id = contact_list.session_id) as first_date
  from contact_list`;

/** 一斉連絡: who must be told of what the city changed, the soonest class first. (§8.14) */
@ApiTags('contact lists')
@Controller('contact-lists')
export class ContactListsHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
    @Inject(Disclosures) private readonly disclosures: Disclosures,
  ) {}

  @Get()
  @QuestionRoute(ContactListsAnswer)
  async list(): Promise<ContactListsAnswer> {
    const rows = await this.rows.all<Row>('contact-lists', `${SELECT} order by first_date, started_at limit 500`);
    return { contactLists: rows.map(summary) };
  }

  @Get(':contactListId')
  @QuestionRoute(ContactListAnswer, { 404: ['not-found'] })
  async read(
    @CurrentCaller() caller: Caller,
    @IdParam('contactListId') contactListId: string,
  ): Promise<ContactListAnswer> {
    const row = await this.rows.first<Row>('contact-list', `${SELECT} where contact_list_id = $1`, [contactListId]);
    if (row === undefined) throw new Refusal('not-found', 'not-found', 'There is no such list.');
    const places = await this.rows.all<PlaceRow>(
      'places-on-list',
      `select ${PLACE_COLUMNS} from reservation_place where reservation_id = any ($1)`,
      [row.reservations.map(({ reservationId }) => reservationId)],
    );
    const versions = places.map((one) => ({ personId: one.person_id, version: one.person_version }));
    const records = await this.disclosures.resolve(caller, versions, 'contact-list');
    const placeOf = new Map(places.map((place) => [place.reservation_id, place]));
    const entries = row.reservations.map(({ reservationId, attempts }) => {
      const place = placeOf.get(reservationId)!;
      const applicant = records.get(recordKey({ personId: place.person_id, version: place.person_version }));
      return {
        ...{ reservationId, attempts: [...attempts], reached: isReached(attempts as ContactResult[]) },
        state: place.state,
        ...(applicant !== undefined && { applicant }),
      };
    });
    return { ...summary(row), entries: entries.toSorted((a, b) => Number(a.reached) - Number(b.reached)) };
  }

  @Post(':contactListId/attempts')
  @CommandRoute(AttemptAnswer, { 404: ['not-found'] }, 201)
  attempt(@CurrentCall() call: Call, @IdParam('contactListId') contactListId: string, @Body() body: AttemptBody) {
    return this.commands.execute(new RecordAttempt(call, contactListId, body.reservationId, body.result));
  }
}

function summary(row: Row): ContactListSummary {
  return {
    contactListId: row.contact_list_id,
    sessionId: row.session_id,
    cause: row.cause,
    startedAt: new Date(row.started_at).toISOString(),
    firstDate: row.first_date,
    persons: row.reservations.length,
    reached: row.reservations.filter(({ attempts }) => isReached(attempts as ContactResult[])).length,
  };
}
