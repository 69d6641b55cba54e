import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { examineRoster } from '#office/roster/roster-doctor.js';
import { RosterForm } from '#office/roster/roster-form.js';
import { rosterTemplateRefusal, type RosterTemplate } from '#office/roster/roster-template.js';
import { standardRoster } from '#office/roster/standard-roster.js';
import { Rows, ServiceDatabase } from '#platform/hosting/rows.js';
import { oneAtATime } from '../report/one-at-a-time.js';

interface TemplateRow {
  readonly version: number;
  readonly bytes: Buffer;
  readonly template: Omit<RosterTemplate, 'bytes'>;
}

/** The city's roster .xlsx, version by version; a good one ships until there is one. (R015) */
@Injectable()
export class RosterTemplates {
  private form: { readonly version: number; readonly form: RosterForm } | undefined;

  constructor(
    @Inject(Rows) private readonly rows: Rows,
    @Inject(ServiceDatabase) private readonly database: ServiceDatabase,
  ) {}

  /** The form that rosters are written with now. */
  async current(): Promise<RosterForm> {
    const newest = await this.rows.first<{ version: number }>(
      'newest-roster-template',
      'select max(version)::int as version from roster_template having max(version) is not null',
      [],
    );
    const version = newest?.version ?? 0;
    if (this.form?.version === version) return this.form.form;
    const form = RosterForm.of(version === 0 ? await standardRoster() : await this.stored(version));
    this.form = { version, form };
    return form;
  }

  /**
   * Takes in a template of the city; the same bytes again are the same version.
   * @throws Refusal `template-refused` 422 with the reasons
   */
  async store(bytes: Uint8Array, storedBy: string, agreementNumber: string | undefined) {
    const examined = examineRoster(bytes);
    if (!examined.ok) throw rosterTemplateRefusal(examined.refusals);
    const { bytes: _, ...template } = examined.template;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const version = await oneAtATime(this.database.pool, 'roster-template', async (client) => {
      const last = await client.query<{ version: number; sha256: string }>(
        'select version, sha256 from roster_template order by version desc limit 1',
      );
      if (last.rows[0]?.sha256 === sha256) return last.rows[0].version;
      const next = (last.rows[0]?.version ?? 0) + 1;
      await client.query(
        'insert into roster_template (version, bytes, sha256, template, agreement_number, stored_by) values ($1, $2, $3, $4, $5, $6)',
        [next, Buffer.from(bytes), sha256, JSON.stringify(template), agreementNumber ?? null, storedBy],
      );
      return next;
    });
    return { version, sha256, fields: template.fields, advice: examined.advice };
  }

  private async stored(version: number): Promise<RosterTemplate> {
    const row = await this.rows.first<TemplateRow>(
      'roster-template',
      'select version, bytes, template from roster_template where version = $1',
      [version],
    );
    return { bytes: new Uint8Array(row!.bytes), ...row!.template };
  }
}
