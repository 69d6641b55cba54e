// node tools/run.js servers/kafka.cli ARGUMENTS: installs and builds what is missing, then runs tools/servers/src/kafka.cli.ts.
// What a tool starts as processes of their own it does not import: its project.json names them under metadata.runs.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { install, isInstalled } from './dependencies.js';

const workspace = join(import.meta.dirname, '..');
const [program, ...args] = process.argv.slice(2);
const [project, file] = program.split('/');

if (!isInstalled(workspace) && !install(workspace)) process.exit(1);
const compiler = join(workspace, 'node_modules/typescript/bin/tsc');
const { metadata } = JSON.parse(readFileSync(join(workspace, 'tools', project, 'project.json'), 'utf8'));
const projects = [`tools/${project}`, ...(metadata?.runs ?? [])].map((path) => join(workspace, path));
const build = spawn(process.execPath, [compiler, '-b', ...projects], { stdio: 'inherit' });
// To look whether there is anything to build takes less
const slow = setTimeout(() => console.error('Building…'), 2_000);
const [status] = await once(build, 'close');
clearTimeout(slow);
if (status !== 0) process.exit(1);

const built = join(workspace, 'dist/tools', project, 'src', `${file}.js`);
process.argv.splice(1, Infinity, built, ...args);
await import(pathToFileURL(built).href);
