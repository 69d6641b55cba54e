import { Inject, Injectable } from '@nestjs/common';
import type pg from 'pg';
import type { QueryResultRow } from 'pg';

/** The tables of this service, for reading; written only with events, by the lanes. */
@Injectable()
export abstract class ServiceDatabase {
  abstract readonly pool: pg.Pool;
}

@Injectable()
export class Rows {
  constructor(@Inject(ServiceDatabase) private readonly database: ServiceDatabase) {}

  async all<Row extends QueryResultRow>(name: string, text: string, values: unknown[] = []): Promise<Row[]> {
    return (await this.database.pool.query<Row>({ name, text, values })).rows;
  }

  async first<Row extends QueryResultRow>(name: string, text: string, values: unknown[]): Promise<Row | undefined> {
    return (await this.all<Row>(name, text, values))[0];
  }
}
