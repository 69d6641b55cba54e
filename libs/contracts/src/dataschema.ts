/** The name of one version of one event type, on the wire and in the AsyncAPI document (design §4). */
export function dataschemaOf(type: string, version: number): string {
  return `urn:uketsuke:${type}.v${version}`;
}

/** The version that `dataschema` names for `type`; undefined when it names anything else. */
export function versionNamedBy(dataschema: string, type: string): number | undefined {
  const prefix = `urn:uketsuke:${type}.v`;
  const digits = dataschema.startsWith(prefix) ? dataschema.slice(prefix.length) : '';
  return /^[1-9][0-9]{0,8}$/.test(digits) ? Number(digits) : undefined;
}
