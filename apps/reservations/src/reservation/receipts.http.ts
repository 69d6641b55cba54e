import { Body, Controller, Inject, Post } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { QuestionRoute } from '#platform/hosting/route.js';
import { Rows } from '#platform/hosting/rows.js';
import { IdField, IdsField } from '#platform/service/fields.js';

export class ReceiptsBody {
  @IdsField({ min: 1, max: 500 }) reservationIds: string[];
}

export class Receipt {
  @IdField() reservationId: string;
  @ApiProperty({ description: 'Eight digits.' }) receiptNumber: string;
}

export class ReceiptsAnswer {
  @ApiProperty({ type: [Receipt] }) receipts: Receipt[];
}

/** Receipt numbers (受付番号) for documents of the other services; never through the gateway. */
@ApiTags('reservations')
@Controller('internal/receipts')
export class ReceiptsHttp {
  constructor(@Inject(Rows) private readonly rows: Rows) {}

  @Post()
  @QuestionRoute(ReceiptsAnswer)
  async read(@Body() { reservationIds }: ReceiptsBody): Promise<ReceiptsAnswer> {
    const rows = await this.rows.all<{ reservation_id: string; receipt_number: string }>(
      'receipts',
      'select reservation_id, receipt_number from reservation_place where reservation_id = any ($1)',
      [reservationIds],
    );
    return {
      receipts: rows.map((row) => ({ reservationId: row.reservation_id, receiptNumber: row.receipt_number })),
    };
  }
}
