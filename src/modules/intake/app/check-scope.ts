import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ReferenceChange } from '../../reference/index.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { isShownTo } from '../db/import-answers.js';
import { keepFindings, keepProblems } from './check-staged.js';
import type { Intake, Staged } from './source.js';
import { isOfDepartments, type ToPost } from './to-post.js';

/** Books that are kept as they stand and say what the whole mine's accounts come to. */
const OF_WHOLE_MINE: readonly LedgerKind[] = ['balances', 'accounts', 'management'];

/**
 * Holds rows against the departments of whoever sent them, and writes down those that are outside: rows of other
 * departments, and rows of none, which are the whole mine's. Answers how many findings there were.
 */
export async function checkScope(
  tx: Tx,
  intake: Intake,
  books: readonly Staged<LedgerKind>[],
  toPost: readonly ToPost[],
): Promise<number> {
  const { departments } = intake.sender;
  if (departments === null) return 0;
  const withRows = ({ rows }: Staged) => rows > 0;
  const wholes = [
    ...books.filter(withRows).filter(({ document }) => OF_WHOLE_MINE.includes(document)),
    ...toPost.filter(withRows).filter(({ document }) => !isOfDepartments(document)),
  ];
  const files = [...wholes.map(({ source }) => source.name), ...(intake.method === null ? [] : [METHOD_FILE])];
  await keepProblems(tx, intake, [...new Set(files)].map(ofWholeMine));
  let found = files.length;
  for (const staged of toPost.filter(withRows)) {
    if (!isOfDepartments(staged.document)) continue;
    found += await keepFindings(tx, intake, staged, outsideSql(staged, departments));
  }
  return found;
}

const ofWholeMine = (file: string): Problem => ({ file, row: 0, column: '', code: 'whole_mine_only', params: {} });

/** A row of a kind that must name its department and does not is wrong for that reason already. */
const outsideSql = ({ document, table }: ToPost, departments: readonly string[]) => `
  SELECT s.row_no, 'department' AS column_name,
    CASE WHEN s.department IS NULL THEN 'whole_mine_only' ELSE 'department_outside_scope' END AS code
  FROM ${table} s WHERE ${document === 'baselines' ? 'true' : 's.department IS NOT NULL'}
    AND (s.department = ANY (${textArray(departments)})) IS NOT TRUE`;

const textArray = (texts: readonly string[]) =>
  `ARRAY[${texts.map((text) => `'${text.replaceAll("'", "''")}'`).join(', ')}]::text[]`;

/** Changes of rows that are another department's, or the whole mine's, under the key that the sender gave to a new one. */
export function changesOutside(
  { sender: { departments } }: Intake,
  staged: readonly ToPost[],
  changes: readonly ReferenceChange[],
): Problem[] {
  if (departments === null) return [];
  const isOutside = ({ before }: ReferenceChange) => before !== null && !departments.includes(before.department ?? '');
  return changes.filter(isOutside).map(({ kind, rowNo }) => ({
    ...{ file: staged.find(({ document }) => document === kind)!.source.name, row: rowNo, column: '' },
    ...{ code: 'key_of_other_department', params: {} },
  }));
}

interface NamesImport {
  readonly params: Readonly<Record<string, string>>;
}

/** An import that the sender may not see is told by its number alone: its file's name is the affair of others. */
export async function namesHidden<Found extends NamesImport>(
  tx: Tx,
  { mine, sender }: Intake,
  found: readonly Found[],
): Promise<Found[]> {
  const ids = [...new Set(found.map(({ params }) => params.import_id!))];
  const shown = sender.departments === null ? new Set(ids) : await isShownTo(tx, { mine, ...sender }, ids);
  return found.map((one) =>
    shown.has(one.params.import_id!) ? one : { ...one, params: { ...one.params, file_name: '' } },
  );
}
