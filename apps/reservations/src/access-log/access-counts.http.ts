import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import type { Caller } from '#contracts/access/call.js';
import { instantOf } from '#calendar/civil-time.js';
import { Refusal } from '#kernel/refusal.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import { CurrentCaller } from '#platform/service/caller.js';
import { DateField } from '#platform/service/fields.js';

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

/** Who answers for the numbers of a report; nobody's id is in them. */
const MAY: readonly string[] = ['supervisor', 'manager', 'city', 'privacyOfficer', 'auditor'];

/** How often personal data was looked at, by purpose: for the monthly and the completion report. (R047, R050) */
@ApiTags('access log')
@Controller('internal/access-counts')
export class AccessCountsHttp {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  @Post()
  @QuestionRoute(AccessCountsAnswer)
  async count(@CurrentCaller() caller: Caller, @Body() { from, to }: AccessCountsBody): Promise<AccessCountsAnswer> {
    if (!caller.roles.some((role) => MAY.includes(role))) {
      throw new Refusal('forbidden', 'forbidden', 'This is not allowed for your role.');
    }
    const counts = await this.rows.all<{ action: string; purpose: string; count: number }>(
      'access-counts',
      `select action, purpose, count(*)::int as count from access_log where at >= $1 and at < $2
       group by action, purpose order by count desc, action, purpose`,
      [instantOf(from, '00:00'), instantOf(to, '23:59') + 60_000],
    );
    return { counts };
  }
}
