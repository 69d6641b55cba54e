import type { Bench } from './bench.js';
import { officeMemory } from './office-memory.js';
import { paired } from './paired.js';
import { judge, judgeAmount } from './result.js';
import { exceljsFiles, formFiles, ROSTERS } from './rosters-load.js';

/** Files of the plain way a round: one costs the same whether there are 20 or 200. */
const PLAIN = 20;

/** 200 rosters of 30 people from a template, as 200 files on the disk. */
export const rosters: Bench = async function* ({ progress }) {
  progress(`${ROSTERS} rosters from a template`);
  const measured = await paired(
    () => exceljsFiles(PLAIN),
    () => formFiles(),
  );
  yield judge(
    {
      bench: 'rosters',
      candidate: `${ROSTERS} rosters of 30 as files`,
      baseline: 'exceljs load, fill, write',
      unit: 'files/s',
      limit: 5,
      direction: 'atLeast',
    },
    measured,
  );
  yield judgeAmount(
    { bench: 'rosters', candidate: 'the process that makes them', unit: 'MB', limit: 300, direction: 'atMost' },
    [await officeMemory('rosters')],
  );
};
