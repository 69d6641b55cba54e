// `node --import ./tools/source.js libs/x/src/y.ts` runs a source file as it stands, without a build. For specs that
// need a process of their own: to kill it, to read its exit code, to see all that it prints.
import { register } from 'node:module';

register('./source-hooks.js', import.meta.url);
