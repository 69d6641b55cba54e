import {
  METHODS,
  resolve,
  type InterfaceDocument,
  type OddRequest,
  type Operation,
  type Schema,
} from './odd-requests.js';

/** Parts within parts: an attendee's applicant is two deep. */
const DEEPEST = 4;

/**
 * A null in the place of every field of every body that is not documented to take one, each in a request of its own
 * and with nothing else in it: so that no other fault is refused before it.
 * @returns with the field as a refusal names it
 */
export function nullRequests(document: InterfaceDocument, id: string): (OddRequest & { readonly field: string })[] {
  return Object.entries(document.paths).flatMap(([route, methods]) =>
    METHODS.filter((method) => methods[method] !== undefined).flatMap((method) => {
      const schema = (methods[method] as Operation).requestBody?.content?.['application/json']?.schema;
      const path = route.replaceAll(/\{\w+\}|:\w+/g, id);
      const nulls = schema === undefined ? [] : nullsIn(schema, document, 0);
      return nulls.map(({ field, body }) => ({ method: method.toUpperCase(), route, path, field, body }));
    }),
  );
}

interface Nulled {
  readonly field: string;
  readonly body: unknown;
}

function nullsIn(schema: Schema, document: InterfaceDocument, depth: number): Nulled[] {
  if (depth > DEEPEST) return [];
  const { properties = {}, items } = resolve(schema, document);
  const inItems = items === undefined ? [] : nullsIn(items, document, depth + 1);
  return [
    ...inItems.map(({ field, body }) => ({ field: `0.${field}`, body: [body] })),
    ...Object.entries(properties).flatMap(([name, part]): Nulled[] => [
      ...(mayBeNull(part) ? [] : [{ field: name, body: { [name]: null } }]),
      ...nullsIn(part, document, depth + 1).map(({ field, body }) => ({
        field: `${name}.${field}`,
        body: { [name]: body },
      })),
    ]),
  ];
}

function mayBeNull({ type }: Schema): boolean {
  return Array.isArray(type) && type.includes('null');
}
