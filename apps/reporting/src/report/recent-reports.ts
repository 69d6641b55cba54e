import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** A report is asked for as data, document and book, one after another. */
const KEPT = 64;

/** Reports that were made of the same place of the log and the same notes: numbers are asked once for three renderings. */
@Injectable()
export class RecentReports {
  private readonly made = new Map<string, unknown>();

  /** @param of everything that the report depends on */
  async of<Report>(of: readonly unknown[], make: () => Promise<Report>): Promise<Report> {
    const key = createHash('sha256').update(JSON.stringify(of)).digest('hex');
    const known = this.made.get(key);
    if (known !== undefined) return known as Report;
    const report = await make();
    this.made.set(key, report);
    for (const oldest of this.made.keys()) {
      if (this.made.size <= KEPT) break;
      this.made.delete(oldest);
    }
    return report;
  }
}
