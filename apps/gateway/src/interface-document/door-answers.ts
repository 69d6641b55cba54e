import type { OpenAPIObject } from '@nestjs/swagger';
import type { Endpoint } from '#contracts/access/endpoint.js';
import { problemSchema } from '#platform/service/problem-answer.js';

type Responses = NonNullable<OpenAPIObject['paths'][string]['get']>['responses'];
type Response = Responses[string];

const PROBLEM = 'application/problem+json';

/** What the gateway itself can answer instead of a service: at its door, while it reads, when nobody is behind it. */
function refusalsOf({ method, path, roles, keyRequired }: Endpoint): Readonly<Record<number, readonly string[]>> {
  const hasParameter = path.includes(':');
  const mayHaveBody = method !== 'GET';
  return {
    // Also of a GET: what is asked for is looked at, too
    400: ['invalid-body', ...(keyRequired ? ['idempotency-key-missing'] : [])],
    401: roles === 'anyone' ? [] : ['not-signed-in'],
    403: ['forbidden'],
    404: hasParameter ? ['not-found'] : [],
    413: mayHaveBody ? ['body-too-large'] : [],
    414: hasParameter ? ['url-too-long'] : [],
    415: mayHaveBody ? ['unsupported-media-type'] : [],
    429: ['too-many'],
    503: ['unavailable'],
  };
}

/** What a service documents, joined with what the gateway can answer in its place. */
export function withDoorAnswers(responses: Responses, endpoint: Endpoint): Responses {
  const joined = Object.entries(refusalsOf(endpoint))
    .filter(([, slugs]) => slugs.length > 0)
    .map(([status, slugs]) => [status, refusal([...new Set([...slugsIn(responses[status]), ...slugs])])] as const);
  return { ...responses, ...Object.fromEntries(joined) };
}

function refusal(slugs: readonly string[]): Response {
  return { description: slugs.join(', '), content: { [PROBLEM]: { schema: problemSchema(slugs) } } };
}

function slugsIn(response: Response | undefined): readonly string[] {
  if (response === undefined || !('content' in response)) return [];
  const schema = response.content?.[PROBLEM]?.schema;
  const slug = schema && 'properties' in schema ? schema.properties?.['slug'] : undefined;
  return slug && 'enum' in slug ? (slug.enum as string[]) : [];
}
