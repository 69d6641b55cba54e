import { z } from 'zod';
import { logUrlVariable, transportVariables } from '#platform/hosting/hearing.js';
import { gatewayPublicKeyVariable } from '#platform/hosting/service-parts.js';
import { commonVariables, variable, type SettingsOf } from '#platform/service/settings.js';

/** What is heard, and from where. */
export const hearingVariables = {
  ...transportVariables,
  reservationsLogUrl: logUrlVariable('reservations'),
  noticesLogUrl: logUrlVariable('notices'),
};

export const inquiriesVariables = {
  ...commonVariables,
  ...hearingVariables,
  gatewayPublicKey: gatewayPublicKeyVariable,
  /** Whom to ask for names, at the moment a document is written. */
  reservationsUrl: variable('RESERVATIONS_URL', z.url({ protocol: /^https?$/ })),
  /** The folder of keys, outside every database and every dump (design §6). */
  keyDirectory: variable('KEY_DIRECTORY', z.string().min(1)),
} as const;

export type InquiriesSettings = SettingsOf<typeof inquiriesVariables>;
