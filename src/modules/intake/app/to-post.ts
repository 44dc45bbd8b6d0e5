import { DIRECT_SOURCE, type RecordBatch } from '../../records/index.js';
import { COLUMNS, type Kind } from '../../rules/columns.js';
import type { Problem } from '../../rules/problem.js';
import { placeIn, type Intake, type Staged } from './source.js';

/** A staged document of the contract's kinds; records know the source their ids are unique in. */
export type ToPost = Staged<Kind> & { readonly recordSource?: string };

/** Whether each row of a kind is of a department; a row that names none is of the whole mine. */
export const isOfDepartments = (kind: Kind): boolean => COLUMNS[kind].some(({ name }) => name === 'department');

export const sourceOf = ({ recordSource }: ToPost) => recordSource ?? DIRECT_SOURCE;

export const batchOf = (intake: Intake, staged: ToPost): RecordBatch => ({
  ...{ mine: intake.mine, importId: intake.importId, source: sourceOf(staged) },
  ...{ staging: staged.table, rows: staged.rows },
});

export const placed = (
  staged: Staged,
  rowNo: number,
  problem: Pick<Problem, 'column' | 'code' | 'params'>,
): Problem => ({
  ...{ file: staged.source.name, ...placeIn(staged, rowNo), document: staged.document },
  ...problem,
});
