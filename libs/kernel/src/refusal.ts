/** What kind of "no" this is; the edge maps each to one HTTP status (`platform/service/problem.ts`). */
export type RefusalKind =
  | 'invalid'
  | 'not-signed-in'
  | 'forbidden'
  | 'not-found'
  | 'conflict'
  | 'gone'
  | 'too-large'
  | 'unprocessable'
  | 'too-many'
  | 'unavailable';

/** A "no" of the rules, as opposed to a defect. The slug is stable (design §7); the message is for people. */
export class Refusal extends Error {
  /**
   * @param slug kebab-case and stable: scripts and screens decide by it
   * @param message a sentence that says what to do; it holds no personal data
   * @param details further members of the problem document, ids and numbers only
   */
  constructor(
    readonly slug: string,
    readonly kind: RefusalKind,
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(message);
    this.name = 'Refusal';
  }
}
