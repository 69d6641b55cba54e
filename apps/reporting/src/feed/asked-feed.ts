import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { invalidBody, type WrongField } from '#platform/service/validation.js';

/** Which rendering, of which set, and what the reader has already. */
export interface FeedAsked {
  /** Without its ending: `sessions_capacity`. */
  readonly dataset: string;
  /** `setId` of the manifest: the files that belong together. */
  readonly set?: string;
  /** `If-None-Match` */
  readonly known?: string;
}

/** As `setId` is made. */
export const SET = /^[\w-]{1,64}$/;

/**
 * `@AskedFeed() asked: FeedAsked`. A dashboard asks again and again whether anything has changed: read straight from the
 * request, that costs no more than the question itself.
 * @throws Refusal `invalid-body` for a parameter that is none of ours, or no set
 */
export const AskedFeed = createParamDecorator((_: unknown, context: ExecutionContext): FeedAsked => {
  const { params, query, headers } = context.switchToHttp().getRequest<FastifyRequest>();
  const { dataset = '' } = params as { dataset?: string };
  const known = headers['if-none-match'];
  const set = checkedSet(query as Readonly<Record<string, unknown>>);
  return { dataset, ...(set !== undefined && { set }), ...(known !== undefined && { known }) };
});

function checkedSet(query: Readonly<Record<string, unknown>>): string | undefined {
  const wrong: WrongField[] = [];
  for (const field of Object.keys(query)) if (field !== 'set') wrong.push({ field, rules: ['whitelistValidation'] });
  const { set } = query;
  if (set !== undefined && !(typeof set === 'string' && SET.test(set)))
    wrong.push({ field: 'set', rules: ['matches'] });
  if (wrong.length > 0) throw invalidBody(wrong);
  return set as string | undefined;
}
