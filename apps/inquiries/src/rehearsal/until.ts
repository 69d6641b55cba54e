/** Asks again until the answer is neither false nor undefined; half a minute at most. */
export async function until<Value>(ask: () => Promise<Value | false | undefined>): Promise<Value> {
  for (let tries = 0; tries < 600; tries++) {
    const answer = await ask();
    if (answer !== false && answer !== undefined) return answer;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('It did not come about within half a minute.');
}
