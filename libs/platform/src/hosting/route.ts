import { applyDecorators, HttpCode, UseInterceptors, type Type } from '@nestjs/common';
import { ApiHeader, ApiResponse } from '@nestjs/swagger';
import { ApiProblems } from '../service/problem-answer.js';
import { POSITION_HEADER, WAIT_FOR_HEADER } from '../subscription/position-token.js';
import { AcceptedInterceptor } from './accepted.interceptor.js';

type Slugs = Readonly<Record<number, readonly string[]>>;

const COMMAND_PROBLEMS: Slugs = {
  400: ['invalid-body', 'idempotency-key-missing'],
  401: ['not-signed-in'],
  403: ['forbidden'],
  422: ['idempotency-key-reused'],
  503: ['unavailable'],
};

const QUESTION_PROBLEMS: Slugs = {
  400: ['invalid-body', 'invalid-position'],
  401: ['not-signed-in'],
  403: ['forbidden'],
  503: ['not-yet', 'unavailable'],
};

/** A route whose handler gives an `Accepted`: it is answered with its position, and documented with its refusals. */
export function CommandRoute(answer: Type, slugs: Slugs = {}, status = 200): MethodDecorator {
  return applyDecorators(
    HttpCode(status),
    UseInterceptors(AcceptedInterceptor),
    ApiHeader({
      name: 'Idempotency-Key',
      required: false,
      description: 'One fresh key a request; sent again, it answers the same.',
    }),
    ApiResponse({
      status,
      description: 'Done.',
      type: answer,
      headers: {
        [POSITION_HEADER]: { description: `For \`${WAIT_FOR_HEADER}\` of a later read.`, schema: { type: 'string' } },
      },
    }),
    ApiProblems(joinedSlugs(COMMAND_PROBLEMS, slugs)),
  );
}

/** A route that only answers. */
export function QuestionRoute(answer: Type | [Type], slugs: Slugs = {}): MethodDecorator {
  const [one, isArray] = Array.isArray(answer) ? [answer[0], true] : [answer, false];
  return applyDecorators(
    HttpCode(200),
    ApiResponse({ status: 200, description: 'The answer.', type: one, isArray }),
    ApiProblems(joinedSlugs(QUESTION_PROBLEMS, slugs)),
  );
}

/** Refusals of a kind of route and its own, by status. */
export function joinedSlugs(standard: Slugs, own: Slugs): Slugs {
  const statuses = [...new Set([...Object.keys(standard), ...Object.keys(own)])].map(Number);
  return Object.fromEntries(statuses.map((status) => [status, [...(standard[status] ?? []), ...(own[status] ?? [])]]));
}
