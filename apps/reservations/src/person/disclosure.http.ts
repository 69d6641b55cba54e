import { Body, Controller, Get, Inject, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { Caller } from '#contracts/access/call.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { IdParam } from '#platform/hosting/id-param.js';
import { Places } from '../reservation/places.js';
import { reservationAnswer } from '../reservation/reservation.http.js';
import type { Applicant } from './applicant.js';
import { ResolveAnswer, ResolveBody, SearchAnswer, SearchBody, TellAnswer, TellBody } from './disclosure.body.js';
import { Disclosures } from './disclosures.js';
import { recordKey } from './persons.js';

@ApiTags('reservations')
@Controller()
export class DisclosuresHttp {
  constructor(
    @Inject(Disclosures) private readonly disclosures: Disclosures,
    @Inject(Places) private readonly places: Places,
  ) {}

  @Post('reservations/search')
  @QuestionRoute(SearchAnswer)
  async search(@CurrentCaller() caller: Caller, @Body() body: SearchBody): Promise<SearchAnswer> {
    return searchAnswer(await this.disclosures.search(caller, body));
  }

  /** Who shares the telephone number or the call of a booking: offered a corrected address too. (§8.6) */
  @Get('reservations/:reservationId/household')
  @QuestionRoute(SearchAnswer, { 403: ['cannot-tell'], 404: ['not-found'], 410: ['person-erased', 'term-erased'] })
  async household(
    @CurrentCaller() caller: Caller,
    @IdParam('reservationId') reservationId: string,
  ): Promise<SearchAnswer> {
    return searchAnswer(await this.disclosures.household(caller, await this.places.of(reservationId)));
  }

  @Post('reservations/:reservationId/tell')
  @QuestionRoute(TellAnswer, { 403: ['cannot-tell'], 404: ['not-found'], 410: ['person-erased', 'term-erased'] })
  async tell(
    @CurrentCaller() caller: Caller,
    @IdParam('reservationId') reservationId: string,
    @Body() body: TellBody,
  ): Promise<TellAnswer> {
    const place = await this.places.of(reservationId);
    const { applicant, passed } = await this.disclosures.tell(caller, place, body);
    return { reservation: reservationAnswer(place), applicant, passed: [...passed] };
  }

  /** For the other services, never through the gateway. */
  @Post('internal/persons/resolve')
  @QuestionRoute(ResolveAnswer)
  async resolve(@CurrentCaller() caller: Caller, @Body() { persons, purpose }: ResolveBody): Promise<ResolveAnswer> {
    const records = await this.disclosures.resolve(caller, persons, purpose);
    return {
      persons: persons.flatMap((one) => {
        const applicant = records.get(recordKey(one));
        return applicant === undefined ? [] : [{ ...one, applicant }];
      }),
      missing: persons.filter((one) => !records.has(recordKey(one))).map(({ personId }) => personId),
    };
  }
}

function searchAnswer({ hits, more, restricted }: Awaited<ReturnType<Disclosures['search']>>): SearchAnswer {
  const reservations = hits.map(({ place, applicant }) => ({
    ...reservationAnswer(place),
    maskedName: maskedName(applicant),
  }));
  return { reservations, more, restricted };
}

/** The first kana of each name: enough to tell father from son, too little to tell a stranger. (§8.10) */
function maskedName(applicant: Applicant | undefined): string {
  if (applicant === undefined) return '消去済';
  return [applicant.familyNameKana, applicant.givenNameKana]
    .map((name) => {
      const [first, ...rest] = name;
      return first + '＊'.repeat(Math.min(rest.length, 5));
    })
    .join(' ');
}
