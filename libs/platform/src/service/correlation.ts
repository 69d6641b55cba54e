import { AsyncLocalStorage } from 'node:async_hooks';

const current = new AsyncLocalStorage<string>();

/** The header that carries the id of everything one request of a person set in motion, in and out. */
export const CORRELATION_HEADER = 'uketsuke-correlation-id';

/** The correlation id of the request or event that is being worked on; goes into `Metadata` and every log line. */
export function currentCorrelationId(): string | undefined {
  return current.getStore();
}

export function withCorrelationId<Result>(correlationId: string, work: () => Result): Result {
  return current.run(correlationId, work);
}
