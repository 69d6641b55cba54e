import type { Call } from '#contracts/access/call.js';

/** Who asks for the data of a person or a term to be destroyed, on which paper of the city. (§8.21) */
export class Erase {
  constructor(
    readonly call: Call,
    readonly subject: { readonly kind: 'person' | 'term'; readonly id: string },
    readonly instructionNumber: string,
  ) {}
}
