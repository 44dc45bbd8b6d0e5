/** The figures that closings reported, kept beside the live ones (guarantee 5, COR-1). */
import { MEASURES } from '../../../../analytics/synergy/measures.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { CELL_KEY } from './valuation-sql.js';

/** What a report says of a cell: where it stands and what it measures. */
const REPORTED = [...CELL_KEY, ...MEASURES.map((measure) => `m_${measure}`)].join(', ');

/** Keeps the live cells reported in a period as a version of its closing. The period is locked by the caller. */
export async function freezeCells(tx: Tx, mine: string, period: string, version: number): Promise<void> {
  await tx.rows(
    `INSERT INTO closed_cells (mine_id, closing_version, method_version, ${REPORTED})
     SELECT mine_id, $3, method_version, ${REPORTED} FROM cells WHERE mine_id = $1 AND reported_in = $2`,
    [mine, period, version],
  );
}

/** A closing of a period. */
export interface Seal {
  readonly period: string;
  readonly version: number;
}

/** SHA-256 of what a closing `c` reported: its cells as texts, in the order of their bytes. */
const SEAL = `(SELECT encode(sha256(convert_to(coalesce(string_agg(k.cell, E'\\n' ORDER BY k.cell COLLATE "C"), ''),
    'UTF8')), 'hex')
  FROM (SELECT ROW(k.method_version, ${REPORTED})::text AS cell FROM closed_cells k
    WHERE k.mine_id = c.mine_id AND k.reported_in = c.period AND k.closing_version = c.version) k)`;

/** Writes into a closing the hash of the cells that it keeps, so that they cannot be changed unnoticed (guarantee 10). */
export async function sealCells(tx: Tx, mine: string, period: string, version: number): Promise<void> {
  await tx.rows(
    `UPDATE closings c SET cells_sha256 = ${SEAL} WHERE c.mine_id = $1 AND c.period = $2 AND c.version = $3`,
    [mine, period, version],
  );
}

/** Closings whose cells are no longer those that were sealed. */
export async function brokenSeals(tx: Pick<Tx, 'rows'>, mine: string): Promise<Seal[]> {
  return tx.rows<Seal>(
    `SELECT c.period, c.version FROM closings c
     WHERE c.mine_id = $1 AND c.cells_sha256 IS NOT NULL AND c.cells_sha256 <> ${SEAL} ORDER BY c.period, c.version`,
    [mine],
  );
}

/**
 * Of some closed periods, those whose live cells are no longer what their last closing reported, looking only at cells
 * that count in `within`. Compared as sets of rows, so that 1.0 is 1.00 and a missing cell is a difference.
 */
export async function departedFromClosing(
  tx: Tx,
  mine: string,
  closed: readonly string[],
  within: readonly string[],
): Promise<string[]> {
  const live = `SELECT ${REPORTED} FROM cells
    WHERE mine_id = $1 AND reported_in = ANY ($2) AND period = ANY ($3)`;
  const frozen = `SELECT ${REPORTED} FROM closed_cells k
    JOIN (SELECT c.period AS closed, max(c.version) AS version FROM closings c
      WHERE c.mine_id = $1 AND c.period = ANY ($2) GROUP BY c.period) last
      ON k.reported_in = last.closed AND k.closing_version = last.version
    WHERE k.mine_id = $1 AND k.period = ANY ($3)`;
  const rows = await tx.rows<{ period: string }>(
    `SELECT DISTINCT reported_in AS period FROM (
       (${live} EXCEPT ALL ${frozen}) UNION ALL (${frozen} EXCEPT ALL ${live})) changed ORDER BY 1`,
    [mine, closed, within],
  );
  return rows.map(({ period }) => period);
}

/** Closed periods whose reports hold corrections of a period: while they stand, what they corrected stands too. */
export async function closedCorrectionsOf(tx: Tx, mine: string, period: string): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    `SELECT DISTINCT p.code FROM closed_cells k
     JOIN periods p ON p.mine_id = k.mine_id AND p.code = k.reported_in AND p.status = 'closed'
     JOIN closings c ON c.mine_id = k.mine_id AND c.period = k.reported_in AND c.version = k.closing_version
       AND c.reopened_at IS NULL
     WHERE k.mine_id = $1 AND k.period = $2 AND k.reported_in <> $2 ORDER BY 1`,
    [mine, period],
  );
  return rows.map(({ code }) => code);
}
