import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { transformFile } from '@swc/core';

const workspace = fileURLToPath(new URL('..', import.meta.url));

/** As in jest.config.js: `#kernel/x.js` means the source, and a relative `.js` the `.ts` beside it. */
export async function resolve(specifier, context, next) {
  if (specifier.startsWith('#')) return next(specifier, { ...context, conditions: ['source', ...context.conditions] });
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && context.parentURL?.endsWith('.ts')) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(source)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  return next(specifier, context);
}

export async function load(url, context, next) {
  if (!url.endsWith('.ts')) return next(url, context);
  const { code } = await transformFile(fileURLToPath(url), { root: workspace, cwd: workspace });
  return { format: 'module', source: code, shortCircuit: true };
}
