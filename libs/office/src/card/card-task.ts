import type { Card } from './card.js';
import type { CardFile } from './card-document.js';
import type { CardSettings } from './card-settings.js';
import type { CardWarning } from './card-warning.js';
import type { NoticeTemplate } from './notice-template.js';
import type { RefusalKind } from '#kernel/refusal.js';

// What the printer and its workers say to each other: plain data.

interface Task {
  readonly cards: readonly Card[];
  readonly settings: CardSettings;
}

interface Writing extends Task {
  readonly folder: string;
  /** Names the drafts of this run. */
  readonly run: string;
}

export type CardTask =
  | (Task & { readonly kind: 'softProof' })
  | (Writing & { readonly kind: 'notices'; readonly template: NoticeTemplate })
  | (Writing & { readonly kind: 'noticeSides' })
  | (Writing & { readonly kind: 'addresses' });

export interface CardAnswers {
  readonly softProof: CardWarning[];
  readonly notices: CardFile[];
  readonly noticeSides: CardFile;
  readonly addresses: CardFile;
}

export type FromWorker =
  | { readonly done: number }
  | { readonly answer: unknown }
  | { readonly refusal: CarriedRefusal }
  | { readonly failure: string };

export interface CarriedRefusal {
  readonly slug: string;
  readonly kind: RefusalKind;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
}
