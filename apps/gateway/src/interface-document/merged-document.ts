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

const SCHEMAS = '#/components/schemas/';
const REFERENCE = /"#\/components\/schemas\/([^"]+)"/g;

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
  const others = othersIn(document.components?.schemas ?? {}, schemas);
  const nameOf = (name: string) => (others.has(name) ? `${service}.${name}` : name);
  const text = JSON.stringify(document).replace(REFERENCE, (_, name: string) => `"${SCHEMAS}${nameOf(name)}"`);
  const read = JSON.parse(text) as OpenAPIObject;
  for (const [name, schema] of Object.entries(read.components?.schemas ?? {})) schemas[nameOf(name)] = schema;
  return read;
}

/** Names that mean something else in `known`: written otherwise, or written alike and pointing to one of these. */
function othersIn(theirs: Schemas, known: Schemas): ReadonlySet<string> {
  const alike = new Map<string, string>();
  const others = new Set<string>();
  for (const [name, schema] of Object.entries(theirs).filter(([one]) => known[one] !== undefined)) {
    const text = JSON.stringify(schema);
    if (text === JSON.stringify(known[name])) alike.set(name, text);
    else others.add(name);
  }
  // A set that grows is walked to its end
  for (const other of others) {
    for (const [name, text] of alike) if (text.includes(`"${SCHEMAS}${other}"`)) others.add(name);
  }
  return others;
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
