import { z } from 'zod';
import { transportVariables } from '#platform/hosting/hearing.js';
import { gatewayPublicKeyVariable } from '#platform/hosting/service-parts.js';
import { commonVariables, variable, type SettingsOf } from '#platform/service/settings.js';

/** What this service is told, beyond what every service is. */
export const reservationsVariables = {
  ...commonVariables,
  ...transportVariables,
  gatewayPublicKey: gatewayPublicKeyVariable,
  capacityUrl: variable('CAPACITY_URL', z.url({ protocol: /^https?$/ })),
  /** How long a seat is held before it is free again: what a call needs from the seat to the name. (design §4) */
  holdSeconds: variable('HOLD_SECONDS', z.coerce.number().int().min(1).max(3_600).default(300)),
  /** The folder of keys, outside every database and every dump (design §6). */
  keyDirectory: variable('KEY_DIRECTORY', z.string().min(1)),
} as const;

export type ReservationsSettings = SettingsOf<typeof reservationsVariables>;
