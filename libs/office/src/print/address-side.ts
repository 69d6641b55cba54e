import { addressLines, inKanji, type AddressPart } from '../address/address-lines.js';
import type { Addressee, Card } from '../card/card.js';
import type { CardSender, CardSettings } from '../card/card-settings.js';
import type { FontChain } from '../font/font-chain.js';
import { gap, verticalCells, type Cell } from '../vertical/vertical-cells.js';
import { barBoxes, barsFor, readBars } from './barcode-bars.js';
import { indicia } from './indicia.js';
import { postcodeFrame } from './postcode-frame.js';
import { sampleMark } from './sample-mark.js';
import { setColumns } from './set-columns.js';
import { addTo, emptyPlan, type SidePlan } from './side-plan.js';

// Columns, millimetres. The address keeps right of the name, the sender left of it and under the stamp area.
const STREET = { x: 88, y: 27, height: 102, largest: 4.8, comfortable: 4.1, smallest: 2.9, columns: 2, pitch: 1.25 };
const BUILDING = { y: 40, height: 89, largest: 4.1, comfortable: 3.5, smallest: 2.6, columns: 2, pitch: 1.25 };
const CARE_OF = { y: 40, height: 89, largest: 4.4, comfortable: 3.8, smallest: 2.8, columns: 2, pitch: 1.25 };
const NAME = { x: 50, y: 34, height: 92, largest: 8.6, comfortable: 6, smallest: 3.4, columns: 2, pitch: 1.15 };
const SENDER = { y: 76, height: 53, largest: 2.9, comfortable: 2.5, smallest: 1.9, columns: 2, pitch: 1.35 };
const BETWEEN = 1.6;

/** The address side (宛名面) of a card. @param fixed what is the same on every card of the batch, made once */
export function addressSide(card: Card, settings: CardSettings, fonts: FontChain, fixed: SidePlan): SidePlan {
  const plan = emptyPlan(fixed);
  const { addressee } = card;
  addTo(plan, postcodeFrame(addressee.postalCode ?? '', settings.frame, fonts));
  const lines = addressLines(addressee);
  let x = STREET.x;
  x -= setColumns(plan, cellsOf(lines.street, 0, fonts), { ...STREET, x }) + BETWEEN;
  for (const [parts, room] of [
    [lines.building, BUILDING],
    [lines.careOf, CARE_OF],
  ] as const) {
    const cells = cellsOf(parts, 0.5, fonts);
    if (cells.length > 0) x -= setColumns(plan, cells, { ...room, x, low: true }) + BETWEEN;
  }
  setColumns(plan, nameCells(addressee, fonts), NAME);
  const bars = barsFor(addressee);
  if (bars !== undefined) addBarcode(plan, bars, addressee);
  return shifted(plan, settings);
}

/** Sender, indicia and mark: the same on every card of a batch. */
export function fixedAddressSide(settings: CardSettings, fonts: FontChain): SidePlan {
  const plan = emptyPlan();
  if (settings.mark !== 'production') addTo(plan, sampleMark(fonts));
  addTo(plan, indicia(settings, fonts));
  let x = 29;
  for (const [field, text, scale] of senderLines(settings.sender)) {
    const room = { ...SENDER, largest: SENDER.largest * scale, x, low: field !== 'sender' };
    x -= setColumns(plan, verticalCells(text, field, fonts), room) + 0.9;
  }
  return shifted(plan, settings);
}

/** 返還先: cards that cannot be delivered come back to it. (§8.5) */
function senderLines({ postalCode, address, name, section }: CardSender): [string, string, number][] {
  const code = `〒${postalCode.slice(0, 3)}‐${postalCode.slice(3)}`.replaceAll(/\d+/g, (digits) => inKanji(digits));
  return [
    ['sender', `差出人・返還先　${code}`, 0.86],
    ['senderAddress', inKanji(address), 1],
    ['senderName', name, 1.2],
    ...(section === undefined ? [] : ([['senderSection', section, 1.1]] as [string, string, number][])),
  ];
}

function cellsOf(parts: readonly AddressPart[], between: number, fonts: FontChain): Cell[] {
  return parts.flatMap(({ field, text }, at) => [
    ...(at > 0 && between > 0 ? [gap(between, field)] : []),
    ...verticalCells(text, field, fonts),
  ]);
}

function nameCells({ familyName, givenName }: Addressee, fonts: FontChain): Cell[] {
  const family = verticalCells(familyName.trim(), 'familyName', fonts);
  const given = verticalCells(givenName.trim(), 'givenName', fonts);
  const honorific = verticalCells('様', 'honorific', fonts);
  const air = family.length + given.length <= 4 ? 0.8 : 0.5;
  const between = family.length > 0 && given.length > 0 ? [gap(air, 'givenName')] : [];
  const last = given.length > 0 ? given : family;
  // 様 never stands alone at the top of a column: the name before it does not let go of it.
  const kept = last.map((cell, at) => (at === last.length - 1 ? { ...cell, breakable: false } : cell));
  const names = given.length > 0 ? [...family, ...between, ...kept] : kept;
  return [...names, { ...gap(air + 0.2, 'honorific'), breakable: false }, ...honorific];
}

function addBarcode(plan: SidePlan, bars: string, { postalCode }: Addressee): void {
  const boxes = barBoxes(bars);
  plan.boxes.push(...boxes);
  const said = readBars(boxes);
  if (said === undefined || !said.startsWith(postalCode!)) {
    plan.flaws.push({ code: 'barcodeUnreadable', field: 'postalCode' });
  }
}

function shifted(plan: SidePlan, { shift }: CardSettings): SidePlan {
  if (shift === undefined) return plan;
  const move = <T extends { readonly x: number; readonly y: number }>(one: T): T => ({
    ...one,
    x: one.x + shift.right,
    y: one.y + shift.down,
  });
  return {
    ...plan,
    glyphs: plan.glyphs.map(move),
    boxes: plan.boxes.map(move),
    circles: plan.circles.map(move),
  };
}
