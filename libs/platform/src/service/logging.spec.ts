import { Logger } from '@nestjs/common';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newId } from '#kernel/ids.js';
import { withCorrelationId } from './correlation.js';
import { faultOf } from './fault.js';
import { NestLog, ServiceLog } from './logging.js';
import { Lines, post } from './rehearsal-desk.js';
import { RehearsalProcess } from './rehearsal-process.js';

const person = {
  name: '札幌太郎',
  kana: 'サッポロタロウ',
  latin: 'Sapporo-Taro-Mark',
  phone: '09012345678',
  dashed: '090-1234-5678',
  email: 'taro@sapporo-mark.example',
};
const marks = Object.values(person);

function logTo(lines: Lines, alsoAllow: string[] = []): ServiceLog {
  return new ServiceLog({ service: 'desk', destination: lines, alsoAllow });
}
const only = (lines: Lines) => JSON.parse(lines.all.at(-1) ?? '{}') as Record<string, unknown>;

describe('personal data pushed through every door of a service', () => {
  let desk: RehearsalProcess;
  beforeAll(async () => {
    desk = new RehearsalProcess({ LOG_LEVEL: 'debug' });
    const url = await desk.url();
    const everyMark = marks.join(' ');
    for (const mark of marks) {
      const escaped = encodeURIComponent(mark);
      const headers = {
        'x-caller': escaped,
        authorization: `Bearer ${escaped}`,
        cookie: `session=${escaped}`,
        'uketsuke-correlation-id': escaped,
        traceparent: escaped,
        'user-agent': escaped,
      };
      await fetch(`${url}/guests/${escaped}?name=${escaped}`, { headers });
      await fetch(`${url}/nobody/${escaped}?phone=${escaped}`, { headers });
      await fetch(`${url}/guests?${escaped}=${escaped}`, { headers });
      await post(`${url}/parties`, { seats: 1, guests: [{ name: mark }], [mark]: mark }, headers);
      await post(`${url}/letters`, `{"name": "${mark}"`, headers);
      await post(`${url}/letters`, mark, { ...headers, 'content-type': `text/${escaped}` });
      await post(`${url}/letters`, JSON.stringify(mark.repeat(200_000)), headers);
      await post(`${url}/refusals/conflict`, { name: mark }, headers);
      await post(`${url}/defects`, { name: mark, phone: person.phone }, headers);
      await post(`${url}/defects`, { name: everyMark, phone: person.dashed }, headers);
    }
    await fetch(`${url}/feed?screen=${encodeURIComponent(everyMark)}`).then((response) => response.body?.cancel());
    await post(`${url}/crashes/exception`, { name: everyMark });
    await desk.exited;
  });
  afterAll(() => desk.end());

  test('is in nothing that the process prints', () => {
    expect(desk.output.length).toBeGreaterThan(1_000);
    for (const mark of marks.flatMap((mark) => [mark, encodeURIComponent(mark)])) {
      expect(desk.output).not.toContain(mark);
    }
  });

  test('leaves a line of every request, with the pattern of its route', () => {
    const routes = new Set(desk.entries().flatMap(({ msg, route }) => (msg === 'Request' ? [route] : [])));
    expect([...routes].toSorted()).toEqual([
      ...['/crashes/:kind', '/defects', '/feed', '/guests', '/guests/:phone', '/letters', '/parties'],
      ...['/refusals/:kind', 'unmatched'],
    ]);
    const refused = desk.entries().find(({ slug }) => slug === 'invalid-body');
    expect(refused).toMatchObject({ level: 'info', service: 'rehearsal', method: 'GET', status: 400 });
  });

  test('still lets a defect be found: its kind, its constraint, its place', () => {
    const [failed] = desk.entries().filter(({ msg }) => msg === 'A request failed');
    expect(failed?.['err']).toMatchObject({ type: 'Error', cause: { code: '23505', constraint: 'person_phone' } });
    expect(JSON.stringify(failed)).toContain('rehearsal-desk.http.ts');
  });
});

