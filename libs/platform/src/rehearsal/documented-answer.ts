import type { InterfaceDocument } from './odd-requests.js';

export interface GivenAnswer {
  readonly method: string;
  /** As in the document. */
  readonly route: string;
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly body: unknown;
}

interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: unknown;
  readonly required?: readonly string[];
  readonly items?: Schema;
}

type Responses = Readonly<
  Record<string, { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> }>
>;

/** What an answer has that the document of its interface does not know, or lacks that it promises. */
export function undocumentedIn(document: InterfaceDocument, { method, route, status, body }: GivenAnswer): string[] {
  const operation = document.paths[route]?.[method.toLowerCase()] as { responses?: Responses } | undefined;
  const response = operation?.responses?.[status];
  if (response === undefined) return [`the status ${status}${status >= 400 ? ` ${slugOf(body)}` : ''}`];
  const { content = {} } = response;
  const schema = Object.entries(content).find(([type]) => /json/.test(type))?.[1].schema;
  if (schema === undefined || typeof body !== 'object') return [];
  if (status < 400) return membersAgainst(schema, body, document, 'the answer');
  const slugs = whole(schema, document).properties?.['slug']?.enum;
  return slugs === undefined || slugs.includes(slugOf(body)) ? [] : [`the slug ${slugOf(body)} of ${status}`];
}

function slugOf(body: unknown): string {
  return String((body as { slug?: unknown } | null | undefined)?.slug);
}

function membersAgainst(schema: Schema, value: unknown, document: InterfaceDocument, at: string): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { properties, required = [], items, additionalProperties, oneOf, anyOf } = whole(schema, document);
  if (Array.isArray(value)) return value.flatMap((one) => membersAgainst(items ?? {}, one, document, `${at}[]`));
  // One of several, or an object that says nothing of its members
  if (oneOf !== undefined || anyOf !== undefined || properties === undefined) return [];
  const given = Object.keys(value);
  return [
    ...required.filter((name) => !given.includes(name)).map((name) => `${at} without ${name}`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const known = properties[name];
      if (known !== undefined) return membersAgainst(known, inner, document, `${at}.${name}`);
      return additionalProperties ? [] : [`${at}.${name}`];
    }),
  ];
}

/** With what it points to, and all it is made of. */
function whole(schema: Schema, document: InterfaceDocument): Schema {
  const { $ref, allOf = [], ...own } = schema;
  const pointed = $ref === undefined ? [] : [document.components?.schemas?.[$ref.split('/').at(-1)!] as Schema];
  const parts = [...pointed, ...allOf].map((part) => whole(part, document));
  return [...parts, own].reduce<Schema>(
    (all, part) => ({
      ...all,
      ...part,
      ...((all.properties ?? part.properties) && { properties: { ...all.properties, ...part.properties } }),
      required: [...(all.required ?? []), ...(part.required ?? [])],
    }),
    {},
  );
}
