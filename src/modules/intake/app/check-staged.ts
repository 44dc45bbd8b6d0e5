import type { Tx } from '../../../platform/database/unit-of-work.js';
import { judgeRecords } from '../../records/index.js';
import { problemsSql, repeatedKeysSql, typedRows, type KnownRelations } from '../../rules/check-sql.js';
import type { Kind } from '../../rules/columns.js';
import type { Problem } from '../../rules/problem.js';
import { MAX_ROWS } from '../../rules/row-number.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Intake, Staged } from './source.js';

/**
 * Checks staged rows one by one, by the rules of columns and rows, and writes what is wrong with them to the import's
 * row fates; answers how many findings there were. Repeated ids of records are not looked for here: posting finds them.
 */
export async function checkStaged(tx: Tx, intake: Intake, all: readonly Staged<Kind>[]): Promise<number> {
  // What was staged of a file before it broke off is an accident of buffers: the file counts as without rows.
  const staged = all.filter(({ rows }) => rows > 0);
  const known = knownRelations(intake.mine, staged);
  let found = 0;
  for (const one of staged) {
    const { document, table, rows } = one;
    const isRight = document === 'records' && !(await judgeRecords(tx, { staging: table, rows }, known));
    if (isRight) continue;
    found += await keepFindings(tx, intake, one, problemsSql(document, table, known));
    if (document !== 'records') found += await checkRepeated(tx, intake, one);
  }
  return found;
}

export function checkRepeated(tx: Tx, intake: Intake, staged: Staged<Kind>): Promise<number> {
  return keepFindings(tx, intake, staged, repeatedKeysSql(staged.document, staged.table));
}

/** Runs a query of findings (row_no, column_name, code) into the row fates; answers how many there were. */
export async function keepFindings(tx: Tx, intake: Intake, staged: Staged, findings: string): Promise<number> {
  const [kept] = await tx.rows<{ kept: string }>(
    `WITH kept AS (INSERT INTO row_fates
         (mine_id, import_id, seq, file, sheet, document, row_no, column_name, fate, code)
       SELECT $1, $2, coalesce((SELECT max(seq) FROM row_fates WHERE mine_id = $1 AND import_id = $2), 0)
         + row_number() OVER (), $3, ($5::text[])[f.row_no / ${MAX_ROWS + 1} + 1], $4, f.row_no % ${MAX_ROWS + 1},
         f.column_name, 'refused', f.code FROM (${findings}) f RETURNING 1)
     SELECT count(*) AS kept FROM kept`,
    [intake.mine, intake.importId, staged.source.name, staged.document, Array.from(staged.sheets, (s) => s ?? null)],
  );
  return Number(kept!.kept);
}

/** Writes problems found in memory to the row fates. */
export async function keepProblems(tx: Tx, intake: Intake, problems: readonly Problem[]): Promise<void> {
  const [last] = await tx.rows<{ seq: number }>(
    'SELECT coalesce(max(seq), 0) AS seq FROM row_fates WHERE mine_id = $1 AND import_id = $2',
    [intake.mine, intake.importId],
  );
  await insertRows(
    tx,
    'row_fates',
    [
      ...['mine_id', 'import_id', 'seq', 'file', 'sheet', 'document', 'row_no', 'column_name', 'fate', 'code'],
      'params',
    ],
    problems.map((p, i) => [
      ...[intake.mine, intake.importId, last!.seq + i + 1, p.file, p.sheet ?? null, p.document ?? null],
      ...[p.row, p.column, 'refused', p.code, p.params],
    ]),
  );
}

/** The codes that may be named: those of the mine and those that this import brings, right or wrong in other columns. */
function knownRelations(mine: string, staged: readonly Staged<Kind>[]): KnownRelations {
  const brought = (kind: Kind) => staged.find(({ document }) => document === kind)?.table;
  const codes = (kind: 'departments' | 'projects') => {
    const table = brought(kind);
    const own = `SELECT code FROM ${kind} WHERE mine_id = '${mine}'`;
    return table ? `(${own} UNION SELECT code FROM ${table} WHERE code IS NOT NULL)` : `(${own})`;
  };
  const items = brought('items');
  const ownItems = `SELECT code, nature, 1 AS place, 0 AS row_no FROM items WHERE mine_id = '${mine}'`;
  const broughtItems = items
    ? `UNION ALL SELECT t.code, t.nature, 0, t.row_no FROM ${typedRows('items', items)} t`
    : '';
  return {
    departments: codes('departments'),
    projects: codes('projects'),
    items: `(SELECT DISTINCT ON (code) code, nature FROM (${ownItems} ${broughtItems}) i
      WHERE code IS NOT NULL ORDER BY code, place, row_no)`,
  };
}
