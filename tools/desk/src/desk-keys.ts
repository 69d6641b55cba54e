import { createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { DeskDirectory } from './desk-directory.js';

export interface DeskKeys {
  readonly privateKeyFile: string;
  /** SPKI, PEM. */
  readonly publicKey: string;
  /** Of the role of a service, or of `reader`. */
  readonly passwords: Readonly<Record<string, string>>;
  /** Of term keys, outside every database (design §6). */
  readonly keyDirectory: string;
  /** Of the gateway, which has nothing to do with persons: its access log. */
  readonly gatewayKeyDirectory: string;
}

/** Keys and passwords that no person needs to know; made once, mode 0600. */
export function deskKeys(directory: DeskDirectory, roles: readonly string[]): DeskKeys {
  const privateKeyFile = join(directory.keys, 'gateway-private-key.pem');
  const pem = directory.kept(
    privateKeyFile,
    () => generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
  );
  const passwordOf = (role: string) => directory.kept(join(directory.keys, `${role}.password`), newPassword).trim();
  return {
    privateKeyFile,
    publicKey: createPublicKey(pem).export({ type: 'spki', format: 'pem' }) as string,
    passwords: Object.fromEntries(roles.map((role) => [role, passwordOf(role)])),
    keyDirectory: join(directory.keys, 'terms'),
    gatewayKeyDirectory: join(directory.keys, 'gateway'),
  };
}

/** 192 bits. */
export function newPassword(): string {
  return randomBytes(24).toString('base64url');
}
