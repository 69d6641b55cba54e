import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';

// Marked personal data goes through every door; afterwards it stands nowhere in plain (design §6).

/** Every row of every table as text, bytes as they would stand in a dump and as characters. */
export async function everyTable(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows: tables } = await client.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  let text = '';
  for (const { name } of tables) {
    const { rows } = await client.query<Record<string, unknown>>(`select * from ${name}`);
    for (const row of rows) {
      for (const value of Object.values(row)) {
        text += Buffer.isBuffer(value) ? value.toString('utf8') : JSON.stringify(value);
        text += '\n';
      }
    }
  }
  await client.end();
  return text;
}

export function everyFile(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'))
    .join('\n');
}

/**
 * @param places what each place says, by its name
 * @returns `place: mark` of every mark that stands there, also as it is written in an address or in JSON
 */
export function marksIn(places: Readonly<Record<string, string>>, marks: readonly string[]): string[] {
  return Object.entries(places).flatMap(([place, text]) =>
    marks.filter((mark) => spellings(mark).some((one) => text.includes(one))).map((mark) => `${place}: ${mark}`),
  );
}

function spellings(mark: string): string[] {
  const escaped = [...mark].map((one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');
  return [mark, encodeURIComponent(mark), escaped];
}
