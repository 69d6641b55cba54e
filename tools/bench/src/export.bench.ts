import type { Bench } from './bench.js';
import { bareStream, exported, ROWS } from './export-load.js';
import { officeMemory } from './office-memory.js';
import { paired } from './paired.js';
import { judge, judgeAmount } from './result.js';

/** A list of 50,000 rows as .xlsx, with headings, formats, a filter and a print set-up. */
export const exportFile: Bench = async function* ({ progress }) {
  progress(`an export of ${ROWS.toLocaleString('en')} rows`);
  yield judge(
    {
      bench: 'export',
      candidate: `.xlsx of ${ROWS.toLocaleString('en')} rows`,
      baseline: "exceljs' bare stream writer",
      unit: 'rows/s',
      limit: 0.8,
      direction: 'atLeast',
    },
    await paired(bareStream, exported, 5),
  );
  yield judgeAmount(
    { bench: 'export', candidate: 'the process that makes it', unit: 'MB', limit: 300, direction: 'atMost' },
    [await officeMemory('export')],
  );
};
