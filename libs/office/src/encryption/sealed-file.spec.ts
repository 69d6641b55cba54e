import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import crypto from 'officecrypto-tool';
import { rosterRehearsal } from '../rehearsal/rosters-rehearsal.js';
import { RosterForm } from '../roster/roster-form.js';
import { standardRoster } from '../roster/standard-roster.js';
import { newPassword, sealDeliverable } from './sealed-file.js';

test('a deliverable is opened by its password alone, and comes out as it went in', async () => {
  const file = RosterForm.of(await standardRoster()).file(rosterRehearsal(3));
  const { content, password, sha256 } = await sealDeliverable(file);
  expect(crypto.isEncrypted(content)).toBe(true);
  expect(content.includes('AES')).toBe(true);
  expect(content.includes('spinCount="100000"')).toBe(true);
  expect(content.includes('keyBits="256"')).toBe(true);
  expect(content.includes(Buffer.from(password, 'utf8'))).toBe(false);
  expect(content.includes(Buffer.from(password, 'utf16le'))).toBe(false);
  expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
  expect((await crypto.decrypt(content, { password })).equals(file)).toBe(true);
  await expect(crypto.decrypt(content, { password: `${password} ` })).rejects.toThrow('password');
});

test('the service answers while a deliverable is sealed', async () => {
  const file = RosterForm.of(await standardRoster()).file(rosterRehearsal(3));
  let ticks = 0;
  const clock = setInterval(() => ticks++, 20);
  await sealDeliverable(file);
  clearInterval(clock);
  expect(ticks).toBeGreaterThan(5);
});

test('passwords are read from a slip without doubt and do not come twice', () => {
  const many = Array.from({ length: 200 }, newPassword);
  for (const password of many) expect(password).toMatch(/^(?:[2-9A-HJKMNP-Z]{4}-){3}[2-9A-HJKMNP-Z]{4}$/);
  expect(new Set(many).size).toBe(200);
});

test('what is no document is refused before anything is encrypted', async () => {
  await expect(sealDeliverable(Buffer.from('%PDF-1.7'))).rejects.toMatchObject({ slug: 'not-a-document' });
});
