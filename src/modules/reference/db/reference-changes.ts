import type { Tx } from '../../../platform/database/unit-of-work.js';
import { KEYS } from '../../rules/columns.js';
import { TABLE_OF, tableColumn, type ReferenceKind } from './reference-tables.js';

/** A row's columns as texts, exactly as PostgreSQL writes them; null is none. */
export type ReferenceTexts = Readonly<Record<string, string | null>>;

/** How a reference row changed between two moments. */
export interface ReferenceDifference {
  readonly kind: ReferenceKind;
  /** Its key columns, joined by `/`. */
  readonly key: string;
  /** null: it was added. */
  readonly before: ReferenceTexts | null;
  readonly after: ReferenceTexts;
  /** The import that brought the row as it stands after. */
  readonly importId: string | null;
}

/** Kinds that figures follow from. */
const WORTH_TELLING: readonly ReferenceKind[] = ['baselines', 'activities', 'rates', 'projects', 'adjustments'];

const texts = (row: string) => `(SELECT jsonb_object_agg(e.key, e.value) FROM jsonb_each_text(${row}) e)`;

/**
 * A row's versions around a span of time: the first one replaced within it is how it stood before, the first replaced
 * after it (else the present one) how it stood at the end. What the import of the earliest of them brought within the
 * span was not there before it.
 */
function changesOfKind(kind: ReferenceKind): string {
  const key = KEYS[kind].map((name) => `r."${tableColumn(kind, name)}"::text`).join(` || '/' || `);
  const replaced = (when: string) => `LATERAL (SELECT h.content FROM reference_history h
    WHERE h.mine_id = $1 AND h.kind = '${kind}' AND h.key = ${key} AND ${when} ORDER BY h.version LIMIT 1)`;
  return `SELECT '${kind}' AS kind, ${key} AS key,
      CASE WHEN i.finished_at > $2 AND i.finished_at <= $3 THEN NULL ELSE ${texts('b.content')} END AS before,
      ${texts('coalesce(a.content, to_jsonb(r))')} AS after,
      coalesce(a.content ->> 'import_id', r.import_id::text) AS "importId"
    FROM ${TABLE_OF[kind]} r
    LEFT JOIN ${replaced('h.replaced_at > $2 AND h.replaced_at <= $3')} b ON true
    LEFT JOIN ${replaced('h.replaced_at > $3')} a ON true
    LEFT JOIN imports i ON i.mine_id = r.mine_id
      AND i.id = (coalesce(b.content, a.content, to_jsonb(r)) ->> 'import_id')::bigint
    WHERE r.mine_id = $1 AND (b.content IS NOT NULL OR i.finished_at > $2 AND i.finished_at <= $3)`;
}

/** What changed after one moment and up to another, by kind and key; moments as timestamptz texts, to the microsecond. */
export function referenceChangesBetween(
  tx: Tx,
  mine: string,
  after: string,
  upTo: string,
): Promise<ReferenceDifference[]> {
  const all = WORTH_TELLING.map(changesOfKind).join(' UNION ALL ');
  return tx.rows<ReferenceDifference>(
    `SELECT * FROM (${all.replaceAll('$2', '$2::timestamptz').replaceAll('$3', '$3::timestamptz')}) c
     ORDER BY kind, key`,
    [mine, after, upTo],
  );
}
