// A process that makes documents and nothing else, for what it takes of the memory.
import { readFileSync } from 'node:fs';
import { exported } from './export-load.js';
import { formFiles } from './rosters-load.js';

await (process.argv[2] === 'rosters' ? formFiles() : exported());
const peak = Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))![1]) / 1024;
process.send!(peak);
