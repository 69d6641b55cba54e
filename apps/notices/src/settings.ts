import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { logUrlVariable, transportVariables } from '#platform/hosting/hearing.js';
import { gatewayPublicKeyVariable } from '#platform/hosting/service-parts.js';
import { commonVariables, variable, type SettingsOf } from '#platform/service/settings.js';

/** What is heard, and from where. */
export const hearingVariables = {
  ...transportVariables,
  reservationsLogUrl: logUrlVariable('reservations'),
};

export const noticesVariables = {
  ...commonVariables,
  ...hearingVariables,
  gatewayPublicKey: gatewayPublicKeyVariable,
  /** Whom to ask for names, at the moment a document is written. */
  reservationsUrl: variable('RESERVATIONS_URL', z.url({ protocol: /^https?$/ })),
  /** The folder of keys, outside every database and every dump (design §6). */
  keyDirectory: variable('KEY_DIRECTORY', z.string().min(1)),
  /** Where documents lie, sealed, between their making and their printing. */
  spoolDirectory: variable('SPOOL_DIRECTORY', z.string().min(1).default(join(tmpdir(), 'uketsuke-notices'))),
  /** Threads that make documents; the service itself goes on answering. */
  printThreads: variable('PRINT_THREADS', z.coerce.number().int().min(1).max(8).default(1)),
} as const;

export type NoticesSettings = SettingsOf<typeof noticesVariables>;
