import { clockText } from '#calendar/japanese-date.js';
import { serialText, type Card } from '../card/card.js';
import type { CardSettings } from '../card/card-settings.js';
import type { FontChain } from '../font/font-chain.js';
import { kindText, momentText } from '../template/notice-fields.js';
import { breakLines } from './line-breaks.js';
import { sampleMark } from './sample-mark.js';
import { addTo, CARD_HEIGHT, CARD_WIDTH, emptyPlan, type SidePlan } from './side-plan.js';
import { setLine } from './text-line.js';

// The message side in the desk's own layout. It is set at full size, and smaller only when a text is so long that it
// would leave the card.

const EDGE = 8;
const WIDTH = CARD_WIDTH - 2 * EDGE;
const LABEL = 17;
const TOP = 6;
const BOTTOM = CARD_HEIGHT - 7;
const LEADING = 1.42;
const SCALES = [1, 0.94, 0.88, 0.82, 0.76];
/** Millimetres; 3.5 is ten points. */
const SIZE = { name: 5.2, text: 3.1, label: 2.8, value: 3.3, strong: 3.6, small: 2.7, serial: 1.76 };

/** @param fixed what is the same on every card of the batch, made once */
export function noticeSide(card: Card, _settings: CardSettings, fonts: FontChain, fixed: SidePlan): SidePlan {
  for (const scale of SCALES) {
    const page = new Page(fonts, scale, fixed);
    if (setCard(page, card) <= BOTTOM) return page.plan;
  }
  const page = new Page(fonts, SCALES.at(-1)!, fixed);
  setCard(page, card);
  page.plan.flaws.push({ code: 'overflow', field: page.longest });
  return page.plan;
}

/** Heading and mark: the same on every card of a batch. */
export function fixedNoticeSide({ mark, sender }: CardSettings, fonts: FontChain): SidePlan {
  const plan = emptyPlan();
  if (mark !== 'production') addTo(plan, sampleMark(fonts));
  const centre = { x: CARD_WIDTH / 2, align: 'centre' } as const;
  setLine(plan, '受講通知書', 'heading', fonts.strong, { ...centre, y: TOP + 12, size: 6, spread: 0.25 });
  const office = [sender.name, sender.section].filter((part) => part).join('　');
  const size = Math.min(2.6, WIDTH / Math.max(1, [...office].length));
  setLine(plan, office, 'senderName', fonts, { x: CARD_WIDTH - EDGE, y: CARD_HEIGHT - 5, size, align: 'right' });
  return plan;
}

function setCard(page: Page, { addressee, kind, serial, session, contact, receiptNumber }: Card): number {
  const right = { x: CARD_WIDTH - EDGE, align: 'right' } as const;
  setLine(page.plan, serialText(serial), 'serial', page.fonts, { ...right, y: TOP + 1, size: SIZE.serial });
  if (kind !== 'first') setKind(page.plan, kindText(kind), page.fonts.strong);
  page.y = TOP + 17;
  const name = `${addressee.familyName}　${addressee.givenName}　様`;
  page.text(
    name,
    addressee.givenName.length > addressee.familyName.length ? 'givenName' : 'familyName',
    SIZE.name,
    true,
  );
  page.y += 1.4;
  page.text('次のとおり受講が決まりましたので、お知らせします。', 'heading', SIZE.text);
  page.y += 1.2;
  page.rule();
  page.row('講座', session.courseTitle, 'courseTitle', SIZE.strong);
  page.row('日時', session.dates.map((date) => momentText(date)).join('\n'), 'dates', SIZE.strong);
  page.row('受付開始', session.receptionOpensAt && clockText(session.receptionOpensAt), 'receptionOpensAt');
  page.row('会場', session.venueName, 'venueName', SIZE.strong);
  page.row('所在地', session.venueAddress, 'venueAddress');
  page.row('行き方', session.venueAccess, 'venueAccess');
  page.row('持ち物', session.bringAlong, 'bringAlong');
  page.row('受付番号', receiptNumber, 'receiptNumber', SIZE.strong);
  page.y += 1.6;
  page.text('都合が悪くなったときや、ご質問があるときは、お電話ください。', 'heading', SIZE.small);
  page.text(contact.reception, 'reception', SIZE.text);
  if (contact.afterClosing === undefined) return page.y;
  page.y += 0.8;
  page.text('受付期間が終わったあとの連絡先', 'heading', SIZE.small);
  page.text(contact.afterClosing, 'afterClosing', SIZE.text);
  return page.y;
}

/** Framed, so that whoever has two cards sees which one counts. (§4.4.7) */
function setKind(plan: SidePlan, text: string, fonts: FontChain): void {
  const width = setLine(plan, text, 'kind', fonts, { x: EDGE + 1.5, y: TOP + 2.6, size: 3.2 });
  plan.boxes.push({ x: EDGE, y: TOP - 1.5, width: width + 3, height: 5.6, line: 0.35 });
}

/** Sets lines one below the other. */
class Page {
  readonly plan: SidePlan;
  y = 0;
  longest = 'courseTitle';
  private height = 0;

  constructor(
    readonly fonts: FontChain,
    private readonly scale: number,
    fixed: SidePlan,
  ) {
    this.plan = emptyPlan(fixed);
  }

  text(text: string, field: string, size: number, strong = false): void {
    this.block(text, field, EDGE, WIDTH, size * this.scale, strong);
  }

  row(label: string, value: string | undefined, field: string, size: number = SIZE.value): void {
    if (value === undefined || value === '') return;
    const above = 0.9 * this.scale;
    this.y += above;
    const start = this.y;
    const small = SIZE.label * this.scale;
    const baseline = start + size * this.scale * 1.06;
    setLine(this.plan, label, 'heading', this.fonts, { x: EDGE + 0.5, y: baseline, size: small });
    this.block(value, field, EDGE + LABEL, WIDTH - LABEL, size * this.scale, size === SIZE.strong);
    this.y += above - 0.3;
    this.rule();
  }

  rule(): void {
    this.plan.boxes.push({ x: EDGE, y: this.y, width: WIDTH, height: 0.12 });
  }

  private block(text: string, field: string, x: number, width: number, size: number, strong: boolean): void {
    const { lines, missing } = breakLines(text, width / size, strong ? this.fonts.strong : this.fonts);
    for (const line of lines) {
      let at = x;
      for (const { glyph, width: own } of line) {
        if (glyph !== undefined) this.plan.glyphs.push({ glyph, x: at, y: this.y + size * 1.06, size });
        at += own * size;
      }
      this.y += size * LEADING;
    }
    this.plan.flaws.push(...missing.map((letter) => ({ code: 'missingGlyph' as const, field, letter })));
    if (lines.length * size > this.height && field !== 'heading') {
      this.height = lines.length * size;
      this.longest = field;
    }
  }
}
