import { ApiProperty } from '@nestjs/swagger';
import { CountField, IdField, InstantField } from '#platform/service/fields.js';

export class HoldBody {
  @IdField() sessionId: string;
  @CountField({ min: 1, max: 4 }) seats: number;
  @IdField({ optional: true }) callId?: string;
  @IdField({ optional: true, description: 'The offer that led here.' }) offerId?: string;
  @InstantField({
    optional: true,
    description: 'Of a seat token on paper: held until then, within a day. Supervisors only. (§8.17)',
  })
  until?: string;
}

export class HoldAnswer {
  @ApiProperty({ format: 'uuid' }) holdId: string;
  @ApiProperty({ format: 'date-time', required: false, description: 'Absent once the hold is over.' })
  expiresAt?: string;
}
