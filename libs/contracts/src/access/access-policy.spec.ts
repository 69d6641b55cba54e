import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { accessPolicy, endpointOf, verdictOn } from './access-policy.js';
import { ROLES, type Role } from './roles.js';

/** The table as people read it; committed, so that nobody is given anything unseen. */
const MATRIX = join(process.cwd(), 'libs/contracts/src/access/access-matrix.txt');
const WRITES = process.env['UKETSUKE_WRITE_MATRIX'] === '1';

const MARKS = { allowed: 'yes', forbidden: '-', 'not-designated': 'designated', 'not-signed-in': '401' } as const;

function matrix(): string {
  const width = Math.max(...accessPolicy.map(({ method, path }) => `${method} ${path}`.length)) + 2;
  const line = (name: string, cells: readonly string[]) =>
    (name.padEnd(width) + cells.map((cell) => cell.padEnd(16)).join('')).trimEnd();
  const rows = accessPolicy.map((endpoint) => {
    const verdicts = ROLES.map((role) => MARKS[verdictOn(endpoint, { roles: [role], handler: false })]);
    const nobody = MARKS[verdictOn(endpoint, undefined)];
    return line(`${endpoint.method} ${endpoint.path}`, [endpoint.keyRequired ? 'key' : '', nobody, ...verdicts]);
  });
  return `${[line('endpoint', ['needs', 'nobody', ...ROLES]), ...rows].join('\n')}\n`;
}

describe('the access policy', () => {
  test('is the committed matrix of role and endpoint (UKETSUKE_WRITE_MATRIX=1 writes it anew)', () => {
    if (WRITES) writeFileSync(MATRIX, matrix());
    expect(matrix()).toBe(readFileSync(MATRIX, 'utf8'));
  });

  test('refuses everybody what is not in it', () => {
    const everything = { roles: ROLES, handler: true };
    expect(endpointOf('DELETE', '/reservations/:reservationId')).toBeUndefined();
    expect(verdictOn(undefined, everything)).toBe('forbidden');
    expect(verdictOn(undefined, undefined)).toBe('not-signed-in');
  });

  test('names no endpoint twice', () => {
    const routes = accessPolicy.map(({ method, path }) => `${method} ${path}`);
    expect(routes.toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  test('gives personal data to a role only with training and designation', () => {
    const booking = endpointOf('POST', '/reservations');
    const asked = (roles: readonly Role[], handler: boolean) => verdictOn(booking, { roles, handler });
    expect(asked(['operator'], true)).toBe('allowed');
    expect(asked(['operator'], false)).toBe('not-designated');
    expect(asked(['city', 'auditor', 'administrator'], true)).toBe('forbidden');
    expect(asked(['city', 'operator'], true)).toBe('allowed');
  });

  test('lets nobody in without signing in, except to sign in', () => {
    const open = accessPolicy.filter((endpoint) => verdictOn(endpoint, undefined) === 'allowed');
    expect(open.map(({ method, path }) => `${method} ${path}`)).toEqual(['POST /sign-in']);
  });
});
