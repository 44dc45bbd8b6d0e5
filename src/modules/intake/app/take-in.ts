import type { Tx } from '../../../platform/database/unit-of-work.js';
import {
  DIRECT_SOURCE,
  postRecords,
  takenIds,
  valueRecords,
  type Posting,
  type RecordBatch,
} from '../../records/index.js';
import { REFERENCE_KINDS, lockMine, type ReferenceChange } from '../../reference/index.js';
import type { Problem } from '../../rules/problem.js';
import { checkRepeated, checkStaged, keepProblems } from './check-staged.js';
import { changeReferences } from './change-references.js';
import { recompute } from './recompute.js';
import type { Intake, Staged } from './source.js';
import { stageSources } from './stage-sources.js';

/** What became of an import's rows. */
export interface Taken {
  readonly status: 'accepted' | 'refused';
  readonly staged: readonly Staged[];
  readonly changes: readonly ReferenceChange[];
  readonly posting: Posting | null;
}

/**
 * The door: stages, checks, and posts or refuses, all or nothing, in the caller's transaction. When it answers
 * `refused`, nothing but the import's row fates was written.
 */
export async function takeIn(tx: Tx, intake: Intake): Promise<Taken> {
  const { staged, problems } = await stageSources(tx, intake);
  const refused: Taken = { status: 'refused', staged, changes: [], posting: null };
  intake.onProgress('checking', rowsOf(staged));
  await keepProblems(tx, intake, [...intake.problems, ...problems]);
  // Before anything is judged: what rows are judged by, the nature of items, must still hold when they are posted.
  const hasReferences = intake.method !== null || staged.some(({ source }) => source.kind !== 'records');
  await lockMine(tx, intake.mine, hasReferences ? 'alone' : 'shared');
  const findings = await checkStaged(tx, intake, staged);
  const records = staged.find(({ source, rows }) => source.kind === 'records' && rows > 0);
  if (intake.problems.length + problems.length + findings > 0) {
    if (records) await checkIds(tx, intake, records);
    return refused;
  }
  await tx.rows('SAVEPOINT before_posting');
  const outcome = await apply(tx, intake, staged, records ?? null);
  if ('posted' in outcome) return { status: 'accepted', staged, ...outcome.posted };
  await tx.rows('ROLLBACK TO SAVEPOINT before_posting');
  // An id that is taken is an error of the row itself and said before what its surroundings make of it.
  if (!records || (await checkIds(tx, intake, records)) === 0) await keepProblems(tx, intake, outcome.problems);
  return refused;
}

const rowsOf = (staged: readonly Staged[]) => staged.reduce((sum, { rows }) => sum + rows, 0);

type Applied = { readonly posted: Pick<Taken, 'changes' | 'posting'> } | { readonly problems: readonly Problem[] };

async function apply(tx: Tx, intake: Intake, staged: readonly Staged[], records: Staged | null): Promise<Applied> {
  const references = REFERENCE_KINDS.flatMap((kind) => staged.filter(({ source }) => source.kind === kind));
  const changed = await changeReferences(tx, intake, references);
  if (changed.problems.length > 0) return { problems: changed.problems };
  let posting: Posting | null = null;
  if (records) {
    const batch = batchOf(intake, records);
    const wrong = await valueRecords(tx, batch);
    if (wrong.length > 0) return { problems: wrong.map((problem) => ({ file: records.source.name, ...problem })) };
    intake.onProgress('posting', rowsOf(staged));
    posting = await postRecords(tx, batch);
    if (posting === null) return { problems: [] };
  }
  await recompute(tx, intake.mine, changed, posting);
  return { posted: { changes: changed.changes, posting } };
}

const batchOf = (intake: Intake, { table, rows }: Staged): RecordBatch => ({
  ...{ mine: intake.mine, importId: intake.importId, source: DIRECT_SOURCE, staging: table, rows },
});

/** Ids stated twice in the file, and ids that an earlier import took. */
async function checkIds(tx: Tx, intake: Intake, records: Staged): Promise<number> {
  const repeated = await checkRepeated(tx, intake, records);
  const taken = await takenIds(tx, batchOf(intake, records));
  await keepProblems(
    tx,
    intake,
    taken.map((problem) => ({ file: records.source.name, ...problem })),
  );
  return repeated + taken.length;
}
