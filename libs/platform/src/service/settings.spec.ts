import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import {
  commonVariables,
  optionalSecret,
  readSettings,
  secret,
  SettingsError,
  variable,
  type Environment,
} from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'settings-'));
afterAll(() => rmSync(folder, { recursive: true }));

const strong = randomBytes(24).toString('base64url');
const usable: Environment = {
  UKETSUKE_MARK: 'production',
  PORT: '0',
  DATABASE_URL: `postgres://desk:${strong}@127.0.0.1:5432/desk`,
  SESSION_KEY: strong,
};
const variables = { ...commonVariables, sessionKey: secret('SESSION_KEY') };

function problemsOf(environment: Environment): readonly string[] {
  try {
    readSettings(variables, environment);
    return [];
  } catch (error) {
    if (error instanceof SettingsError) return error.problems;
    throw error;
  }
}

describe('the settings of a service', () => {
  test('are one frozen object with a type, made of the common part and its own', () => {
    const settings = readSettings(
      { ...variables, seats: variable('SEATS', z.string().transform(Number).default(7)) },
      { ...usable, KAFKA_BROKERS: 'one:9092,two:9092', LOG_LEVEL: '' },
    );
    expect(settings).toMatchObject({
      mark: 'production',
      host: '127.0.0.1',
      port: 0,
      logLevel: 'info',
      shutdownDelayMs: 5_000,
      kafkaBrokers: ['one:9092', 'two:9092'],
      seats: 7,
    });
    expect(settings.otlpEndpoint).toBeUndefined();
    expect(settings.sessionKey.reveal()).toBe(strong);
    expect(Object.isFrozen(settings)).toBe(true);
    expect(Object.isFrozen(settings.kafkaBrokers)).toBe(true);
  });

  test('may do without a secret that is optional, and weigh it when it is there', () => {
    const some = { ...commonVariables, logUrl: optionalSecret('LOG_URL') };
    expect(readSettings(some, usable).logUrl).toBeUndefined();
    expect(readSettings(some, { ...usable, LOG_URL: strong }).logUrl?.reveal()).toBe(strong);
    expect(() => readSettings(some, { ...usable, LOG_URL: 'changeme' })).toThrow(SettingsError);
  });

  test('say everything that is wrong at once, and never what was given', () => {
    const given = {
      UKETSUKE_MARK: 'live-mark',
      PORT: '70000',
      DATABASE_URL: 'mysql://root:hidden@x',
      LOG_LEVEL: 'shout-hidden',
      SHUTDOWN_DELAY_MS: '5s-hidden',
      KAFKA_BROKERS: 'hidden',
      OTEL_EXPORTER_OTLP_ENDPOINT: 'ftp://hidden',
    };
    const problems = problemsOf(given);
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'UKETSUKE_MARK',
      'PORT',
      'DATABASE_URL',
      'LOG_LEVEL',
      'SHUTDOWN_DELAY_MS',
      'OTEL_EXPORTER_OTLP_ENDPOINT',
      'KAFKA_BROKERS',
      'SESSION_KEY',
    ]);
    for (const value of Object.values(given)) expect(problems.join('\n')).not.toContain(value);
  });

  test('hide their secrets from whoever prints them', () => {
    const settings = readSettings(variables, usable);
    for (const shown of [inspect(settings, { depth: 9 }), JSON.stringify(settings), `${settings.sessionKey}`]) {
      expect(shown).not.toContain(strong);
    }
  });
});

describe('a secret', () => {
  const file = (content: string): string => {
    const path = join(folder, randomBytes(6).toString('hex'));
    writeFileSync(path, content);
    return path;
  };
  const fromFile = (path: string): Environment => ({ ...usable, SESSION_KEY: undefined, SESSION_KEY_FILE: path });

  test('is read from the file its *_FILE names, without the line end an editor leaves', () => {
    const settings = readSettings(variables, fromFile(file(`${strong}\n`)));
    expect(settings.sessionKey.reveal()).toBe(strong);
  });

  test('is never guessed: absent, empty, given twice or unreadable, it is named', () => {
    expect(problemsOf({ ...usable, SESSION_KEY: undefined })).toEqual(['SESSION_KEY is missing']);
    expect(problemsOf(fromFile(file('\n')))).toEqual(['SESSION_KEY is missing']);
    expect(problemsOf({ ...usable, SESSION_KEY_FILE: file(strong) })).toEqual([
      'SESSION_KEY and SESSION_KEY_FILE are both set: set one',
    ]);
  });

  test('put where its file belongs does not show up in the sentence about it', () => {
    expect(problemsOf(fromFile(strong))).toEqual(['SESSION_KEY_FILE cannot be read (ENOENT)']);
  });

  test.each([
    ['too short to resist guessing', 'Zq8!kT2w'],
    ['left over from an example', 'please-change-me-please-change-me'],
    ['one letter many times', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa'],
  ])('%s is refused on a desk with real people and allowed in a demo', (_, weak) => {
    for (const mark of ['production', 'training', 'no-mark']) {
      const problems = problemsOf({ ...usable, UKETSUKE_MARK: mark, SESSION_KEY: weak });
      expect(problems.filter((problem) => problem.startsWith('SESSION_KEY'))).toHaveLength(1);
      expect(problems.join()).not.toContain(weak);
    }
    expect(problemsOf({ ...usable, UKETSUKE_MARK: 'demo', SESSION_KEY: weak })).toEqual([]);
  });

  test('in a database address is looked at too, and an address may do without', () => {
    expect(problemsOf({ ...usable, DATABASE_URL: 'postgres://desk:postgres@127.0.0.1/desk' })).toHaveLength(1);
    expect(problemsOf({ ...usable, DATABASE_URL: 'postgres://desk@127.0.0.1/desk' })).toEqual([]);
  });

  test('made at random is never taken for a placeholder', () => {
    for (let round = 0; round < 2_000; round++) {
      expect(problemsOf({ ...usable, SESSION_KEY: randomBytes(24).toString('base64url') })).toEqual([]);
    }
  });
});

test('a service with unusable settings prints them and exits with 1', async () => {
  const outcome = await new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const settings = new URL('settings.ts', import.meta.url).href;
    const script = `const { readSettingsOrExit, commonVariables } = await import('${settings}'); readSettingsOrExit(commonVariables); console.log('started')`;
    execFile(
      process.execPath,
      ['--import', join(process.cwd(), 'tools/source.js'), '--input-type=module', '-e', script],
      {
        env: { PATH: process.env['PATH'], UKETSUKE_MARK: 'production', DATABASE_URL: 'postgres://a:secret-12345@h/d' },
      },
      (error, stdout, stderr) => resolve({ code: error?.code, stdout, stderr }),
    );
  });
  expect(outcome).toEqual({
    code: 1,
    stdout: '',
    stderr:
      'The settings are not usable:\n  PORT is missing\n  DATABASE_URL looks like a placeholder: only a demo may use it\n',
  });
});
