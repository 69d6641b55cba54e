import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { QuestionRoute } from '#platform/hosting/route.js';
import { CountField } from '#platform/service/fields.js';
import { readEntries } from '#vault/access-log-rows.js';
import { ServiceDatabase } from '#platform/hosting/rows.js';

export class AccessLogQuery {
  @Type(() => Number) @CountField({ min: 1, max: 500, optional: true }) limit?: number;
  @Type(() => Number) @CountField({ min: 0, max: 1e15, optional: true }) after?: number;
}

export class AccessLogEntry {
  @ApiProperty({ type: 'integer' }) n: number;
  @ApiProperty({ format: 'date-time' }) at: string;
  @ApiProperty() accountId: string;
  @ApiProperty() action: string;
  @ApiProperty() purpose: string;
  @ApiProperty({ type: [String] }) subjects: string[];
  @ApiProperty() outcome: string;
  @ApiProperty({ required: false }) correlationId?: string;
}

export class AccessLogAnswer {
  @ApiProperty({ type: [AccessLogEntry] }) entries: AccessLogEntry[];
  @ApiProperty({ type: 'integer', required: false }) next?: number;
}

/** Who looked at whom, and why: for those who answer for it (P11). */
@ApiTags('access log')
@Controller('access-log')
export class AccessLogHttp {
  constructor(@Inject(ServiceDatabase) private readonly database: ServiceDatabase) {}

  @Get()
  @QuestionRoute(AccessLogAnswer)
  async list(@Query() { limit = 100, after = 0 }: AccessLogQuery): Promise<AccessLogAnswer> {
    const entries = (await readEntries(this.database.pool, after, limit)).map(({ entry }) => ({
      ...entry,
      at: new Date(entry.at).toISOString(),
      subjects: [...entry.subjects],
    }));
    return { entries, ...(entries.length === limit && { next: entries.at(-1)!.n }) };
  }
}
