import type { Lifecycle } from './lifecycle.js';
import type { ServiceLog } from './logging.js';

export interface ProcessOwner {
  /** Ends what has been started and exits with 1. */
  failToStart(err: unknown): Promise<never>;
}

/** Makes the process live and die with its service. Exit code 0 means that everything was finished. */
export function ownProcess(lifecycle: Lifecycle, log: ServiceLog): ProcessOwner {
  const leave = async (code: number, skip: readonly 'delay'[] = []): Promise<never> => {
    const { clean } = await lifecycle.stop(skip);
    log.info('Stopped', { code: clean ? code : 1 });
    process.exit(clean ? code : 1);
  };
  const crash = (sentence: string) => (err: unknown) => {
    log.error(sentence, { err });
    // The second crash, or one while stopping: what is left cannot be trusted to end.
    if (lifecycle.isStopping) process.exit(1);
    void leave(1, ['delay']);
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      log.info('Asked to stop', { signal });
      if (lifecycle.isStopping) process.exit(1);
      void leave(0);
    });
  }
  process.on('uncaughtException', crash('An error nobody caught'));
  process.on('unhandledRejection', crash('A rejection nobody caught'));
  return {
    failToStart(err) {
      log.error('The service could not start', { err });
      return leave(1, ['delay']);
    },
  };
}
