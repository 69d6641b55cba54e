import * as z from 'zod';

/**
 * The schema to read with: the same fields, open to unknown ones (which it drops), JSON types and code lists checked,
 * formats, lengths and ranges not. Those were checked when the event was written, and they are what checking costs
 * (ReservationMade in microseconds, two cores: tolerant 0.1, with formats 1.6; JSON.parse of its text 1.1).
 *
 * Making it also proves that the schema is one that JSON can carry and a snapshot can hold: strict objects, lists,
 * optional fields, texts, numbers, yes or no, code lists. Anything else is refused when the program starts.
 */
export function tolerant(schema: z.ZodObject, path = 'data'): z.ZodObject {
  if (!(schema.def.catchall instanceof z.ZodNever)) {
    throw new TypeError(`${path}: an object of an event must be strict, or a misspelt field would be lost unseen`);
  }
  const fields = Object.entries(schema.shape).map(([name, field]) => [name, tolerantField(field, `${path}.${name}`)]);
  return z.object(Object.fromEntries(fields));
}

function tolerantField(schema: z.core.$ZodType, path: string): z.core.$ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodExactOptional) {
    return z.exactOptional(tolerantField(schema.unwrap(), path));
  }
  if (schema instanceof z.ZodObject) return tolerant(schema, path);
  if (schema instanceof z.ZodArray) return z.array(tolerantField(schema.element, `${path}[]`));
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return schema;
  const { type } = schema._zod.def;
  const coerced = 'coerce' in schema._zod.def && schema._zod.def.coerce === true;
  if (type === 'string' && !coerced) return z.string();
  if (type === 'number' && !coerced) return z.number();
  if (type === 'boolean' && !coerced) return z.boolean();
  throw new TypeError(`${path}: a field of an event cannot be of the kind ${coerced ? 'coerced ' : ''}${type}`);
}
