import { ApiProperty } from '@nestjs/swagger';
import { FlagField, LineField, NumberField, PartField, PatternField, TextField } from '#platform/service/fields.js';
import { Trimmed } from '#platform/service/trimmed.js';

export class PositionBody {
  @NumberField({ min: -90, max: 90 }) latitude: number;
  @NumberField({ min: -180, max: 180 }) longitude: number;
}

/** A venue (会場) as the desk tells callers about it. (R011, R016) */
export class VenueBody {
  @Trimmed() @LineField({ max: 200 }) name: string;
  @LineField({ max: 200, description: '北区' }) ward: string;
  @PatternField({ pattern: '^\\d{5}$', max: 5, description: 'Municipality code: 01102 for 札幌市北区.' })
  wardCode: string;
  @PatternField({ pattern: '^\\d{7}$', max: 7, optional: true }) postalCode?: string;
  @LineField({ max: 200 }) address: string;
  @PartField(() => PositionBody, { optional: true, description: 'WGS 84.' }) position?: PositionBody;
  @FlagField({ optional: true, description: 'Step-free to the room and a toilet; absent means unknown.' })
  wheelchairAccessible?: boolean;
  @TextField({ max: 4_000, optional: true }) access?: string;
  @TextField({ max: 4_000, optional: true }) parking?: string;
}

export class VenueChanged {
  @ApiProperty({ format: 'uuid' }) venueId: string;
}

export class VenueAnswer extends VenueBody {
  @ApiProperty({ format: 'uuid' }) venueId: string;
}

export class VenuesAnswer {
  @ApiProperty({ type: [VenueAnswer] }) venues: VenueAnswer[];
}
