import fc, { type Arbitrary } from 'fast-check';

/** As much of an OpenAPI document as is needed to ask odd things of it. */
export interface InterfaceDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: { readonly schemas?: Readonly<Record<string, unknown>> };
}

export interface OddRequest {
  readonly method: string;
  /** With odd values in its parameters. */
  readonly path: string;
  /** As in the document. */
  readonly route: string;
  readonly body: unknown;
}

export interface Schema {
  readonly $ref?: string;
  /** With `null` beside it where a null says something. */
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly allOf?: readonly Schema[];
}

export interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
}

export const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

type Source = InterfaceDocument & { readonly id: Arbitrary<string> };

/** Long, empty, controlled, halved, right to left, looking like a path, a number or a statement. */
const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 300, size: 'max' }),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\0',
    '\u0007',
    '\ud800',
    '\u202e',
    '%',
    "'; --",
    '../..',
    '-1',
    '1e309',
    'null',
    '２０２７－０１－０１',
  ),
  fc.constantFrom('x'.repeat(5_000), '2027-02-29', '25:61', '00000000-0000-0000-0000-000000000000'),
);

const oddValue: Arbitrary<unknown> = fc.oneof(
  oddText,
  fc.constantFrom(null, true, -1, 10_000, 1e21, 0.1, Number.MAX_SAFE_INTEGER, [], {}, [[]], { a: { b: {} } }),
  fc.json({ maxDepth: 3 }).map((text) => JSON.parse(text) as unknown),
);

/**
 * One request for any route of the document: parameters odd or well formed, the body nearly right, wrong, or nothing.
 * @param ids of things that are there: most refusals come only behind them
 */
export function oddRequests(
  document: InterfaceDocument,
  ids: readonly string[],
  skip: (route: string) => boolean = () => false,
) {
  const id = fc.oneof(fc.constantFrom(...ids), fc.uuid());
  const operations = Object.entries(document.paths).flatMap(([route, methods]) =>
    METHODS.filter((method) => methods[method] !== undefined && !skip(`${method.toUpperCase()} ${route}`)).map(
      (method) => ({
        route,
        method,
        operation: methods[method] as Operation,
      }),
    ),
  );
  return fc.constantFrom(...operations).chain(({ route, method, operation }): Arbitrary<OddRequest> => {
    const schema = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
    const parameters = operation.parameters ?? [];
    return fc
      .record({
        values: fc.array(fc.oneof(id, id, oddText), { minLength: 8, maxLength: 8 }),
        query: fc.dictionary(
          fc.constantFrom(
            'limit',
            'after',
            'odd',
            ...parameters.filter((one) => one.in === 'query').map(({ name }) => name),
          ),
          oddText,
          { maxKeys: 3 },
        ),
        body: schema === undefined ? fc.constant(undefined) : bodyOf(schema, { ...document, id }),
      })
      .map(({ values, query, body }) => {
        let nth = 0;
        const filled = route.replaceAll(/\{\w+\}|:\w+/g, () => encode(values[nth++ % values.length]!) || '%20');
        const asked = Object.entries(query).map(([name, value]) => `${name}=${encode(value)}`);
        return {
          ...{ method: method.toUpperCase(), route, body },
          path: filled + (asked.length > 0 ? `?${asked.join('&')}` : ''),
        };
      });
  });
}

function bodyOf(schema: Schema, document: Source): Arbitrary<unknown> {
  return fc.oneof({ weight: 4, arbitrary: shaped(schema, document, 0) }, { weight: 1, arbitrary: oddValue });
}

/** Of the shape that the schema asks for, with something odd in about every fourth place. */
function shaped(schema: Schema, document: Source, depth: number): Arbitrary<unknown> {
  const found = resolve(schema, document);
  const right = depth > 6 ? fc.constant(null) : rightly(found, document, depth);
  return fc.oneof({ weight: 4, arbitrary: right }, { weight: 1, arbitrary: oddValue });
}

function rightly(schema: Schema, document: Source, depth: number): Arbitrary<unknown> {
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  switch (typeof schema.type === 'object' ? schema.type[0] : schema.type) {
    case 'object': {
      const properties = Object.entries(schema.properties ?? {});
      const parts = properties.map(([name, part]) => [name, shaped(part, document, depth + 1)] as const);
      return fc.record(Object.fromEntries(parts), { requiredKeys: [...(schema.required ?? [])] });
    }
    case 'array':
      return fc.array(shaped(schema.items ?? {}, document, depth + 1), { maxLength: 3 });
    case 'integer':
    case 'number':
      return fc.integer({ min: -2, max: 20_000 });
    case 'boolean':
      return fc.boolean();
    default:
      return text(schema, document);
  }
}

function text({ format }: Schema, { id }: Source): Arbitrary<string> {
  if (format === 'uuid') return id;
  if (format === 'date') return fc.constantFrom('2027-01-12', '2027-02-28', '9999-12-31');
  if (format === 'date-time') return fc.constantFrom('2027-01-12T00:00:00Z', '0001-01-01T00:00:00+14:00');
  return fc.oneof(oddText, fc.constantFrom('A', '北区', 'カナ', '09:00', '0011234', 'illness'));
}

export function resolve(schema: Schema, document: InterfaceDocument): Schema {
  const reference = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (reference === undefined) return schema;
  return (document.components?.schemas?.[reference.split('/').at(-1)!] ?? {}) as Schema;
}

/** Half of a surrogate pair cannot be encoded: it travels as what a careless program would send. */
function encode(value: string): string {
  try {
    return encodeURIComponent(value);
  } catch {
    return '%ED%A0%80';
  }
}
