/** What a log line may carry beside its sentence: names of things and numbers, never what people said or typed. */
const FIELDS = [
  ...['aborted', 'ageMs', 'attempt', 'bytes', 'check', 'code', 'context', 'count', 'err', 'group', 'host', 'kind'],
  ...['lag', 'limitMs', 'mark', 'method', 'ms', 'next', 'p', 'partitions', 'phase', 'pid', 'port', 'route', 'seq'],
  ...[
    'alarm',
    'signal',
    'slug',
    'status',
    'stream',
    'subscription',
    'table',
    'topic',
    'transport',
    'type',
    'url',
    'version',
  ],
  ...['withheld'],
] as const;

type Scalar = string | number | boolean | undefined;

/** Every key that ends in `Id` is allowed; so are the fields above. `err` is written without its message. */
export type LogFields = { readonly [id: `${string}Id`]: Scalar } & {
  readonly [Name in Exclude<(typeof FIELDS)[number], 'err'>]?: Scalar;
} & { readonly err?: unknown };

/** Words under which personal data or secrets travel; hidden even where somebody put one of them on the list. */
export const HIDDEN_FIELDS: readonly string[] = [
  ...['name', 'familyName', 'givenName', 'kana', 'familyNameKana', 'givenNameKana', 'applicant', 'applicants'],
  ...['attendee', 'attendees', 'proxy', 'person', 'phone', 'phoneNumber', 'tel', 'email', 'address', 'postalCode'],
  ...['prefecture', 'city', 'ward', 'town', 'chome', 'blockLot', 'building', 'roomNumber', 'careOf', 'note', 'notes'],
  ...['body', 'query', 'params', 'headers', 'authorization', 'cookie', 'password', 'token', 'secret', 'detail'],
];

/** Printable ASCII without a space: an id, a slug, a route; not a sentence and not a Japanese name. */
const NAME_OF_A_THING = /^[\x21-\x7e]{1,200}$/;

export function allowList(also: readonly string[] = []) {
  const allowed = new Set<string>([...FIELDS, ...also]);
  return (fields: Record<string, unknown>): Record<string, unknown> => {
    const kept: Record<string, unknown> = {};
    let withheld = 0;
    for (const [key, value] of Object.entries(fields)) {
      if (value === undefined) continue;
      if ((allowed.has(key) || /^[a-z]\w{0,40}Id$/.test(key)) && isPlain(key, value)) kept[key] = value;
      else withheld += 1;
    }
    return withheld === 0 ? kept : { ...kept, withheld };
  };
}

function isPlain(key: string, value: unknown): boolean {
  if (key === 'err') return true;
  return typeof value === 'string' ? NAME_OF_A_THING.test(value) : typeof value !== 'object' && value !== null;
}

/** The third net, over the finished line: developers write English, so anything else in a line is somebody's data. */
export function scrub(line: string): string {
  const scrubbed = line
    .replace(/[^\n\x20-\x7e]+/g, '?')
    .replace(/(\([\w", ]*\)=)\([^)]*\)/g, '$1(?)')
    .replace(/(?<![\w.:+-])(?:0\d{9,10}|\+\d{10,14}|0\d{1,4}-\d{1,4}-\d{3,4})(?![\w-])/g, '?');
  // Nearly no line has an @, and to look for what stands before it goes through the line once a character
  return scrubbed.includes('@') ? scrubbed.replace(/[^\s"/@]+@[\w-]+(?:\.[\w-]+)+/g, '?') : scrubbed;
}
