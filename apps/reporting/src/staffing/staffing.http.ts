import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import type { Call } from '#contracts/access/call.js';
import { CurrentCall } from '#platform/hosting/call.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { ChoiceField, CountField, DateField, FlagField, LineField, NumberField, PartsField, PatternField, TimeField } from '#platform/service/fields.js'; // prettier-ignore
import { knownDate } from '../daily-report/daily-report.http.js';
import { Staffing } from './staffing.js';

/** What-if: each replaces one input of the forecast. */
export class StaffingQuery {
  @DateField() date: string;
  @Type(() => Number) @CountField({ min: 30, max: 3_600, optional: true, description: 'AHT, seconds; 300 when absent.' }) aht?: number; // prettier-ignore
  @Type(() => Number) @NumberField({ min: 0.1, max: 0.99, optional: true, description: '0.8 when absent.' }) serviceLevel?: number; // prettier-ignore
  @Type(() => Number) @CountField({ min: 1, max: 600, optional: true, description: 'Seconds; 20 when absent.' }) within?: number; // prettier-ignore
  @Type(() => Number) @CountField({ min: 0, max: 450, optional: true, description: 'Calls of the day.' }) volume?: number; // prettier-ignore
  @Type(() => Number) @CountField({ min: 1, max: 100_000, optional: true, description: 'Calls of the term.' }) termTotal?: number; // prettier-ignore
  @Type(() => Number) @NumberField({ min: 0, max: 1, optional: true }) firstDayShare?: number;
  @Type(() => Number) @CountField({ min: 0, max: 500, optional: true, description: 'What this many seats would give.' }) seats?: number; // prettier-ignore
}

export class InputAnswer {
  @ApiProperty() value: number;
  @ApiProperty({ enum: ['history', 'specification', 'assumed', 'given'] }) from: string;
  @ApiProperty() note: string;
}

export class SlotAnswer {
  @ApiProperty({ example: '09:30' }) slot: string;
  @ApiProperty() calls: number;
  @ApiProperty({ type: 'integer', description: 'オペレーター席数' }) seats: number;
  @ApiProperty() serviceLevel: number;
  @ApiProperty() occupancy: number;
  @ApiProperty({ nullable: true, type: Number, description: 'Seconds; null when it has no end.' }) meanWait:
    number | null;
  @ApiProperty({ type: 'integer', description: 'The most these seats can handle.' }) ceiling: number;
  @ApiProperty({ required: false, nullable: true, type: Number, description: 'With the seats asked for.' })
  serviceLevelWithSeats?: number | null;
}

export class PlanAlarmAnswer {
  @ApiProperty() slot: string;
  @ApiProperty({ type: 'integer' }) needed: number;
  @ApiProperty({ type: 'integer' }) planned: number;
}

export class StaffingAnswer {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty() termName: string;
  @ApiProperty({ type: 'integer' }) dayNo: number;
  @ApiProperty() calls: number;
  @ApiProperty({ type: InputAnswer }) termTotal: InputAnswer;
  @ApiProperty({ type: InputAnswer }) firstDayShare: InputAnswer;
  @ApiProperty({ type: Object, description: 'Share of each hour, with its source.' }) hourlySplit: object;
  @ApiProperty({ type: Object }) target: object;
  @ApiProperty() formula: string;
  @ApiProperty({ type: 'integer' }) peakSeats: number;
  @ApiProperty({ type: 'integer', description: 'Even a flat load needs these.' }) fewestSeats: number;
  @ApiProperty({ type: [SlotAnswer] }) slots: SlotAnswer[];
  @ApiProperty({ type: [PlanAlarmAnswer], description: 'Where the plan has too few.' }) alarms: PlanAlarmAnswer[];
}

export class DutyBody {
  @LineField({ max: 200 }) accountId: string;
  @ChoiceField({ of: ['supervisor', 'operator'] }) role: 'supervisor' | 'operator';
  @TimeField() from: string;
  @TimeField() to: string;
  @FlagField({ optional: true, description: 'SV・OP兼務' }) alsoOperator?: boolean;
}

export class ShiftPlanBody {
  @PartsField(() => DutyBody, { min: 1, max: 200 }) duties: DutyBody[];
  @PatternField({ pattern: '^\\S.{0,59}$', max: 60, optional: true }) combinedRoleAgreement?: string;
}

export class ShiftPlanAnswer extends ShiftPlanBody {
  @ApiProperty({ format: 'date' }) date: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty({ type: [PlanAlarmAnswer] }) alarms: PlanAlarmAnswer[];
}

/** 要員: how many seats a day needs, who sits in them, and where they are too few. (R027, R030) */
@ApiTags('staffing')
@Controller('reports/staffing')
export class StaffingHttp {
  constructor(@Inject(Staffing) private readonly staffing: Staffing) {}

  @Get()
  @ApiOperation({ summary: 'Forecast and seats by half hour, with every input and its source; what-if by the query' })
  @QuestionRoute(StaffingAnswer, { 404: ['not-found'], 409: ['day-not-open'] })
  async need(@Query() { date, ...whatIf }: StaffingQuery): Promise<StaffingAnswer> {
    return this.staffing.need(knownDate(date), whatIf);
  }

  @Get('plans/:date')
  @ApiOperation({ summary: 'The newest shift plan of a day' })
  @QuestionRoute(ShiftPlanAnswer, { 404: ['not-found'] })
  async plan(@Param('date') date: string): Promise<ShiftPlanAnswer> {
    return this.staffing.plan(knownDate(date));
  }

  @Put('plans/:date')
  @ApiOperation({ summary: 'A shift plan; refused without a supervisor or an operator in any half hour (6(5)ア)' })
  @QuestionRoute(ShiftPlanAnswer, {
    404: ['not-found'],
    409: ['no-supervisor', 'no-operator', 'agreement-missing', 'day-not-open'],
  })
  async save(
    @Param('date') date: string,
    @Body() body: ShiftPlanBody,
    @CurrentCall() { caller }: Call,
  ): Promise<ShiftPlanAnswer> {
    return this.staffing.save(knownDate(date), body, caller.accountId);
  }
}
