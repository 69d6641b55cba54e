import type { SideTable, SideWrite } from '#platform/log/side-table.js';

/** A template of the city that passed the doctor. It holds no personal data. */
export interface TemplateRow {
  readonly template_version: number;
  readonly sha256: string;
  readonly fields: readonly string[];
  readonly bytes: Buffer;
}

export const templateTable = `
  create sequence template_version;
  create table notice_template (template_version integer primary key, sha256 text not null, fields jsonb not null, bytes bytea not null);
  -- Which one is used for a term; for all that have none of their own under the nil uuid.
  create table template_choice (
    term_id uuid primary key, template_version integer not null, agreement_number text, chosen_at bigint not null
  );
`;

const templates: SideTable = {
  name: 'notice_template',
  key: { template_version: 'integer' },
  columns: { sha256: 'text', fields: 'jsonb', bytes: 'bytea' },
};
const choices: SideTable = {
  name: 'template_choice',
  key: { term_id: 'uuid' },
  columns: { template_version: 'integer', agreement_number: 'text', chosen_at: 'bigint' },
};

export const EVERY_TERM = '00000000-0000-0000-0000-000000000000';

export function templateRow(row: Omit<TemplateRow, 'bytes'> & { readonly bytes: Uint8Array }): SideWrite {
  const { template_version, sha256, fields, bytes } = row;
  return { table: templates, key: { template_version }, row: { sha256, fields: JSON.stringify(fields), bytes } };
}

export function choiceRow(
  termId: string | undefined,
  version: number,
  agreementNumber: string | undefined,
  now: number,
): SideWrite {
  return {
    table: choices,
    key: { term_id: termId ?? EVERY_TERM },
    row: { template_version: version, agreement_number: agreementNumber ?? null, chosen_at: now },
  };
}
