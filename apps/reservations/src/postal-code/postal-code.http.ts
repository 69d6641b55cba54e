import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { Refusal } from '#kernel/refusal.js';
import { QuestionRoute } from '#platform/hosting/route.js';
import { plain } from '#platform/hosting/plain.js';
import { PostalCodeAnswer, TownsAnswer, TownWishBody } from './postal-code.body.js';
import { findTowns, townsOf } from './postal-codes.js';

/** As many as somebody at the telephone looks through. */
const SHOWN = 50;

/** 郵便番号 and 町域 while somebody is on the line, without a question to anybody outside. (§4.1 step 5, §8.12) */
@ApiTags('postal codes')
@Controller('postal-codes')
export class PostalCodesHttp {
  @Get(':code')
  @QuestionRoute(PostalCodeAnswer, { 404: ['not-found'] })
  read(@Param('code') code: string): PostalCodeAnswer {
    const postalCode = code.normalize('NFKC').replaceAll(/[-‐−－ー]/g, '');
    const towns = /^\d{7}$/.test(postalCode) ? townsOf(postalCode) : [];
    if (towns.length === 0) {
      throw new Refusal('not-found', 'not-found', 'The post has given no such code: search by ward and town.');
    }
    return { postalCode, towns };
  }

  @Post('search')
  @QuestionRoute(TownsAnswer)
  search(@Body() body: TownWishBody): TownsAnswer {
    const towns = findTowns(plain(body));
    return { towns: towns.slice(0, SHOWN), more: towns.length > SHOWN };
  }
}
