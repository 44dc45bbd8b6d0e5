import { plannedFor } from '../../../platform/database/bulk-plan.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { GROUP_KEY, type GroupKey } from '../db/group-inputs.js';
import { CELL_KEY, SUM_COLUMNS, cellSumsOf, valuedRecords } from '../db/valuation-sql.js';

/** Names a table of this transaction's own: unlogged for bulk, so that PostgreSQL can read it in parallel. */
export type ScratchTable = `scratch.${string}`;

/** A statement that takes no parameters: the mine, which is of a fixed alphabet, written out for $1. */
export const ofMine = (sql: string, mine: string) => sql.replaceAll('$1', literal(mine));

/** Dated records as a relation without parameters, and about how many they are. */
export interface DatedRecords {
  readonly sql: string;
  readonly rows: number;
}

/** Sums dated records per cell into a scratch table; answers how many of them have a valuation problem. */
export async function sumRecords(tx: Tx, mine: string, dated: DatedRecords, into: ScratchTable): Promise<number> {
  const select = ofMine(cellSumsOf(valuedRecords('dated_records')), mine).replaceAll('dated_records', () => dated.sql);
  await plannedFor(tx, dated.rows, () => tx.rows(`CREATE UNLOGGED TABLE ${into} AS ${select}`));
  const [found] = await tx.rows<{ wrong: string }>(`SELECT coalesce(sum(wrong), 0) AS wrong FROM ${into}`);
  return Number(found!.wrong);
}

/** Sums of a few records per cell, held in memory: a relation without parameters, like the table of many. */
export interface HeldSums {
  readonly sums: string;
  /** How many of the records have a valuation problem. */
  readonly wrong: number;
}

/** Sums a few dated records (a relation without parameters) without a table of their own. */
export async function sumFew(tx: Tx, mine: string, dated: string): Promise<HeldSums> {
  const select = ofMine(cellSumsOf(valuedRecords('dated_records')), mine).replaceAll('dated_records', () => dated);
  const [found] = await tx.rows<{ sums: string; wrong: string }>(
    `SELECT coalesce(json_agg(s), '[]')::text AS sums, coalesce(sum(s.wrong), 0) AS wrong FROM (${select}) s`,
  );
  // Numbers pass as the digits that PostgreSQL wrote: nobody else reads them.
  const sums = `json_populate_recordset(NULL::cell_sums, ${literal(found!.sums)}::json)`;
  return { sums, wrong: Number(found!.wrong) };
}

/**
 * Adds summed records (a table or relation without parameters) to the cell sums, in key order so that writers queue
 * instead of crossing; answers the groups touched.
 */
export async function addSums(tx: Tx, mine: string, from: string): Promise<GroupKey[]> {
  const columns = [...CELL_KEY, ...SUM_COLUMNS].join(', ');
  await tx.rows(
    `INSERT INTO cell_sums (mine_id, ${columns}) SELECT $1, ${columns} FROM ${from} ORDER BY ${CELL_KEY.join(', ')}
     ON CONFLICT (mine_id, period, department, category, item, nature, baseline, project, reported_in) DO UPDATE SET
     ${SUM_COLUMNS.map((column) => `${column} = cell_sums.${column} + excluded.${column}`).join(', ')}`,
    [mine],
  );
  return tx.rows<GroupKey>(`SELECT DISTINCT ${GROUP_KEY.join(', ')} FROM ${from}`);
}

export interface Triple {
  readonly category: string;
  readonly item: string;
  readonly nature: string;
}

/**
 * Matches the posted records of some (category, item, nature) anew and replaces their sums (what baselines and project
 * approvals invalidate). Answers the groups touched and how many records have a valuation problem.
 */
export async function resumRecords(
  tx: Tx,
  mine: string,
  triples: readonly Triple[],
  scratch: ScratchTable,
): Promise<{ touched: GroupKey[]; wrong: number }> {
  if (triples.length === 0) return { touched: [], wrong: 0 };
  const old = await tx.rows<GroupKey & { records: string }>(
    `DELETE FROM cell_sums s USING unnest($2::text[], $3::text[], $4::text[]) AS t (category, item, nature)
     WHERE s.mine_id = $1 AND s.category = t.category AND s.item = t.item AND s.nature = t.nature
     RETURNING ${GROUP_KEY.map((column) => `s.${column}`).join(', ')}, s.quantified + s.unquantified AS records`,
    [mine, triples.map((t) => t.category), triples.map((t) => t.item), triples.map((t) => t.nature)],
  );
  const rows = old.reduce((sum, { records }) => sum + Number(records), 0);
  const wrong = await sumRecords(tx, mine, { sql: postedRecords(mine, triples), rows }, scratch);
  return { touched: [...old, ...(await addSums(tx, mine, scratch))], wrong };
}

/** The posted records of some (category, item, nature), dated, as a relation without parameters. */
export function postedRecords(mine: string, triples: readonly Triple[]): string {
  const wanted = triples.map((t) => `(${[t.category, t.item, t.nature].map(literal).join(', ')})`).join(', ');
  return `(SELECT * FROM records WHERE mine_id = ${literal(mine)} AND status = 'posted'
    AND (category, item, nature) IN (VALUES ${wanted}))`;
}

/** A text written out in a statement that takes no parameters. */
export const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** COV-3: the groups of baselines that expect a report in some periods, of all baselines or of those named. */
export async function expectingGroups(
  tx: Tx,
  mine: string,
  periods: readonly string[],
  baselines: readonly string[] | null,
): Promise<GroupKey[]> {
  return tx.rows<GroupKey>(
    `SELECT p.code AS period, b.department, b.category, b.item, b.nature, b.code AS baseline
     FROM baselines b JOIN periods p ON p.mine_id = b.mine_id AND p.code = ANY ($2)
       AND (b.valid_from IS NULL OR b.valid_from <= p.start_date) AND (b.valid_to IS NULL OR p.end_date <= b.valid_to)
     WHERE b.mine_id = $1 AND b.kind <> 'price' AND b.project IS NULL AND ($3::text[] IS NULL OR b.code = ANY ($3))`,
    [mine, periods, baselines],
  );
}

/** The groups stored so far that `condition` (over alias c, parameters from $2 on) selects. */
export async function groupsWhere(
  tx: Tx,
  mine: string,
  condition: string,
  parameters: readonly unknown[],
): Promise<GroupKey[]> {
  return tx.rows<GroupKey>(
    `SELECT DISTINCT ${GROUP_KEY.map((column) => `c.${column}`).join(', ')} FROM cells c
     WHERE c.mine_id = $1 AND c.item <> '' AND (${condition})`,
    [mine, ...parameters],
  );
}
