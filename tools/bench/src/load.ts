/** Runs `clients` loops of `once` side by side for `milliseconds`; answers how many ended per second. */
export async function perSecond(
  clients: number,
  milliseconds: number,
  once: (client: number) => Promise<unknown>,
): Promise<number> {
  const start = performance.now();
  const end = start + milliseconds;
  let done = 0;
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      while (performance.now() < end) {
        await once(client);
        done++;
      }
    }),
  );
  return (done * 1000) / (performance.now() - start);
}

/** Starts `once` `rate` times a second for `milliseconds`, whether or not the ones before have ended; waits for all. */
export async function atRate(rate: number, milliseconds: number, once: () => Promise<unknown>): Promise<void> {
  const start = performance.now();
  const running: Promise<unknown>[] = [];
  for (let i = 0; i < (rate * milliseconds) / 1000; i++) {
    const due = start + (i * 1000) / rate;
    const wait = due - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    running.push(once());
  }
  await Promise.all(running);
}
