import { Inject, Injectable } from '@nestjs/common';
import { CardPrinter } from '#office/card/card-printer.js';
import type { CardWarning } from '#office/card/card-warning.js';
import { CardLayout } from '../document/card-layout.js';
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
  constructor(
    @Inject(CardPrinter) private readonly printer: CardPrinter,
    @Inject(CardLayout) private readonly layout: CardLayout,
  ) {}

  /** @param day civil date: by its settings the cards are laid out */
  async of(drafts: readonly CardDraft[], day: string): Promise<Proofed> {
    if (drafts.length === 0) return { printable: [], stopped: [] };
    // The widest serial there can be in this batch: whatever place a card gets, it fits
    const serial = { batchNumber: 9_999, serialNo: drafts.length, total: drafts.length };
    const cards = drafts.map(({ card }) => ({ ...card, serial }));
    const found = await this.printer.softProof(cards, await this.layout.on(day));
    const byCard = new Map<number, CardWarning[]>();
    for (const warning of found) byCard.set(warning.index, [...(byCard.get(warning.index) ?? []), warning]);
    const looked = drafts.map((draft, i) => ({ draft, found: byCard.get(i) ?? [] }));
    const isStopped = ({ found: warnings }: { found: readonly CardWarning[] }) =>
      warnings.some(({ weight }) => weight === 'stop');
    return {
      printable: looked
        .filter((one) => !isStopped(one))
        .map(({ draft, found: warnings }) => ({ draft, warnings: codesOf(draft, warnings) })),
      stopped: looked.filter(isStopped).map(({ draft, found: warnings }) => ({
        noticeId: draft.notice.notice_id,
        reason: warnings.find(({ weight }) => weight === 'stop')!.code,
      })),
    };
  }
}

/** Codes only: they stand in an event. Being late is seen here, the rest by the printer. */
function codesOf({ notice: { lane } }: CardDraft, warnings: readonly CardWarning[]): string[] {
  const late = lane === 'late' || lane === 'tooLate' ? [lane] : [];
  return [...new Set([...late, ...warnings.map(({ code }) => code)])].slice(0, 20);
}
