/** A corrected file beside the one that it superseded: which records it added, dropped and changed. */
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** What makes two records with the same id the same record. */
const COMPARED = [
  ...['date', 'department', 'category', 'item', 'nature', 'quantity', 'unit', 'unit_price', 'amount', 'project'],
  ...['counterparty', 'is_internal', 'voucher', 'summary', 'tax_basis', 'tax_rate', 'corrects_period'],
] as const;

const PAIRS = `(SELECT * FROM records WHERE mine_id = $1 AND import_id = $2) n
  FULL JOIN (SELECT * FROM records WHERE mine_id = $1 AND import_id = $3) o ON o.source = n.source AND o.id = n.id`;
const differs = COMPARED.map((column) => `n.${column} IS DISTINCT FROM o.${column}`).join(' OR ');
const FATE = `CASE WHEN o.id IS NULL THEN 'added' WHEN n.id IS NULL THEN 'gone' WHEN ${differs} THEN 'changed'
  ELSE 'unchanged' END`;

export interface ComparedSums {
  readonly fate: 'added' | 'gone' | 'changed' | 'unchanged';
  readonly rows: string;
  /** Yuan, net of tax; 0 where there is no such side. */
  readonly before: string;
  readonly after: string;
}

/** Rows and amounts by what became of them. */
export function compareSums(tx: Tx, mine: string, newer: string, older: string): Promise<ComparedSums[]> {
  return tx.rows<ComparedSums>(
    `SELECT ${FATE} AS fate, count(*) AS rows, coalesce(sum(o.amount), 0) AS before, coalesce(sum(n.amount), 0) AS after
     FROM ${PAIRS} GROUP BY 1`,
    [mine, newer, older],
  );
}

export interface ComparedRecord {
  readonly fate: 'added' | 'gone' | 'changed';
  readonly source: string;
  readonly id: string;
  readonly before: Readonly<Record<string, string | null>> | null;
  readonly after: Readonly<Record<string, string | null>> | null;
}

const side = (alias: string) =>
  `CASE WHEN ${alias}.id IS NOT NULL THEN json_build_object(${COMPARED.map(
    (column) => `'${column}', ${alias}.${column}::text`,
  ).join(', ')}) END`;

/** The records that differ, after a key, in the order of source and id. */
export function listDifferences(
  tx: Tx,
  mine: string,
  [newer, older]: readonly [newer: string, older: string],
  [source, id]: readonly [source: string, id: string],
  limit: number,
): Promise<ComparedRecord[]> {
  return tx.rows<ComparedRecord>(
    `SELECT * FROM (SELECT ${FATE} AS fate, coalesce(n.source, o.source) AS source, coalesce(n.id, o.id) AS id,
       ${side('o')} AS before, ${side('n')} AS after FROM ${PAIRS}) compared
     WHERE fate <> 'unchanged' AND (source, id) > ($4, $5) ORDER BY source, id LIMIT $6`,
    [mine, newer, older, source, id, limit],
  );
}
