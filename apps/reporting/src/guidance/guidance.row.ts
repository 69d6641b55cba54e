/** One event of an offer of other sessions (他会場のご案内). */
export interface GuidanceRow {
  readonly p: number;
  readonly seq: number;
  readonly at: string;
  readonly day: string;
  readonly kind: 'offered' | 'taken' | 'declined';
  readonly offer_id: string;
  /** The full session that the caller asked for. */
  readonly session_id: string;
  /** Of `offered`: what was offered, best first. */
  readonly alternatives: readonly string[] | null;
  /** Of `taken`. */
  readonly taken_session_id: string | null;
  readonly reason: string | null;
}

export function guidanceTables(schema: string): string {
  return `
    create table ${schema}.guidance (
      p integer not null,
      seq bigint not null,
      at timestamptz not null,
      day text collate "C" not null,
      kind text not null,
      offer_id uuid not null,
      session_id uuid not null,
      alternatives uuid[],
      taken_session_id uuid,
      reason text,
      primary key (p, seq)
    );
    create index guidance_offer on ${schema}.guidance (offer_id);
    create index guidance_session on ${schema}.guidance (session_id)`;
}
