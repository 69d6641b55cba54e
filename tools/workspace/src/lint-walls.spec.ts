import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { TrialWorkspace } from './trial-workspace.js';

let trial: TrialWorkspace;
beforeEach(() => {
  trial = new TrialWorkspace();
});
afterEach(() => trial.remove());

interface Refusal {
  readonly file: string;
  readonly code: string;
  readonly message: string;
  readonly help?: string;
}

/** What the linter refuses in a tree of these files. */
function refusalsOf(files: { readonly [path: string]: string }): Refusal[] {
  for (const [path, text] of Object.entries(files)) trial.write(path, `${text}\n`);
  const { output } = trial.run('oxlint', '--deny-warnings', '--format=json', '.');
  const { diagnostics } = JSON.parse(output) as { diagnostics: (Omit<Refusal, 'file'> & { filename: string })[] };
  return diagnostics.map(({ filename, code, message, help = '' }) => ({ file: filename, code, message, help }));
}

const using = (module: string, name = 'it') => `import { ${name} } from '${module}';\n\nexport const used = ${name};`;

/** One file for every module, in folders of their own. */
const each = (modules: readonly string[], file: string) =>
  Object.fromEntries(modules.map((module, at) => [file.replace('*', `n${at}`), using(module)]));

describe('a file of rules', () => {
  const impure = [
    '@nestjs/common',
    '@nestjs/cqrs',
    '@nestjs/common/decorators/index.js',
    'typeorm',
    'kafkajs',
    'pg',
    'pg/lib/client.js',
    '#platform/log/event-log.js',
  ];

  test.each([
    'libs/kernel/src/*/decider.ts',
    'libs/kernel/src/*/decider.spec.ts',
    'libs/contracts/src/*/term.events.ts',
    'libs/contracts/src/*/topics.ts',
    'libs/calendar/src/*/business-day.ts',
    'libs/office/src/*/card.ts',
    'apps/*/src/reservation/reservation.decider.ts',
    'apps/*/src/reservation/reservation.events.ts',
  ])('at %s is refused with Nest, TypeORM, kafkajs, pg or the platform in it', (file) => {
    const refusals = refusalsOf(each(impure, file));
    expect(refusals.map(({ code }) => code)).toEqual(impure.map(() => 'eslint(no-restricted-imports)'));
    expect(refusals.map(({ message }) => message.split("'")[1]).sort()).toEqual([...impure].sort());
  });

  test('is told why', () => {
    const [refusal] = refusalsOf({ 'apps/x/src/seat.decider.ts': using('pg') });
    expect(refusal?.help).toBe('Rules are pure: no framework, no database, no broker in the kernel or a decider.');
  });

  test('of the kernel or the contracts may use what is on its list and nothing else', () => {
    expect(
      refusalsOf({
        ...each(['node:crypto', 'node:util', './seat.js', '../seat.js'], 'libs/kernel/src/*/a.ts'),
        ...each(['zod', '#kernel/envelope.js', './a/b/c.js', '../a/b.js'], 'libs/contracts/src/*/a.ts'),
        ...each(['cloudevents', 'node:fs', '@asyncapi/parser'], 'libs/contracts/src/*/b.spec.ts'),
      }),
    ).toEqual([]);
    const unlisted = { ...each(['zod', 'node:fs', 'rxjs'], 'libs/kernel/src/*/c.ts') };
    expect(
      refusalsOf({ ...unlisted, ...each(['pino', 'node:fs', '#servers/kafka.js'], 'libs/contracts/src/*/c.ts') }),
    ).toHaveLength(6);
  });

  test('is the only one so restricted', () => {
    expect(
      refusalsOf({
        ...each(impure, 'apps/*/src/reservation/reservation.http.ts'),
        ...each(impure, 'libs/platform/src/*/relay.ts'),
      }),
    ).toEqual([]);
  });
});

describe('an import circle', () => {
  const egg = `import { chick } from './chick.js';\n\nexport const egg = () => chick;`;

  test('is refused', () => {
    const refusals = refusalsOf({
      'apps/farm/src/hen.ts': `import { egg } from './egg.js';\n\nexport const hen = () => egg;`,
      'apps/farm/src/egg.ts': egg,
      'apps/farm/src/chick.ts': `import { hen } from './hen.js';\n\nexport const chick = () => hen;`,
    });
    expect(refusals.map(({ code }) => code)).toEqual(Array(3).fill('import(no-cycle)'));
  });

  test('is not seen in a line of imports', () => {
    expect(refusalsOf({ 'apps/farm/src/egg.ts': egg, 'apps/farm/src/chick.ts': 'export const chick = 1;' })).toEqual(
      [],
    );
  });
});

describe('an event bus that loses events', () => {
  const lossy = ['EventBus', 'EventsHandler', 'Saga', 'EventPublisher', 'AggregateRoot'];

  test('is refused in apps and libs, under another name and passed on too', () => {
    const files = Object.fromEntries(lossy.map((name) => [`apps/a/src/${name}.ts`, using('@nestjs/cqrs', name)]));
    const refusals = refusalsOf({
      ...files,
      'libs/platform/src/renamed.ts': `import { EventBus as Bus } from '@nestjs/cqrs';\n\nexport const used = Bus;`,
      'libs/platform/src/whole.ts': `import * as cqrs from '@nestjs/cqrs';\n\nexport const used = cqrs.EventBus;`,
      'libs/platform/src/passed.ts': `export { Saga } from '@nestjs/cqrs';`,
    });
    expect(refusals).toHaveLength(lossy.length + 3);
    expect(refusals.every(({ help }) => help?.startsWith('Facts travel by the log'))).toBe(true);
  });

  test('is told from the command bus', () => {
    expect(refusalsOf({ 'apps/a/src/a.ts': using('@nestjs/cqrs', 'CommandBus') })).toEqual([]);
  });
});
