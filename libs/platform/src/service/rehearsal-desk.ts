import type { DestinationStream } from 'pino';
import { startService, type RunningService, type ServiceOptions } from './bootstrap.js';
import { ServiceLog } from './logging.js';
import { RehearsalModule } from './rehearsal-desk.http.js';
import { commonVariables, readSettings } from './settings.js';

export const rehearsalSettings = readSettings(commonVariables, {
  UKETSUKE_MARK: 'demo',
  PORT: '0',
  DATABASE_URL: 'postgres://nobody@127.0.0.1/nothing',
  SHUTDOWN_DELAY_MS: '0',
  LOG_LEVEL: 'debug',
});

/** Lines of a log as they would reach standard output. */
export class Lines implements DestinationStream {
  readonly all: string[] = [];

  write(line: string): void {
    this.all.push(line);
  }

  /** The entries with this sentence. */
  of(sentence: string): Record<string, unknown>[] {
    return this.all.map((line) => JSON.parse(line)).filter(({ msg }) => msg === sentence);
  }
}

/** A service inside the process of the spec, with a real port and its log in `lines`. */
export async function startRehearsal(
  options: Partial<ServiceOptions> = {},
): Promise<RunningService & { readonly lines: Lines }> {
  const lines = new Lines();
  const log = new ServiceLog({ service: 'rehearsal', level: 'debug', destination: lines });
  const service = await startService({
    ...{ name: 'rehearsal', module: RehearsalModule, settings: rehearsalSettings, log, ownsProcess: false },
    ...options,
  });
  return { ...service, lines };
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
}
