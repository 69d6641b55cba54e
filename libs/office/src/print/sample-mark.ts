import type { FontChain } from '../font/font-chain.js';
import { CARD_HEIGHT, CARD_WIDTH, emptyPlan, type SidePlan } from './side-plan.js';
import { setLine } from './text-line.js';

/** 「見本」 across a side that comes from a training or demonstration desk, under everything else. (§8.25) */
export function sampleMark(fonts: FontChain): SidePlan {
  const plan = emptyPlan();
  const place = { x: CARD_WIDTH / 2 + 9, y: CARD_HEIGHT / 2 + 12, size: 34, spread: 0.25, turn: -45 };
  setLine(plan, '見本', 'mark', fonts, { ...place, align: 'centre', ink: 'grey' });
  return plan;
}
