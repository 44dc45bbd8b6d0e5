import { invariant } from '../../../../analytics/kernel/invariant.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { HeaderSynonyms } from '../../formats/index.js';
import { findProfile, headersOf, loadProfiles, profileFor, type Profile } from '../../mapping/index.js';
import { keepReconciliation } from '../../reconciliation/index.js';
import { takenIds, type Posting } from '../../records/index.js';
import { lockMine, type ReferenceChange } from '../../reference/index.js';
import type { Kind } from '../../rules/columns.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { isLedgerKind } from '../../rules/tables.js';
import { checkRepeated, checkStaged, keepProblems } from './check-staged.js';
import type { Besides } from './claim.js';
import { checkScope, namesHidden } from './check-scope.js';
import { postOrWait, type Applied } from './post-or-wait.js';
import { closedPeriodProblem } from './recompute.js';
import type { Claim, Intake, ReadFile, Staged } from './source.js';
import { stageSources } from './stage-sources.js';
import { batchOf, placed, type ToPost } from './to-post.js';
import { checkTypedTotals } from './typed-totals.js';
import { takeBooks, type MappedBooks } from './take-books.js';

/** What became of an import's rows. */
export interface Taken {
  /** Waiting: nothing is wrong with them, nothing is posted, and somebody must approve. */
  readonly status: 'accepted' | 'waiting' | 'refused';
  readonly files: readonly ReadFile[];
  readonly staged: readonly Staged[];
  readonly profile: Profile | null;
  readonly mapped: MappedBooks;
  readonly changes: readonly ReferenceChange[];
  readonly posting: Posting | null;
  /** Null where it was refused. */
  readonly claim: Claim | null;
}

/**
 * The door: stages, checks, and posts, or leaves for approval what its gate says, or refuses, all or nothing, in the
 * caller's transaction. Unless it answers `accepted`, nothing but the import's row fates and control totals was written.
 */
export async function takeIn(tx: Tx, intake: Intake): Promise<Taken> {
  const read = await readBooks(tx, intake);
  const { staged, problems, mapped, profile } = read;
  const refused: Taken = {
    ...{ status: 'refused', files: read.files, staged, profile, mapped },
    ...{ changes: [], posting: null, claim: null },
  };
  // Before anything is judged: what rows are judged by, the nature of items, must still hold when they are posted.
  const toPost = toPostOf(read);
  const hasReferences = intake.method !== null || toPost.some(({ document }) => document !== 'records');
  await lockMine(tx, intake.mine, hasReferences || intake.supersedes !== null ? 'alone' : 'shared');
  const outside = await holdScope(tx, intake, read);
  const findings = mapped.findings + outside + (await checkStaged(tx, intake, toPost));
  const records = toPost.find(({ document, rows }) => document === 'records' && rows > 0);
  if (intake.problems.length + problems.length + findings > 0) {
    if (records) await checkIds(tx, intake, records);
    return refused;
  }
  await tx.rows('SAVEPOINT before_posting');
  const books = staged.filter(isBooks).filter(({ rows }) => rows > 0);
  const skipped = read.files.some(({ skippedParts }) => skippedParts.length > 0);
  const outcome = await applied(tx, intake, toPost, { books: books.length > 0, skipped });
  if ('posted' in outcome) {
    if (books.length > 0) await keepReconciliation(tx, { ...intake, documents: books });
    return { ...refused, status: 'accepted', ...outcome.posted };
  }
  await tx.rows('ROLLBACK TO SAVEPOINT before_posting');
  // An id that is taken is an error of the row itself and said before what its surroundings make of it.
  if (records && (await checkIds(tx, intake, records)) > 0) return refused;
  if ('problems' in outcome) {
    await keepProblems(tx, intake, outcome.problems);
    return refused;
  }
  const untrue = await checkTypedTotals(tx, intake, records ?? null, outcome.waiting.claim.records);
  await keepProblems(tx, intake, untrue);
  return untrue.length > 0 ? refused : { ...refused, status: 'waiting', ...outcome.waiting };
}

const toPostOf = ({ staged, mapped }: ReadBooks): ToPost[] => [
  ...staged.filter(isContract),
  ...(mapped.findings === 0 ? mapped.targets : []),
];

/** Writes down which rows of what was read are beyond the sender's departments; answers how many findings there were. */
export const holdScope = (tx: Tx, intake: Intake, read: ReadBooks): Promise<number> =>
  checkScope(tx, intake, read.staged.filter(isBooks), toPostOf(read));

/** What a closed period would no longer report stands in no row, and is a problem of the file. */
function applied(tx: Tx, intake: Intake, toPost: readonly ToPost[], besides: Besides): Promise<Applied> {
  const file = intake.sources[0]?.name ?? METHOD_FILE;
  return postOrWait(tx, intake, toPost, besides).catch((error: unknown) => ({
    problems: [closedPeriodProblem(error, file)],
  }));
}

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
  const profiles = await profilesOf(tx, intake);
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

/** Those in use; what was checked under a version is posted under it. */
async function profilesOf(tx: Tx, { mine, profile, profileVersion }: Intake): Promise<Profile[]> {
  const profiles = await loadProfiles(tx, mine);
  if (profile === null || profileVersion === null) return profiles;
  const pinned = await findProfile(tx, mine, profile, profileVersion);
  invariant(pinned !== null, `version ${profileVersion} of profile ${profile} is gone`);
  return profiles.map((each) => (each.name === profile ? pinned : each));
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

/** Ids stated twice in the file, and ids that an earlier import took. */
async function checkIds(tx: Tx, intake: Intake, records: ToPost): Promise<number> {
  const repeated = await checkRepeated(tx, intake, records);
  const taken = await takenIds(tx, batchOf(intake, records), intake.supersedes);
  const named = await namesHidden(tx, intake, taken);
  await keepProblems(
    tx,
    intake,
    named.map(({ row, ...rest }) => placed(records, row, rest)),
  );
  return repeated + taken.length;
}
