import { ApiProperty } from '@nestjs/swagger';
import { ChoiceField, DateField, IdField, LineField } from '#platform/service/fields.js';
import { CARRIERS, DESTRUCTIONS, type Destruction, type Transport } from './transport.policy.js';

export class DeliveryBody {
  @IdField({ description: 'Approved, by somebody else than who asked.' }) exportRequestId: string;
}

export class OrderedDeliveryAnswer {
  @ApiProperty({ format: 'uuid' }) deliveryId: string;
  @ApiProperty({ description: 'Shown this once. Tell it by another route than the file goes.' }) password: string;
}

export class HandedOverBody {
  @DateField() handedOverOn: string;
  @ChoiceField({ of: CARRIERS, description: '手渡し・書留・追跡できる運送・許可された回線' })
  carrier: Transport['carrier'];
  @LineField({ max: 60, optional: true, description: '施錠搬送容器の番号' }) container?: string;
  @LineField({ max: 60, optional: true, description: '封印番号' }) sealNumber?: string;
  @LineField({ max: 60, optional: true, description: '追跡番号' }) trackingNumber?: string;
}

export class ReceivedBody {
  @DateField({ description: 'The day of the receipt form.' }) receivedOn: string;
}

export class DestroyedBody {
  @DateField() destroyedOn: string;
  @ChoiceField({ of: DESTRUCTIONS }) method: Destruction['method'];
}

export class DeliveryAnswer {
  @ApiProperty({ format: 'uuid' }) deliveryId: string;
  @ApiProperty({ type: String, format: 'uuid', nullable: true }) exportRequestId: string | null;
  @ApiProperty({ example: 'term/0190…' }) subject: string;
  @ApiProperty() recipient: string;
  @ApiProperty() medium: string;
  @ApiProperty({ type: String, nullable: true }) mediumNumber: string | null;
  @ApiProperty() orderedBy: string;
  @ApiProperty({ format: 'date-time' }) orderedAt: string;
  @ApiProperty({ type: String, nullable: true, description: 'Of the sealed file.' }) sha256: string | null;
  @ApiProperty({ type: String, format: 'date-time', nullable: true }) madeAt: string | null;
  @ApiProperty({ type: 'integer', nullable: true, description: 'People or records in it.' }) pieces: number | null;
  @ApiProperty({ type: String, nullable: true }) asOf: string | null;
  @ApiProperty({ type: HandedOverBody, nullable: true }) transport: Transport | null;
  @ApiProperty({ type: String, format: 'date', nullable: true }) receivedOn: string | null;
  @ApiProperty({ type: DestroyedBody, nullable: true }) destroyed: Destruction | null;
}

export class DeliveriesAnswer {
  @ApiProperty({ type: [DeliveryAnswer] }) deliveries: DeliveryAnswer[];
}
