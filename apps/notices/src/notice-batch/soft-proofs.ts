import { Injectable } from '@nestjs/common';
import type { CardDraft } from './cards.js';
import type { LeftOut } from './selection.js';

export interface Proofed {
  readonly printable: readonly { readonly draft: CardDraft; readonly warnings: readonly string[] }[];
  /** Cards that would be wrong or would not arrive: never printed silently. (§4.4.3) */
  readonly stopped: readonly LeftOut[];
}

/** Cards looked at before any paper is used. (R055, §4.2) */
@Injectable()
export class SoftProofs {
  async of(drafts: readonly CardDraft[], _today: string): Promise<Proofed> {
    return { printable: drafts.map((draft) => ({ draft, warnings: warningsOf(draft) })), stopped: [] };
  }
}

function warningsOf({ notice: { lane } }: CardDraft): string[] {
  return lane === 'late' || lane === 'tooLate' ? [lane] : [];
}
