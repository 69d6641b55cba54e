import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { instantOf } from '#calendar/civil-time.js';
import type { Caller } from '#contracts/access/call.js';
import { Refusal } from '#kernel/refusal.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { DateField, InstantField } from '#platform/service/fields.js';
import { accessCounts, anchorBefore } from './access-figures.js';

export class AccessCountsBody {
  @DateField({ description: 'Civil days, both included.' }) from: string;
  @DateField() to: string;
}

export class AccessCount {
  @ApiProperty() action: string;
  @ApiProperty() purpose: string;
  @ApiProperty({ type: 'integer' }) count: number;
}

export class AccessCountsAnswer {
  @ApiProperty({ type: [AccessCount], description: 'Most first.' }) counts: AccessCount[];
}

export class AccessAnchorBody {
  @InstantField({ description: 'The last entry before it.' }) before: string;
}

export class AccessAnchorAnswer {
  @ApiProperty({ type: 'integer', description: '0 before the first entry.' }) n: number;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) at: string | null;
  @ApiProperty() hash: string;
}

/** Who answers for the numbers of a report; nobody's id is in them. */
const MAY: readonly string[] = ['supervisor', 'manager', 'city', 'privacyOfficer', 'auditor'];

/** What reports say of the access log of this service: how often, and where its chain stood. (R047, R050, §5.2) */
@ApiTags('access log')
@Controller('internal/access-log')
export class AccessFiguresHttp {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  @Post('counts')
  @QuestionRoute(AccessCountsAnswer)
  async counts(@CurrentCaller() caller: Caller, @Body() { from, to }: AccessCountsBody): Promise<AccessCountsAnswer> {
    mustBeReader(caller);
    return { counts: await accessCounts(this.rows, instantOf(from, '00:00'), instantOf(to, '23:59') + 60_000) };
  }

  @Post('anchor')
  @QuestionRoute(AccessAnchorAnswer)
  anchor(@CurrentCaller() caller: Caller, @Body() { before }: AccessAnchorBody): Promise<AccessAnchorAnswer> {
    mustBeReader(caller);
    return anchorBefore(this.rows, Date.parse(before));
  }
}

function mustBeReader({ roles }: Caller): void {
  if (!roles.some((role) => MAY.includes(role))) {
    throw new Refusal('forbidden', 'forbidden', 'This is not allowed for your role.');
  }
}
