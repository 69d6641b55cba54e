import { ApiProperty } from '@nestjs/swagger';
import { LineField } from '#platform/service/fields.js';

/** In a body: where somebody lives stands in no address. */
export class TownWishBody {
  @LineField({ max: 20, optional: true, description: '北区' }) ward?: string;
  @LineField({ max: 60, description: '北24条西, 北二十四条西, キタニジュウヨジョウ; a beginning or a part.' })
  town: string;
  @LineField({ max: 20, optional: true, description: '5丁目' }) chome?: string;
}

export class PostalTownAnswer {
  @ApiProperty({ pattern: '^\\d{7}$' }) postalCode: string;
  @ApiProperty({ example: '北海道' }) prefecture: string;
  @ApiProperty({ example: '札幌市' }) city: string;
  @ApiProperty({ required: false, example: '北区' }) ward?: string;
  @ApiProperty({ required: false, description: 'Absent where the code stands for a whole city or ward.' })
  town?: string;
  @ApiProperty({ required: false, description: 'Of the towns of Sapporo.' }) townKana?: string;
  @ApiProperty({ required: false, description: '2〜10丁目: the code is of this part only; ask for the 丁目 first.' })
  part?: string;
}

export class PostalCodeAnswer {
  @ApiProperty({ pattern: '^\\d{7}$' }) postalCode: string;
  @ApiProperty({ type: [PostalTownAnswer] }) towns: PostalTownAnswer[];
}

export class TownsAnswer {
  @ApiProperty({ type: [PostalTownAnswer] }) towns: PostalTownAnswer[];
  @ApiProperty({ description: 'There are more than are shown: ask more exactly.' }) more: boolean;
}
