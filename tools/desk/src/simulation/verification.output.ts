import { verifyDesk } from '../verification/verify-command.js';
import { check } from './check.js';
import type { Output } from './output.js';

/** `npm run verify` on the desk of the day, while it runs; of somebody else's desk only its owner can. */
export const verification: Output = {
  name: 'sure that the store folds to what is shown',
  run: async ({ desk }) => {
    if (desk.file === undefined) return { checks: [] };
    const verified = await verifyDesk(desk.file);
    const wrong = verified.flatMap(({ findings }) => findings.map((finding) => `${finding.check} ${finding.row}`));
    return { checks: [check('verified', `${verified.length} checks of npm run verify`, wrong)] };
  },
};
