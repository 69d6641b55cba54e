import type { OpenAPIObject } from '@nestjs/swagger';
import { accessPolicy } from '#contracts/access/access-policy.js';
import type { Answering, BehindTheGateway, Endpoint } from '#contracts/access/endpoint.js';
import { withDoorAnswers } from './door-answers.js';

type Operation = NonNullable<OpenAPIObject['paths'][string]['get']>;
type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

export interface ServiceDocument {
  readonly service: BehindTheGateway;
  /** Its paths are without `/api`. */
  readonly document: OpenAPIObject;
}

const KEY_HEADER = {
  name: 'Idempotency-Key',
  in: 'header',
  description: 'Of the caller: the same key is answered the same, and done once.',
  schema: { type: 'string', minLength: 1, maxLength: 200, pattern: '^[\\x20-\\x7e]+$' },
} as const;

/** One document under `/api`, with every endpoint of the access policy that somebody has documented and no other. */
export function mergeDocuments(own: OpenAPIObject, services: readonly ServiceDocument[]): OpenAPIObject {
  const schemas: Schemas = { ...own.components?.schemas };
  const paths: OpenAPIObject['paths'] = {};
  const described = new Map<Answering, OpenAPIObject>([['gateway', own]]);
  for (const { service, document } of services) described.set(service, takeSchemas(schemas, service, document));
  for (const endpoint of accessPolicy) {
    const path = endpoint.path.replace(/:(\w+)/g, '{$1}');
    const at = endpoint.service === 'gateway' ? `/api${path}` : path;
    const method = endpoint.method.toLowerCase() as 'get';
    const operation = described.get(endpoint.service)?.paths[at]?.[method];
    if (operation !== undefined) (paths[`/api${path}`] ??= {})[method] = atTheDoor(operation, endpoint);
  }
  return {
    ...own,
    paths,
    components: {
      schemas,
      securitySchemes: {
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-uketsuke',
          description: 'From POST /api/sign-in; `uketsuke` on plain http, which is for loopback only.',
        },
        token: { type: 'http', scheme: 'bearer', description: 'Of a service account.' },
      },
    },
  };
}

/** Two services may give different things the same name: then the second gets a name of its own. */
function takeSchemas(schemas: Schemas, service: string, document: OpenAPIObject): OpenAPIObject {
  const renamed = new Map<string, string>();
  const theirs = document.components?.schemas ?? {};
  for (const [name, schema] of Object.entries(theirs)) {
    const isOther = schemas[name] !== undefined && JSON.stringify(schemas[name]) !== JSON.stringify(schema);
    if (isOther) renamed.set(name, `${service}.${name}`);
  }
  const text = JSON.stringify(document).replace(
    /"#\/components\/schemas\/([^"]+)"/g,
    (_, name: string) => `"#/components/schemas/${renamed.get(name) ?? name}"`,
  );
  const read = JSON.parse(text) as OpenAPIObject;
  for (const [name, schema] of Object.entries(read.components?.schemas ?? {})) {
    schemas[renamed.get(name) ?? name] = schema;
  }
  return read;
}

function atTheDoor(operation: Operation, endpoint: Endpoint): Operation {
  const { roles, personalData, keyRequired } = endpoint;
  const others = (operation.parameters ?? []).filter((one) => !('name' in one && /^idempotency-key$/i.test(one.name)));
  const takesKey = keyRequired || others.length !== (operation.parameters ?? []).length;
  return {
    ...operation,
    parameters: takesKey ? [...others, { ...KEY_HEADER, required: keyRequired }] : others,
    security: roles === 'anyone' ? [] : [{ session: [] }, { token: [] }],
    responses: withDoorAnswers(operation.responses, endpoint),
    ...{ 'x-roles': roles, 'x-personal-data': personalData },
  };
}
