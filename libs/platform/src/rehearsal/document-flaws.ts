interface Described {
  readonly paths: object;
  readonly components?: { readonly schemas?: object };
}

/** Where an OpenAPI document points to nothing, or asks for a text by a pattern that is none. */
export function documentFlaws(document: Described): string[] {
  const { schemas = {} } = document.components ?? {};
  const flaws: string[] = [];
  const look = (part: unknown, at: string): void => {
    if (typeof part !== 'object' || part === null) return;
    const { $ref, pattern } = part as { $ref?: unknown; pattern?: unknown };
    if (typeof $ref === 'string' && !isThere($ref, schemas)) flaws.push(`${at} points to ${$ref}`);
    if (typeof pattern === 'string' && !isPattern(pattern)) flaws.push(`${at} has the pattern ${pattern}`);
    for (const [name, inner] of Object.entries(part)) look(inner, `${at}/${name}`);
  };
  look(document.paths, 'paths');
  look(schemas, 'schemas');
  return flaws;
}

function isThere(reference: string, schemas: object): boolean {
  const name = /^#\/components\/schemas\/(.+)$/.exec(reference)?.[1];
  return name !== undefined && Object.hasOwn(schemas, name);
}

function isPattern(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').unicode;
  } catch {
    return false;
  }
}
