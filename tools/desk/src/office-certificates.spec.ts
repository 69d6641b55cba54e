import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { makeCertificates } from './office-certificates.js';
import { runTls } from './tls-command.js';

let scratch: string;
beforeEach(() => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-tls-'));
});
afterEach(() => rmSync(scratch, { recursive: true }));

const certificate = (path: string) => new X509Certificate(readFileSync(path));

describe('the certificates of an office', () => {
  test('are good for the names and addresses given, and signed by a CA that is good for nothing else', async () => {
    const { caFile, certFile } = await makeCertificates(scratch, ['desk.example', '192.0.2.7', '2001:db8::7']);
    const [ca, server] = [certificate(caFile), certificate(certFile)];
    expect([server.verify(ca.publicKey), server.checkIssued(ca), ca.ca, server.ca]).toEqual([true, true, true, false]);
    expect([server.checkHost('desk.example'), server.checkIP('192.0.2.7')]).toEqual(['desk.example', '192.0.2.7']);
    expect(server.checkIP('2001:db8::7')).toBe('2001:db8::7');
    expect([server.checkHost('other.example'), server.checkIP('192.0.2.8')]).toEqual([undefined, undefined]);
    const days = (Date.parse(server.validTo) - Date.parse(server.validFrom)) / 86_400_000;
    expect(Math.round(days)).toBe(397);
  });

  test('are for nobody else to read', async () => {
    await makeCertificates(scratch, ['desk.example']);
    expect(readdirSync(scratch).map((name) => (statSync(join(scratch, name)).mode & 0o777).toString(8))).toEqual(
      Array(4).fill('600'),
    );
  });

  test('are renewed with the CA of before, so that nothing has to be installed again', async () => {
    const first = await makeCertificates(scratch, ['desk.example']);
    const [ca, before] = [readFileSync(first.caFile, 'utf8'), certificate(first.certFile)];
    const second = await makeCertificates(scratch, ['desk.example']);
    expect([first.isNewCa, second.isNewCa, readFileSync(second.caFile, 'utf8')]).toEqual([true, false, ca]);
    expect(certificate(second.certFile).serialNumber).not.toBe(before.serialNumber);
    expect(certificate(second.certFile).verify(certificate(second.caFile).publicKey)).toBe(true);
  });

  test('are not made by a CA whose key is gone', async () => {
    await makeCertificates(scratch, ['desk.example']);
    rmSync(join(scratch, 'office-ca-key.pem'));
    await expect(makeCertificates(scratch, ['desk.example'])).rejects.toThrow('put the key back');
  });

  test('are refused for what is no name, with a sentence and exit code 1', async () => {
    await expect(makeCertificates(scratch, ['a b'])).rejects.toThrow('"a b" is no host name');
    await expect(makeCertificates(scratch, ['*.example'])).rejects.toThrow('no host name');
    const said: string[] = [];
    expect(await runTls(['--data', scratch, 'desk.example'], (line) => said.push(line))).toBe(0);
    expect(said.join('\n')).toContain('Install this CA on every PC of the desk');
  });
});
