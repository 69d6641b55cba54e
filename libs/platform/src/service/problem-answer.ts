import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';

/** RFC 9457 as documented; further members depend on the slug. */
export class Problem {
  @ApiProperty({ example: 'urn:uketsuke:problem:not-found' })
  type: string;

  @ApiProperty({ example: 'Not Found' })
  title: string;

  @ApiProperty({ example: 404 })
  status: number;

  /** Stable: scripts and screens decide by it. */
  @ApiProperty({ example: 'not-found' })
  slug: string;

  /** A sentence that says what to do. */
  @ApiProperty()
  detail: string;

  @ApiProperty({ required: false, format: 'uuid' })
  correlationId?: string;
}

/** The refusals of a route, in the OpenAPI document: `@ApiProblems({ 409: ['session-full'], 404: ['not-found'] })`. */
export function ApiProblems(slugs: Readonly<Record<number, readonly string[]>>): MethodDecorator & ClassDecorator {
  return applyDecorators(
    ApiExtraModels(Problem),
    ...Object.entries(slugs).map(([status, of]) =>
      ApiResponse({
        status: Number(status),
        description: of.join(', '),
        content: { 'application/problem+json': { schema: problemSchema(of) } },
      }),
    ),
  );
}

/** The shared schema, with the slugs that can come here. */
export function problemSchema(slugs: readonly string[]) {
  return {
    allOf: [{ $ref: getSchemaPath(Problem) }],
    properties: { slug: { type: 'string' as const, enum: [...slugs] } },
  };
}
