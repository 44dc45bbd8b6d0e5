import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { HeaderSynonyms } from '../../formats/index.js';
import { headersOf, loadProfiles, profileFor, type Profile } from '../../mapping/index.js';
import { keepReconciliation } from '../../reconciliation/index.js';
import {
  DIRECT_SOURCE,
  postRecords,
  takenIds,
  valueRecords,
  type Posting,
  type RecordBatch,
} from '../../records/index.js';
import { REFERENCE_KINDS, lockMine, type ReferenceChange } from '../../reference/index.js';
import type { Kind } from '../../rules/columns.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { isLedgerKind } from '../../rules/tables.js';
import { checkRepeated, checkStaged, keepProblems } from './check-staged.js';
import { changeReferences } from './change-references.js';
import { closedPeriodProblem, recompute } from './recompute.js';
import { placeIn, type Intake, type ReadFile, type Staged } from './source.js';
import { stageSources } from './stage-sources.js';
import { misfitOf, reverseSuperseded, settleReversal } from './supersede.js';
import { checkTypedTotals } from './typed-totals.js';
import { takeBooks, type MappedBooks } from './take-books.js';

/** What became of an import's rows. */
export interface Taken {
  readonly status: 'accepted' | 'refused';
  readonly files: readonly ReadFile[];
  readonly staged: readonly Staged[];
  readonly profile: Profile | null;
  readonly mapped: MappedBooks;
  readonly changes: readonly ReferenceChange[];
  readonly posting: Posting | null;
}

/**
 * The door: stages, checks, and posts or refuses, all or nothing, in the caller's transaction. When it answers
 * `refused`, nothing but the import's row fates and control totals was written.
 */
export async function takeIn(tx: Tx, intake: Intake): Promise<Taken> {
  const read = await readBooks(tx, intake);
  const { staged, problems, mapped, profile } = read;
  const refused: Taken = {
    ...{ status: 'refused', files: read.files, staged, profile, mapped },
    ...{ changes: [], posting: null },
  };
  // Before anything is judged: what rows are judged by, the nature of items, must still hold when they are posted.
  const toPost = [...staged.filter(isContract), ...(mapped.findings === 0 ? mapped.targets : [])];
  const hasReferences = intake.method !== null || toPost.some(({ document }) => document !== 'records');
  await lockMine(tx, intake.mine, hasReferences || intake.supersedes !== null ? 'alone' : 'shared');
  const findings = mapped.findings + (await checkStaged(tx, intake, toPost));
  const records = toPost.find(({ document, rows }) => document === 'records' && rows > 0);
  if (intake.problems.length + problems.length + findings > 0) {
    if (records) await checkIds(tx, intake, records);
    return refused;
  }
  await tx.rows('SAVEPOINT before_posting');
  const file = intake.sources[0]?.name ?? METHOD_FILE;
  const outcome = await apply(tx, intake, toPost, records ?? null).catch((error: unknown) => ({
    problems: [closedPeriodProblem(error, file)],
  }));
  if ('posted' in outcome) {
    const books = staged.filter(isBooks).filter(({ rows }) => rows > 0);
    if (books.length > 0) await keepReconciliation(tx, { ...intake, documents: books });
    return { ...refused, status: 'accepted', ...outcome.posted };
  }
  await tx.rows('ROLLBACK TO SAVEPOINT before_posting');
  // An id that is taken is an error of the row itself and said before what its surroundings make of it.
  if (!records || (await checkIds(tx, intake, records)) === 0) await keepProblems(tx, intake, outcome.problems);
  return refused;
}

/** A staged document of the contract's kinds; records know the source their ids are unique in. */
type ToPost = Staged<Kind> & { readonly recordSource?: string };

const isContract = (staged: Staged): staged is Staged<Kind> => !isLedgerKind(staged.document);
const isBooks = (staged: Staged): staged is Staged<LedgerKind> => isLedgerKind(staged.document);

export interface ReadBooks {
  readonly files: readonly ReadFile[];
  readonly staged: readonly Staged[];
  readonly problems: readonly Problem[];
  readonly mapped: MappedBooks;
  readonly profile: Profile | null;
}

const NOTHING_MAPPED: MappedBooks = { targets: [], findings: 0, sums: [], mapping: null };

