import { setTimeout as sleep } from 'node:timers/promises';

interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/**
 * Asks as a client does who is told `not-yet`: again, until what was told has arrived. How long that takes is the
 * machine's, so a spec does not say it; `within`, milliseconds, is for what never comes.
 */
export async function askAgain<A extends Answer>(ask: () => Promise<A>, within = 60_000): Promise<A> {
  const until = performance.now() + within;
  for (;;) {
    const answer = await ask();
    const notYet = answer.status === 503 && (answer.body as { slug?: string } | undefined)?.slug === 'not-yet';
    if (!notYet || performance.now() > until) return answer;
    await sleep(50);
  }
}
