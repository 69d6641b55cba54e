import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { BEHIND_THE_GATEWAY } from '#contracts/access/endpoint.js';
import { tlsOf } from './gateway.settings.js';

const none = { tlsCertFile: undefined, tlsKeyFile: undefined };

describe('a gateway without TLS', () => {
  test.each(['127.0.0.1', '127.0.0.2', '::1', 'localhost'])(
    'listens on %s, which only this machine reaches',
    (host) => {
      expect(tlsOf({ host, ...none })).toBeUndefined();
    },
  );

  test.each(['0.0.0.0', '::', '192.0.2.7', 'desk.example', '127.0.0.1.example', '1127.0.0.1'])(
    'does not listen on %s, where passwords could be read',
    (host) => {
      expect(() => tlsOf({ host, ...none })).toThrow('Without TLS the gateway listens on 127.0.0.1 only');
    },
  );

  test('ends with the sentence and exit code 1 before its port opens', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const env = {
      ...{ PATH: process.env['PATH'], UKETSUKE_MARK: 'demo', HOST: '0.0.0.0', PORT: '0', KEY_DIRECTORY: '/nowhere' },
      ...Object.fromEntries(
        BEHIND_THE_GATEWAY.map((service) => [`${service.toUpperCase()}_URL`, 'http://127.0.0.1:1']),
      ),
      DATABASE_URL: 'postgres://nobody@127.0.0.1:1/nothing',
      GATEWAY_PRIVATE_KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    };
    const main = join(import.meta.dirname, 'main.ts');
    const ended = spawnSync(process.execPath, ['--import', './tools/source.js', main], { env, encoding: 'utf8' });
    expect([ended.status, ended.stdout]).toEqual([1, '']);
    expect(ended.stderr).toMatch(/^Without TLS the gateway listens on 127\.0\.0\.1 only: .*\n$/);
  });
});

test('certificate and key come together, and from files that can be read', () => {
  const host = '192.0.2.7';
  expect(() => tlsOf({ host, tlsCertFile: '/nowhere/server.pem', tlsKeyFile: undefined })).toThrow('belong together');
  const files = { tlsCertFile: '/nowhere/server.pem', tlsKeyFile: '/nowhere/key.pem' };
  expect(() => tlsOf({ host, ...files })).toThrow('TLS_CERT_FILE cannot be read (ENOENT)');
});

test('a file that is no PEM is named, and so is a key in the place of a certificate', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'uketsuke-pem-'));
  try {
    const [none, key] = [join(scratch, 'none.pem'), join(scratch, 'key.pem')];
    writeFileSync(none, 'a letter\n');
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
    for (const tlsCertFile of [none, key]) {
      expect(() => tlsOf({ host: '192.0.2.7', tlsCertFile, tlsKeyFile: key })).toThrow(
        `TLS_CERT_FILE (${tlsCertFile}) is no certificate in PEM form: npm run tls makes both.`,
      );
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
