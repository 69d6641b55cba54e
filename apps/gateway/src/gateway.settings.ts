import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { BehindTheGateway } from '#contracts/access/endpoint.js';
import { secret, commonVariables, variable, type SettingsOf, type Variables } from '#platform/service/settings.js';

const address = z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// address' });
/** A key is recognised by its form; its strength lies in how it was made. */
const anyKey = () => undefined;

export const gatewayVariables = {
  ...commonVariables,
  privateKey: secret('GATEWAY_PRIVATE_KEY', anyKey),
  /** The folder of the gateway's own keys, outside every database; no key of a person is in it. */
  keyDirectory: variable('KEY_DIRECTORY', z.string().min(1)),
  reservationsUrl: variable('RESERVATIONS_URL', address),
  capacityUrl: variable('CAPACITY_URL', address),
  noticesUrl: variable('NOTICES_URL', address),
  inquiriesUrl: variable('INQUIRIES_URL', address),
  reportingUrl: variable('REPORTING_URL', address),
  tlsCertFile: variable('TLS_CERT_FILE', z.string().optional()),
  tlsKeyFile: variable('TLS_KEY_FILE', z.string().optional()),
  firstAdministratorFile: variable('FIRST_ADMINISTRATOR_FILE', z.string().optional()),
  demoAccountsFile: variable('DEMO_ACCOUNTS_FILE', z.string().optional()),
  /** How often an open screen is asked for whether its visitor is still signed in. */
  stillInMs: variable(
    'STREAM_LOOK_MS',
    z.coerce.number().int().min(50, { error: 'must be at least 50' }).max(600_000).default(15_000),
  ),
  /** Of one sign-in; generous, a screen asks for little. */
  requestsPerSecond: variable(
    'REQUESTS_PER_SECOND',
    z.coerce.number().int().min(1, { error: 'must be at least 1' }).max(100_000).default(100),
  ),
} as const satisfies Variables;

export type GatewaySettings = SettingsOf<typeof gatewayVariables>;

/** Where each service answers. */
export function upstreamsOf(settings: GatewaySettings): Readonly<Record<BehindTheGateway, string>> {
  const { reservationsUrl, capacityUrl, noticesUrl, inquiriesUrl, reportingUrl } = settings;
  return {
    reservations: reservationsUrl,
    capacity: capacityUrl,
    notices: noticesUrl,
    inquiries: inquiriesUrl,
    reporting: reportingUrl,
  };
}

/** The gateway cannot be run with these settings. The message is for who started it. */
export class DoorProblem extends Error {
  override readonly name = 'DoorProblem';
}

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/;

/**
 * Certificate and key, where there are any.
 * @throws DoorProblem on a host that others can reach and no TLS: passwords would travel readable (design §7); or for
 * files that are no certificate and its key
 */
export function tlsOf({ host, tlsCertFile, tlsKeyFile }: Pick<GatewaySettings, 'host' | 'tlsCertFile' | 'tlsKeyFile'>) {
  if ((tlsCertFile === undefined) !== (tlsKeyFile === undefined)) {
    throw new DoorProblem('TLS_CERT_FILE and TLS_KEY_FILE belong together: set both or none.');
  }
  if (tlsCertFile === undefined) {
    if (LOOPBACK.test(host)) return undefined;
    throw new DoorProblem(
      'Without TLS the gateway listens on 127.0.0.1 only: give a certificate and its key (npm run tls makes them).',
    );
  }
  const [cert, key] = [readPem(tlsCertFile, 'TLS_CERT_FILE'), readPem(tlsKeyFile!, 'TLS_KEY_FILE')];
  const certificate = parsed(() => new X509Certificate(cert), `TLS_CERT_FILE (${tlsCertFile}) is no certificate`);
  const privateKey = parsed(() => createPrivateKey(key), `TLS_KEY_FILE (${tlsKeyFile}) is no key without a password`);
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new DoorProblem(`TLS_KEY_FILE (${tlsKeyFile}) is not the key of TLS_CERT_FILE (${tlsCertFile}).`);
  }
  return { cert, key };
}

function parsed<Part>(parse: () => Part, sentence: string): Part {
  try {
    return parse();
  } catch {
    throw new DoorProblem(`${sentence} in PEM form: npm run tls makes both.`);
  }
}

function readPem(file: string, name: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new DoorProblem(`${name} cannot be read (${(error as NodeJS.ErrnoException).code}): check the path.`);
  }
}
