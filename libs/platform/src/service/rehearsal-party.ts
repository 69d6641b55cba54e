import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, MaxLength, Min, ValidateNested } from 'class-validator';

// What may be said to the rehearsal desk.

export class GuestBody {
  @IsString()
  @MaxLength(40)
  name: string;

  @IsOptional()
  @IsString()
  phone?: string;
}

export class PartyBody {
  @IsInt()
  @Min(1)
  seats: number;

  @IsArray()
  @ArrayMaxSize(4)
  @ValidateNested({ each: true })
  @Type(() => GuestBody)
  guests: GuestBody[];
}

export class GuestQuery {
  @IsOptional()
  @IsString()
  @MaxLength(40)
  name?: string;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  limit?: number;
}
