import type pg from 'pg';
import { plainArray } from '#platform/log/array-literal.js';
import type { HeardEvent, Statement } from '#platform/subscription/subscriber.js';
import { FACT_KINDS, factAfter, type Fact, type TermRow } from './facts.row.js';
import { asReservationsEvent } from '#plan/plan.projector.js';

/** A fact with the instant from which it holds, epoch milliseconds. */
export type DatedFact = Fact & { readonly at: number };

/**
 * Folds what a batch says about sessions, terms, venues and courses.
 * @returns every fact of the batch, in order, and what writes each row, once
 */
export async function foldFacts(
  client: pg.ClientBase,
  schema: string,
  batch: readonly HeardEvent[],
): Promise<{ readonly facts: readonly DatedFact[]; readonly statements: readonly Statement[] }> {
  const terms = await loadTerms(client, schema, batch);
  const facts: DatedFact[] = [];
  for (const heard of batch) {
    const fact = factAfter(asReservationsEvent(heard), heard, (id) => terms.get(id));
    if (fact === undefined) continue;
    if (fact.kind === 'term') terms.set(fact.id, fact.row);
    facts.push({ ...fact, at: heard.at });
  }
  const statements = FACT_KINDS.flatMap((kind) => {
    const latest = new Map(facts.filter((fact) => fact.kind === kind).map((fact) => [fact.id, fact.row]));
    return latest.size > 0 ? saveFacts(schema, kind, latest) : [];
  });
  return { facts, statements };
}

async function loadTerms(client: pg.ClientBase, schema: string, batch: readonly HeardEvent[]) {
  const ids = new Set<string>();
  for (const { type, data } of batch) if (type.startsWith('Term')) ids.add((data as { termId: string }).termId);
  if (ids.size === 0) return new Map<string, TermRow>();
  const { rows } = await client.query<TermRow>(`select * from ${schema}.term where term_id = any ($1)`, [
    plainArray([...ids]),
  ]);
  return new Map(rows.map((row) => [row.term_id, row]));
}

function saveFacts(schema: string, kind: Fact['kind'], latest: ReadonlyMap<string, object>): Statement[] {
  const table = `${schema}.${kind}`;
  return [
    { text: `delete from ${table} where ${kind}_id = any ($1)`, values: [plainArray([...latest.keys()])] },
    {
      text: `insert into ${table} select * from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
      values: [JSON.stringify([...latest.values()])],
    },
  ];
}
