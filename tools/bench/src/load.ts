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