/** Reads the files into staging tables and maps what is books; writes down what is wrong with them. */
export async function readBooks(tx: Tx, intake: Intake): Promise<ReadBooks> {
  const profiles = await loadProfiles(tx, intake.mine);
  const headers: HeaderSynonyms = headersOf(profiles, intake.profile);
  const { staged, files, problems } = await stageSources(tx, intake, headers);
  const known = await leaveKnownDepartments(tx, intake.mine, staged, files);
  intake.onProgress(
    'checking',
    staged.reduce((sum, { rows }) => sum + rows, 0),
  );
  await keepProblems(tx, intake, [...intake.problems, ...problems]);
  const books = staged.filter(isBooks).filter(({ rows }) => rows > 0);
  const profile = books.length > 0 ? profileFor(profiles, files[0]!.format, intake.profile) : null;
  const isReadable = profile !== null && problems.length === 0;
  const taken = isReadable ? await takeBooks(tx, intake, books, profile) : NOTHING_MAPPED;
  const mapped = { ...taken, sums: [...taken.sums, ...known] };
  return { files, staged, problems, mapped, profile };
}

/**
 * The departments that a ledger keeps on file are no statement about the mine's own: only those it does not know come in,
 * and none of its names and parents is changed by them.
 */
async function leaveKnownDepartments(
  tx: Tx,
  mine: string,
  staged: readonly Staged[],
  files: readonly ReadFile[],
): Promise<MappedBooks['sums']> {
  const archive = staged.find(({ document }) => document === 'departments');
  if (archive === undefined || files[0]?.format !== 'gbt24589') return [];
  const known = await tx.rows(
    `DELETE FROM ${archive.table} s USING departments d WHERE d.mine_id = $1 AND d.code = s.code RETURNING 1`,
    [mine],
  );
  return known.length > 0 ? [{ reason: 'known_department', rows: known.length }] : [];
}

type Applied = { readonly posted: Pick<Taken, 'changes' | 'posting'> } | { readonly problems: readonly Problem[] };

async function apply(tx: Tx, intake: Intake, staged: readonly ToPost[], records: ToPost | null): Promise<Applied> {
  const references = REFERENCE_KINDS.flatMap((kind) => staged.filter(({ document }) => document === kind));
  const changed = await changeReferences(tx, intake, references);
  if (changed.problems.length > 0) return { problems: changed.problems };
  const reversed = await reverseSuperseded(tx, intake);
  let posting: Posting | null = null;
  if (records) {
    const batch = batchOf(intake, records);
    const wrong = await valueRecords(tx, batch);
    if (wrong.length > 0) return { problems: wrong.map(({ row, ...rest }) => placed(records, row, rest)) };
    intake.onProgress('posting', records.rows);
    posting = await postRecords(tx, batch);
    if (posting === null) return { problems: [] };
  }
  const misfit = reversed && misfitOf(reversed, intake.supersedes!, records && sourceOf(records), posting);
  if (misfit) return { problems: [{ file: staged[0]!.source.name, row: 0, column: '', ...misfit }] };
  const untrue = await checkTypedTotals(tx, intake, records, posting);
  if (untrue.length > 0) return { problems: untrue };
  await recompute(tx, intake.mine, changed, await settleReversal(tx, intake, reversed, posting));
  return { posted: { changes: changed.changes, posting } };
}

const sourceOf = ({ recordSource }: ToPost) => recordSource ?? DIRECT_SOURCE;

const batchOf = (intake: Intake, staged: ToPost): RecordBatch => ({
  ...{ mine: intake.mine, importId: intake.importId, source: sourceOf(staged) },
  ...{ staging: staged.table, rows: staged.rows },
});

const placed = (staged: Staged, rowNo: number, problem: Pick<Problem, 'column' | 'code' | 'params'>): Problem => ({
  ...{ file: staged.source.name, ...placeIn(staged, rowNo), document: staged.document },
  ...problem,
});

/** Ids stated twice in the file, and ids that an earlier import took. */
async function checkIds(tx: Tx, intake: Intake, records: ToPost): Promise<number> {
  const repeated = await checkRepeated(tx, intake, records);
  const taken = await takenIds(tx, batchOf(intake, records), intake.supersedes);
  await keepProblems(
    tx,
    intake,
    taken.map(({ row, ...rest }) => placed(records, row, rest)),
  );
  return repeated + taken.length;
}
