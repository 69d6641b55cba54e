import type { CardSettings } from '../card/card-settings.js';
import type { FontChain } from '../font/font-chain.js';
import { CARD_WIDTH, emptyPlan, type SidePlan } from './side-plan.js';
import { setLine } from './text-line.js';

// The 70 × 35 mm at the top left of a card set upright is the post's; what stands in it depends on the stock. (§8.4)

const PAID = { paidSeparately: '料金別納', paidLater: '料金後納' } as const;
/** 20 to 30 mm across. */
const DISC = { x: 20, y: 23, radius: 11 };

/** The place of the stamp, and the words 「郵便はがき」 that a card not sold by the post must carry. */
export function indicia(settings: CardSettings, fonts: FontChain): SidePlan {
  const plan = emptyPlan();
  const { stock, postOffice } = settings;
  if (stock === 'postalCard') return plan;
  setLine(plan, '郵便はがき', 'stock', fonts, { x: CARD_WIDTH / 2, y: 8.6, size: 3.1, spread: 0.5, align: 'centre' });
  if (stock === 'stamped') {
    plan.boxes.push({ x: 9, y: 9, width: 18.5, height: 22.5, line: 0.15 });
    setLine(plan, '切手', 'stock', fonts, { x: 18.25, y: 21.2, size: 2.6, spread: 0.4, align: 'centre' });
    return plan;
  }
  const { x, y, radius } = DISC;
  plan.circles.push({ x, y, radius, line: 0.35 });
  for (const height of [-3.6, 3.6]) {
    const half = Math.sqrt(radius ** 2 - height ** 2);
    plan.boxes.push({ x: x - half, y: y + height - 0.12, width: 2 * half, height: 0.24 });
  }
  const size = Math.min(2.6, 17 / Math.max(1, (postOffice ?? '').length));
  setLine(plan, postOffice ?? '', 'postOffice', fonts, { x, y: y - 5, size, align: 'centre' });
  setLine(plan, PAID[stock], 'stock', fonts, { x, y: y + 1.35, size: 3.7, spread: 0.2, align: 'centre' });
  setLine(plan, '郵便', 'stock', fonts, { x, y: y + 7.7, size: 3.4, spread: 0.3, align: 'centre' });
  return plan;
}
