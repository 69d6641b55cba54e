import { afterTown, townsOf } from '../address/postal-town.js';
import { chomeText } from '../address/address-lines.js';
import { addressNumberOf } from '../barcode/address-number.js';
import { decodeBarcode, encodeBarcode, type Bars } from '../barcode/customer-barcode.js';
import type { Addressee } from '../card/card.js';
import { CARD_WIDTH, type Box } from './side-plan.js';

// Sizes at 9 of the 8 to 11.5 points allowed (p17): 67 bars are 71.8 mm, at least 10 mm from every edge.
const SCALE = 0.9;
const PITCH = 1.2 * SCALE;
const WIDTH = 0.6 * SCALE;
const LONG = 3.6 * SCALE;
const THIRD = LONG / 3;
/** Of the long bars, from the top edge: the lower end is 10.5 mm from the bottom. */
const TOP = 134.2;

/**
 * The bars for an address. None for a representative postcode, for one the data do not know, and where the address is
 * not in the town of the postcode: a wrong barcode sends a card astray, a missing one is read by people. (p18)
 */
export function barsFor(addressee: Addressee): Bars | undefined {
  const { postalCode } = addressee;
  if (postalCode === undefined) return undefined;
  const rest = addressAfterTown(addressee);
  return rest === undefined ? undefined : encodeBarcode(postalCode, addressNumberOf(rest));
}

/** 住所B of the manual: what follows the town that the postcode stands for. */
export function addressAfterTown(addressee: Addressee): string | undefined {
  const { town, chome, blockLot, building, roomNumber } = addressee;
  const street = [town, chome === undefined ? '' : chomeText(chome), blockLot].join('');
  for (const { town: postal } of townsOf(addressee.postalCode ?? '')) {
    const rest = postal === '' ? undefined : afterTown(street, postal);
    if (rest !== undefined) return [rest, building, roomNumber].filter((part) => part).join(' ');
  }
  return undefined;
}

/** Centred at the foot of the card. */
export function barBoxes(bars: Bars): Box[] {
  const left = (CARD_WIDTH - (bars.length - 1) * PITCH - WIDTH) / 2;
  return [...bars].map((bar, at) => {
    const top = bar === '1' || bar === '2' ? TOP : TOP + THIRD;
    const height = bar === '1' ? LONG : bar === '4' ? THIRD : 2 * THIRD;
    return { x: left + at * PITCH, y: top, width: WIDTH, height };
  });
}

/** What drawn bars say: read off their boxes, not off what they were drawn from. (§4.4.3) */
export function readBars(boxes: readonly Box[]): string | undefined {
  const bars = boxes
    .toSorted((a, b) => a.x - b.x)
    .map(({ y, height }) => {
      const up = y < TOP + THIRD / 2;
      const down = y + height > TOP + LONG - THIRD / 2;
      return up && down ? '1' : up ? '2' : down ? '3' : '4';
    })
    .join('');
  return decodeBarcode(bars);
}
