import 'reflect-metadata';
import { createPrivateKey, randomBytes, webcrypto, X509Certificate } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { join } from 'node:path';
import * as x509 from '@peculiar/x509';
import { ServerProblem } from '#servers/server-problem.js';

const KEY = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;
const CA_DAYS = 3_650;
/** Browsers refuse a server certificate of longer life. */
const SERVER_DAYS = 397;
const HOST_NAME = /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$/i;

export interface OfficeCertificates {
  readonly caFile: string;
  readonly certFile: string;
  readonly keyFile: string;
  /** False when the office has had a CA before: nothing has to be installed again. */
  readonly isNewCa: boolean;
  readonly validUntil: Date;
}

/**
 * An office CA, kept once made, and a server certificate of it for names and addresses, made anew each time.
 * @throws ServerProblem for what is no name and no address, or a CA without its key
 */
export async function makeCertificates(directory: string, names: readonly string[]): Promise<OfficeCertificates> {
  const wrong = names.find((name) => isIP(name) === 0 && !HOST_NAME.test(name));
  if (wrong !== undefined)
    throw new ServerProblem(`"${wrong}" is no host name and no address: give those of the desk.`);
  if (names.length === 0) throw new ServerProblem('Give the names and addresses under which the desk is called.');
  x509.cryptoProvider.set(webcrypto);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  chmodSync(directory, 0o700);
  const [caFile, caKeyFile] = [join(directory, 'office-ca.pem'), join(directory, 'office-ca-key.pem')];
  const [certFile, keyFile] = [join(directory, 'server.pem'), join(directory, 'server-key.pem')];
  const isNewCa = !existsSync(caFile);
  if (isNewCa) await makeCa(caFile, caKeyFile);
  const ca = readCa(caFile, caKeyFile);
  const validUntil = await makeServer(certFile, keyFile, ca, names);
  return { caFile, certFile, keyFile, isNewCa, validUntil };
}

async function makeCa(caFile: string, caKeyFile: string): Promise<void> {
  const keys = (await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: `CN=Uketsuke office CA ${randomBytes(3).toString('hex')}`,
    ...validFor(CA_DAYS),
    signingAlgorithm: KEY,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  // The key first: a certificate without one is what a second run stumbles over.
  writePrivate(caKeyFile, await pemOf(keys.privateKey));
  writePrivate(caFile, certificate.toString('pem'));
}

interface Ca {
  readonly certificate: x509.X509Certificate;
  readonly keyPem: string;
}

function readCa(caFile: string, caKeyFile: string): Ca {
  const pem = readFileSync(caFile, 'utf8');
  const keyPem = existsSync(caKeyFile) ? readFileSync(caKeyFile, 'utf8') : '';
  if (keyPem === '' || !new X509Certificate(pem).checkPrivateKey(createPrivateKey(keyPem))) {
    throw new ServerProblem(
      `${caKeyFile} does not belong to ${caFile}: put the key back, or move both away for a new CA.`,
    );
  }
  if (Date.parse(new X509Certificate(pem).validTo) < Date.now() + SERVER_DAYS * DAY) {
    throw new ServerProblem(
      `${caFile} ends within a year: move it and its key away, and install the new CA everywhere.`,
    );
  }
  return { certificate: new x509.X509Certificate(pem), keyPem };
}

async function makeServer(certFile: string, keyFile: string, ca: Ca, names: readonly string[]): Promise<Date> {
  const keys = (await webcrypto.subtle.generateKey(KEY, true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
  const der = createPrivateKey(ca.keyPem).export({ type: 'pkcs8', format: 'der' });
  const signingKey = await webcrypto.subtle.importKey('pkcs8', der, KEY, false, ['sign']);
  const validity = validFor(SERVER_DAYS);
  const certificate = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: `CN=${names[0]}`,
    issuer: ca.certificate.subject,
    ...validity,
    signingAlgorithm: KEY,
    publicKey: keys.publicKey,
    signingKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        names.map((value) => ({ type: isIP(value) === 0 ? ('dns' as const) : ('ip' as const), value })),
      ),
      await x509.AuthorityKeyIdentifierExtension.create(ca.certificate.publicKey),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  writePrivate(keyFile, await pemOf(keys.privateKey));
  writePrivate(certFile, certificate.toString('pem'));
  return validity.notAfter;
}

/** From an hour ago: clocks of an office differ. */
function validFor(days: number): { notBefore: Date; notAfter: Date } {
  return { notBefore: new Date(Date.now() - 3_600_000), notAfter: new Date(Date.now() + days * DAY) };
}

/** 127 random bits, positive. */
function serialNumber(): string {
  const bytes = randomBytes(16);
  bytes[0] = (bytes[0]! & 0x7f) | 0x40;
  return bytes.toString('hex');
}

async function pemOf(key: webcrypto.CryptoKey): Promise<string> {
  return x509.PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY');
}

/** A running gateway reads its files at start: they are replaced whole. */
function writePrivate(file: string, pem: string): void {
  writeFileSync(`${file}.draft`, `${pem.trimEnd()}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.draft`, file);
}
