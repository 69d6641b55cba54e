import { z } from 'zod';
import { logUrlVariable, transportVariables } from '#platform/hosting/hearing.js';
import { gatewayPublicKeyVariable } from '#platform/hosting/service-parts.js';
import { commonVariables, variable, type SettingsOf } from '#platform/service/settings.js';

/** What is heard, and from where. */
export const hearingVariables = {
  ...transportVariables,
  reservationsLogUrl: logUrlVariable('reservations'),
  noticesLogUrl: logUrlVariable('notices'),
  inquiriesLogUrl: logUrlVariable('inquiries'),
};

export const reportingVariables = {
  ...commonVariables,
  ...hearingVariables,
  gatewayPublicKey: gatewayPublicKeyVariable,
  /** Whom to ask for names, at the moment a document is written. */
  reservationsUrl: variable('RESERVATIONS_URL', z.url({ protocol: /^https?$/ })),
  /** Whom to ask for the words of a complaint when its paper is printed; without it there is room to write them by hand. */
  inquiriesUrl: variable('INQUIRIES_URL', z.url({ protocol: /^https?$/ }).optional()),
  /** Whom else to ask how often its access log was written, and where its chain stands. */
  noticesUrl: variable('NOTICES_URL', z.url({ protocol: /^https?$/ }).optional()),
  /** Where the export gate takes the feeds from (`current/`); nothing is written without it. */
  feedDirectory: variable('FEED_DIRECTORY', z.string().min(1).optional()),
  /** The folder of keys, outside every database and every dump (design §6). */
  keyDirectory: variable('KEY_DIRECTORY', z.string().min(1)),
} as const;

export type ReportingSettings = SettingsOf<typeof reportingVariables>;
