import { Body, Controller, Get, Inject, Post, Query } from '@nestjs/common';
import { CommandBus, CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { plusDays } from '#calendar/civil-time.js';
import type { Call } from '#contracts/access/call.js';
import type { CallAccount } from '#contracts/inquiries/call-account.js';
import { fold } from '#kernel/decider.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { CommandRoute, QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import type { SideTable } from '#platform/log/side-table.js';
import { CountField, DateField, LineField, NumberField, PatternField } from '#platform/service/fields.js';
import { CALLS } from '../call-board/calls.projector.js';
import { Desk } from '../desk/desk.js';
import { callRatesStream } from '../desk/streams.js';
import { costOf } from './call-cost.policy.js';
import { callRates, rateOn, type CallRate } from './call-rate.decider.js';

export class CallRateBody {
  @DateField({ description: 'The first day for which it holds.' }) validFrom: string;
  @LineField({ max: 60, optional: true }) agreementNumber?: string;
  @CountField({ min: 1, max: 3_600, description: 'Each begun unit is charged.' }) unitSeconds: number;
  @NumberField({ min: 0, max: 10_000, description: 'Yen for a unit, to a thousandth.' }) yenPerUnit: number;
  @CountField({ min: 0, max: 10_000_000, description: 'Basic charge of a month.' }) monthlyYen: number;
}

export class CallRatesAnswer {
  @ApiProperty({ type: [CallRateBody], description: 'In order of the days from which they hold.' })
  rates: CallRateBody[];
}

export class CallRateAgreedAnswer {
  @ApiProperty({ format: 'date' }) validFrom: string;
}

export class CostQuery {
  @PatternField({ pattern: '^(19[2-9]|2\\d\\d)\\d-(0[1-9]|1[0-2])$', max: 7, description: '`2025-07`' }) month: string;
}

export class DayCostAnswer {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ type: 'integer' }) calls: number;
  @ApiProperty({ type: 'integer', description: 'Waiting and talk.' }) seconds: number;
  @ApiProperty({ type: 'integer' }) units: number;
  @ApiProperty() yen: number;
  @ApiProperty({ type: 'integer', description: 'Nobody knows how long they lasted: not in `yen`.' })
  withoutDuration: number;
  @ApiProperty({ type: 'integer', description: 'No rate was agreed for this day.' }) withoutRate: number;
}

export class CallCostAnswer {
  @ApiProperty({ example: '2025-07' }) month: string;
  @ApiProperty({ type: [DayCostAnswer] }) days: DayCostAnswer[];
  @ApiProperty({ type: 'integer', description: 'By the rate of the first day of the month.' }) monthlyYen: number;
  @ApiProperty({ description: 'Basic charge and calls; the carrier’s bill is what counts.' }) totalYen: number;
}

export class AgreeCallRate {
  constructor(
    readonly call: Call,
    readonly rate: CallRate,
  ) {}
}

const rateTable: SideTable = { name: 'call_rate', key: { valid_from: 'date' }, columns: { rate: 'jsonb' } };

@CommandHandler(AgreeCallRate)
export class AgreeCallRateHandler implements ICommandHandler<AgreeCallRate> {
  constructor(@Inject(Desk) private readonly desk: Desk) {}

  execute({ call, rate }: AgreeCallRate) {
    const stream = callRatesStream();
    return this.desk.submit(call, {
      writes: [stream],
      decide: (states) => {
        const events = callRates.decide({ do: 'agree', rate }, states.of(stream));
        const now = fold(callRates, events, states.of(stream)).find(({ validFrom }) => validFrom === rate.validFrom)!;
        const row = { rate: JSON.stringify(now) };
        return {
          events: [[stream, events]],
          sides: [{ table: rateTable, key: { valid_from: rate.validFrom }, row }],
          answer: { validFrom: rate.validFrom },
        };
      },
    });
  }
}

/** What the calls cost the desk: the callee pays. (R032) */
@ApiTags('calls')
@Controller()
export class CallCostHttp {
  constructor(
    @Inject(CommandBus) private readonly commands: CommandBus,
    @Inject(Rows) private readonly rows: Rows,
  ) {}

  @Get('call-rates')
  @QuestionRoute(CallRatesAnswer)
  async rates(): Promise<CallRatesAnswer> {
    return { rates: (await this.known()).map(({ milliYenPerUnit, ...rate }) => ({ ...rate, yenPerUnit: milliYenPerUnit / 1_000 })) }; // prettier-ignore
  }

  @Post('call-rates')
  @CommandRoute(CallRateAgreedAnswer, {}, 201)
  agree(@CurrentCall() call: Call, @Body() { yenPerUnit, agreementNumber, ...rate }: CallRateBody) {
    const agreed = { ...rate, ...(agreementNumber !== undefined && { agreementNumber }) };
    return this.commands.execute(new AgreeCallRate(call, { ...agreed, milliYenPerUnit: Math.round(yenPerUnit * 1_000) })); // prettier-ignore
  }

  @Get('calls/cost')
  @QuestionRoute(CallCostAnswer)
  async cost(@Query() { month }: CostQuery): Promise<CallCostAnswer> {
    const first = `${month}-01`;
    const next = `${plusDays(first, 31).slice(0, 7)}-01`;
    const calls = await this.rows.all<{ date: string; account: CallAccount }>(
      'calls-of-month',
      `select date::text, account from ${CALLS}.call where date >= $1 and date < $2`,
      [first, next],
    );
    const rates = await this.known();
    const days = costOf(calls, rates);
    const monthlyYen = rateOn(rates, first)?.monthlyYen ?? 0;
    const milliYen = days.reduce((sum, day) => sum + day.milliYen, 0);
    return {
      month,
      days: days.map(({ milliYen: cost, ...day }) => ({ ...day, yen: cost / 1_000 })),
      ...{ monthlyYen, totalYen: monthlyYen + milliYen / 1_000 },
    };
  }

  private async known(): Promise<CallRate[]> {
    const rows = await this.rows.all<{ rate: CallRate }>(
      'call-rates',
      'select rate from call_rate order by valid_from',
    );
    return rows.map(({ rate }) => rate);
  }
}
