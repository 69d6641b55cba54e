/** A server cannot be run. The message is one sentence for the person at the keyboard and says what to do. */
export class ServerProblem extends Error {
  override readonly name = 'ServerProblem';
}
