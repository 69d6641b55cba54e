import { existsSync, readFileSync } from 'node:fs';
import pg from 'pg';
import { ServerProblem } from '#servers/server-problem.js';
import type { DeskDirectory } from './desk-directory.js';

export const MARKS = { production: '本番', training: '研修', demo: 'デモ' } as const;
export type Mark = keyof typeof MARKS;

const isMark = (text: string | undefined): text is Mark => text !== undefined && text in MARKS;

/** What was asked for: `--demo`, `--mark`, or nothing. */
export interface AskedMark {
  readonly demo: boolean;
  readonly mark?: string | undefined;
}

/**
 * The mark of a desk, given when it is made and for good (design §7).
 * @returns the mark, and whether this is the day it was made
 * @throws ServerProblem when another mark is asked for than the desk has
 */
export function markOf(directory: DeskDirectory, { demo, mark: asked }: AskedMark): { mark: Mark; isNew: boolean } {
  if (asked !== undefined && (!isMark(asked) || asked === 'demo')) {
    throw new ServerProblem(`--mark ${asked} is not known: give production or training, or --demo.`);
  }
  if (demo && asked !== undefined) throw new ServerProblem('--demo and --mark exclude each other: give one.');
  const file = directory.path('mark');
  const kept = existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
  if (kept === undefined) {
    const mark = demo ? 'demo' : ((asked as Mark | undefined) ?? 'production');
    return { mark, isNew: true };
  }
  if (!isMark(kept)) throw new ServerProblem(`${file} names no mark: put back what stood there.`);
  const wanted = demo ? 'demo' : asked;
  if (wanted !== undefined && wanted !== kept) throw otherMark(kept, demo ? '--demo' : `--mark ${asked}`);
  return { mark: kept, isNew: false };
}

/** In the folder, once every database carries it. */
export function keepMark(directory: DeskDirectory, mark: Mark): void {
  directory.writePrivate(directory.path('mark'), `${mark}\n`);
}

/**
 * In a database: whoever takes it to another folder cannot give it another mark, nor lose its keys unseen.
 * @param deskId of the folder whose keys fit
 * @throws ServerProblem when it has another mark, or belongs to another folder
 */
export async function markDatabase(url: string, mark: Mark, deskId: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  try {
    await client.connect();
    await client.query(MARK_TABLE);
    await client.query('insert into desk_mark (mark, desk_id) values ($1, $2) on conflict do nothing', [mark, deskId]);
    const { rows } = await client.query<{ mark: Mark; desk_id: string }>('select mark, desk_id from desk_mark');
    if (rows[0]!.mark !== mark) throw otherMark(rows[0]!.mark, `the mark ${mark}`);
    if (rows[0]!.desk_id !== deskId) {
      throw new ServerProblem(
        'These databases belong to a desk in another directory, and only its keys open them: give that one as --data.',
      );
    }
  } finally {
    await client.end().catch(() => undefined);
  }
}

const MARK_TABLE = `
  do $$ begin
    if to_regclass('desk_mark') is null then
      create table desk_mark (
        only_one boolean primary key default true check (only_one),
        mark text not null,
        desk_id uuid not null,
        made_at timestamptz not null default now()
      );
      create function desk_mark_is_kept() returns trigger language plpgsql as $f$
      begin
        raise exception 'the mark of a desk is for good';
      end $f$;
      create trigger desk_mark_is_kept before update or delete or truncate on desk_mark
        for each statement execute function desk_mark_is_kept();
    end if;
  end $$;
`;

function otherMark(kept: Mark, asked: string): ServerProblem {
  return new ServerProblem(
    `This desk is marked ${MARKS[kept]} (${kept}) for good and ${asked} is refused: choose another --data or database.`,
  );
}