describe('a log line', () => {
  test('carries ids and numbers, and counts what it was given besides', () => {
    const lines = new Lines();
    const fields: object = { personId: 'p-1', seq: 7, applicant: person, note: 'typed', slug: 'two words' };
    logTo(lines).info('Something happened', fields as never);
    expect(only(lines)).toMatchObject({ msg: 'Something happened', personId: 'p-1', seq: 7, withheld: 3 });
    expect(lines.all.join()).not.toMatch(/typed|two words|Taro/);
  });

  test('is refused by the compiler when it would carry anything else', () => {
    const log = logTo(new Lines());
    // @ts-expect-error `applicant` is not on the list
    expect(() => log.info('Something happened', { applicant: 'typed' })).not.toThrow();
  });

  test('hides a field that somebody has put on the list by mistake', () => {
    const lines = new Lines();
    logTo(lines, ['password', 'name']).info('Signed in', { password: 'hunter2', name: 'Taro' } as never);
    expect(only(lines)).toMatchObject({ password: '[hidden]', name: '[hidden]' });
  });

  test('is scrubbed of what does not look like a sentence of a developer', () => {
    const lines = new Lines();
    const log = logTo(lines);
    for (const mark of marks.filter((mark) => mark !== person.latin)) log.warn(`could not book ${mark}`);
    log.warn(`Key (phone, name)=(${person.latin}) exists`);
    for (const mark of marks) expect(lines.all.join()).not.toContain(mark);
  });

  test('leaves ids, instants and numbers as they are', () => {
    const lines = new Lines();
    const fields = { sessionId: '01234567-0123-4567-8901-012345678901', seq: 9_012_345_678, ms: 0.25 };
    logTo(lines).info('Something happened', fields);
    expect(only(lines)).toMatchObject(fields);
    expect(new Date(String(only(lines)['time'])).getTime()).toBeGreaterThan(0);
  });

  test('names the request it belongs to', () => {
    const lines = new Lines();
    const correlationId = newId();
    withCorrelationId(correlationId, () => logTo(lines).info('Something happened'));
    expect(only(lines)).toMatchObject({ correlationId });
  });

  test('shows what an error is made of and none of its sentences', () => {
    const lines = new Lines();
    const inner = Object.assign(new Error(`of ${person.latin}`), { code: 'ECONNREFUSED', port: 5432 });
    logTo(lines).error('It broke', { err: new AggregateError([inner, 'thrown text'], person.latin) });
    expect(only(lines)['err']).toMatchObject({
      type: 'AggregateError',
      errors: [{ type: 'Error', code: 'ECONNREFUSED', port: 5432 }, { type: 'thrown string' }],
    });
    logTo(lines).error('It broke', { err: person.latin });
    expect(lines.all.join()).not.toContain(person.latin);
    expect(faultOf(new Error('a\n    at Taro (/x:1:1)')).at?.join()).not.toContain('Taro');
    const renamed = new Error('Taro');
    // A stack that has been looked at keeps the message of that moment.
    expect(renamed.stack).toContain('Taro');
    renamed.message = 'other';
    expect(faultOf(renamed).at?.join()).not.toContain('Taro');
  });
});

describe('what the framework says', () => {
  test('is written where it speaks of the program, and withheld where it may speak of a request', () => {
    const lines = new Lines();
    Logger.overrideLogger(new NestLog(logTo(lines)));
    new Logger('TypeOrmModule').error('Unable to connect to the database.', `Error: ${person.latin}\n at x`);
    expect(only(lines)).toMatchObject({ msg: 'Unable to connect to the database.', context: 'TypeOrmModule' });
    new Logger('SomeLibrary').warn(`no such guest ${person.latin}`);
    expect(only(lines)).toMatchObject({ level: 'warn', context: 'SomeLibrary' });
    new Logger('SomeLibrary').error(new TypeError(person.latin));
    expect(only(lines)).toMatchObject({ level: 'error', err: { type: 'TypeError' } });
    expect(lines.all.join()).not.toContain(person.latin);
  });
});
