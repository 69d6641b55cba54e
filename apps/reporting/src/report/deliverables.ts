import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ServiceDatabase } from '#platform/hosting/rows.js';
import { oneAtATime } from './one-at-a-time.js';

/** A document that was made for the city, with what it was made from. */
export interface Deliverable {
  /** `completion.docx`; no personal data. */
  readonly name: string;
  /** +1 whenever the bytes are others than before. */
  readonly version: number;
  readonly sha256: string;
  readonly asOf: string;
  readonly madeAt: string;
}

/** What was made for the city, by hash and version; the bytes are made again from `asOf`. (R049) */
@Injectable()
export class Deliverables {
  constructor(@Inject(ServiceDatabase) private readonly database: ServiceDatabase) {}

  /** The same bytes again are the same version. @returns the version */
  record(name: string, content: Uint8Array, asOf: string, madeBy: string): Promise<number> {
    const sha256 = createHash('sha256').update(content).digest('hex');
    return oneAtATime(this.database.pool, `deliverable/${name}`, async (client) => {
      const known = await client.query<{ version: number }>(
        'select version from deliverable where name = $1 and sha256 = $2',
        [name, sha256],
      );
      if (known.rows[0] !== undefined) return known.rows[0].version;
      const { rows } = await client.query<{ version: number }>(
        `insert into deliverable (name, version, sha256, as_of, made_by)
         select $1, coalesce(max(version), 0) + 1, $2, $3, $4 from deliverable where name = $1 returning version`,
        [name, sha256, asOf, madeBy],
      );
      return rows[0]!.version;
    });
  }

  /** The newest five hundred, newest first. */
  async all(): Promise<Deliverable[]> {
    const { rows } = await this.database.pool.query<Omit<Deliverable, 'madeAt'> & { madeAt: Date | number }>(
      `select name, version, sha256, as_of as "asOf", made_at as "madeAt" from deliverable
       order by made_at desc, name, version desc limit 500`,
    );
    return rows.map(({ madeAt, ...one }) => ({ ...one, madeAt: new Date(madeAt).toISOString() }));
  }
}
