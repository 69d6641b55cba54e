/** An error as the log may show it: what broke and where, never its message, which quotes what people typed. */
export interface Fault {
  readonly type: string;
  readonly at?: readonly string[];
  readonly cause?: Fault;
  readonly errors?: readonly Fault[];
  readonly [detail: string]: unknown;
}

/** Set by Node, by PostgreSQL and by ourselves; names of columns and constraints, not what is in them. */
const DETAILS = ['code', 'slug', 'syscall', 'port', 'schema', 'table', 'column', 'constraint', 'routine', 'statusCode'];
const IDENTIFIER = /^[\w$-]{1,80}$/;
const FRAME = /^ +at (?:[\w$.<>[\]# ]+ \()?(?:file:|node:|\/)[^\s()]*:\d+:\d+\)?$/;

export function faultOf(error: unknown, depth = 0): Fault {
  if (!(error instanceof Error)) return { type: `thrown ${typeof error}` };
  const { name, stack, message, cause } = error;
  const fault: Record<string, unknown> = { type: IDENTIFIER.test(name) ? name : 'Error' };
  for (const detail of DETAILS) {
    const value = (error as unknown as Record<string, unknown>)[detail];
    if (typeof value === 'number' || (typeof value === 'string' && IDENTIFIER.test(value))) fault[detail] = value;
  }
  // Without the message first: it may have lines that look like frames.
  const frames = (stack ?? '').replace(message, '').split('\n');
  fault['at'] = frames.filter((line) => FRAME.test(line)).map((line) => line.trim().slice(3));
  if (depth < 3 && cause instanceof Error) fault['cause'] = faultOf(cause, depth + 1);
  if (depth < 3 && error instanceof AggregateError) {
    fault['errors'] = error.errors.slice(0, 5).map((inner) => faultOf(inner, depth + 1));
  }
  return fault as unknown as Fault;
}
