import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { QuestionRoute } from '#platform/hosting/route.js';
import { Deliverables } from './deliverables.js';

export class DeliverableAnswer {
  @ApiProperty() name: string;
  @ApiProperty({ type: 'integer' }) version: number;
  @ApiProperty() sha256: string;
  @ApiProperty({ description: 'Sent as `asOf`, the same document is made again.' }) asOf: string;
  @ApiProperty({ format: 'date-time' }) madeAt: string;
}

export class DeliverablesAnswer {
  @ApiProperty({ type: [DeliverableAnswer], description: 'The newest 500.' }) deliverables: DeliverableAnswer[];
}

/** What was made for the city: by hash and version. (R049) */
@ApiTags('reports')
@Controller('reports/deliverables')
export class DeliverablesHttp {
  constructor(@Inject(Deliverables) private readonly deliverables: Deliverables) {}

  @Get()
  @ApiOperation({ summary: 'Documents that were made, newest first' })
  @QuestionRoute(DeliverablesAnswer)
  async list(): Promise<DeliverablesAnswer> {
    return { deliverables: await this.deliverables.all() };
  }
}
