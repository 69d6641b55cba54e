import * as z from 'zod';
import { id } from '../event-fields.js';

/** What `POST /internal/receipts` of reservations answers. */
export const receiptsAnswer = z.object({
  receipts: z.array(z.object({ reservationId: id, receiptNumber: z.string().regex(/^\d{8}$/) })),
});
