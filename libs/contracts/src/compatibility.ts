import type { JsonSchema } from './event-catalogue.js';

/**
 * What `changed` does to readers and writers of `committed`, the same version as it was published; empty when nothing.
 * Within a version a field may be added if it is optional. All else, a looser check too, is the next version: events
 * of one version lie in logs and topics for ever, and others read them with the schema they were given.
 */
export function breaksOf(committed: JsonSchema, changed: JsonSchema, path = 'data'): string[] {
  const before = membersOf(committed);
  const after = membersOf(changed);
  const breaks: string[] = [];
  for (const [field, schema] of Object.entries(before.properties)) {
    const now = after.properties[field];
    if (now === undefined) breaks.push(`${path}.${field} is gone`);
    else breaks.push(...breaksOf(schema, now, `${path}.${field}`));
  }
  for (const field of after.required.filter((name) => !before.required.includes(name))) {
    breaks.push(`${path}.${field} is required now`);
  }
  for (const field of before.required.filter((name) => !after.required.includes(name) && name in after.properties)) {
    breaks.push(`${path}.${field} is optional now`);
  }
  if (before.items && after.items) breaks.push(...breaksOf(before.items, after.items, `${path}[]`));
  for (const keyword of new Set([...Object.keys(before.rest), ...Object.keys(after.rest)])) {
    const [was, is] = [before.rest[keyword], after.rest[keyword]].map((value) => JSON.stringify(value) ?? 'absent');
    if (was !== is) breaks.push(`${path}: ${keyword} was ${was} and is ${is}`);
  }
  return breaks;
}

function membersOf({ properties = {}, required = [], items, ...rest }: JsonSchema) {
  return {
    properties: properties as { readonly [field: string]: JsonSchema },
    required: required as readonly string[],
    items: items as JsonSchema | undefined,
    rest,
  };
}
