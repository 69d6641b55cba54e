import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { freePort } from '#servers/free-port.js';
import type { DemoAccount } from './desk-accounts.js';
import { DeskClient } from './desk-client.js';
import { trusting } from './desk-trust.js';
import { makeCertificates, type OfficeCertificates } from './office-certificates.js';
import { Progress } from './progress.js';
import { RehearsalDesk } from './rehearsal-desk.js';
import { runSimulate } from './simulation/simulate-command.js';

jest.setTimeout(240_000);

let scratch: string;
let made: OfficeCertificates;
beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'uketsuke-start-tls-spec-'));
  chmodSync(scratch, 0o711);
  // Not for the address at which this machine calls it, as where the desk is started with --host 0.0.0.0
  made = await makeCertificates(join(scratch, 'tls'), ['localhost']);
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('a demonstration that is started over TLS', () => {
  let desk: RehearsalDesk;
  let port: string;
  let accounts: string;
  beforeAll(async () => {
    port = String(await freePort());
    accounts = join(scratch, 'desk', 'demo-accounts.json');
    const tls = ['--tls-cert', made.certFile, '--tls-key', made.keyFile];
    desk = new RehearsalDesk(['--demo', '--data', join(scratch, 'desk'), '--port', port, ...tls], {
      UKETSUKE_REHEARSAL_FILLED: '1',
    });
    await desk.ready();
  });
  afterAll(() => desk?.end());

  const simulate = async (...args: string[]) => {
    let said = '';
    const progress = new Progress({ write: (text: string) => ((said += text), true) });
    const code = await runSimulate(['--out', join(scratch, 'out'), '--accounts', accounts, ...args], progress);
    return [code, said];
  };

  test('is filled, whatever CA its certificate is of and whatever name it is made for', async () => {
    expect(desk.output).toContain('Filling the demonstration\n');
    const { accountId, password } = (JSON.parse(readFileSync(accounts, 'utf8')) as DemoAccount[])[0]!;
    const url = `https://localhost:${port}`;
    const operator = await DeskClient.signIn(url, { accountId, password }, trusting(made.caFile));
    const { terms } = await operator.must<{ terms: unknown[] }>('GET', '/terms');
    expect(terms).toHaveLength(1);
  });

  test('tells a simulation what is wrong with its certificate, and what to give', async () => {
    const url = `https://localhost:${port}`;
    expect(await simulate('--url', url)).toEqual([
      1,
      `The certificate of ${url} is not trusted here (UNABLE_TO_VERIFY_LEAF_SIGNATURE): give the CA of the office, --ca DIR/tls/office-ca.pem.\n`,
    ]);
    const other = `https://127.0.0.1:${port}`;
    expect(await simulate('--url', other, '--ca', made.caFile)).toEqual([
      1,
      expect.stringContaining(`The certificate of ${other} is not made for this name`),
    ]);
    expect(await simulate('--url', url, '--ca', accounts)).toEqual([
      1,
      expect.stringContaining(`${accounts} is no certificate in PEM form`),
    ]);
  });

  test('believes a simulation that gives the CA: only the password is looked at then', async () => {
    const strangers = join(scratch, 'strangers.json');
    writeFileSync(strangers, JSON.stringify([{ accountId: 'nobody', role: 'operator', password: 'not a password' }]));
    const url = `https://localhost:${port}`;
    expect(await simulate('--url', url, '--ca', made.caFile, '--accounts', strangers)).toEqual([
      1,
      'POST /sign-in: 401 wrong-credentials\n',
    ]);
  });
});

test('a desk whose certificate is no PEM says so, in a sentence', async () => {
  const letter = join(scratch, 'letter.pem');
  writeFileSync(letter, 'a letter\n');
  const tls = ['--tls-cert', letter, '--tls-key', made.keyFile];
  const desk = new RehearsalDesk(['--data', join(scratch, 'other'), '--port', String(await freePort()), ...tls]);
  expect(await desk.exited).toBe(1);
  expect(desk.output).toContain(`TLS_CERT_FILE (${letter}) is no certificate in PEM form: npm run tls makes both.\n`);
  expect(desk.output).not.toMatch(/^\s*\{|OSSL|    at /m);
});
