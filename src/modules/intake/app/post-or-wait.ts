import type { Tx } from '../../../platform/database/unit-of-work.js';
import { DIRECT_SOURCE, postRecords, totalRecords, valueRecords, type RecordBatch } from '../../records/index.js';
import { REFERENCE_KINDS } from '../../reference/index.js';
import type { Kind } from '../../rules/columns.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { changeReferences, type Changed } from './change-references.js';
import { changesOutside } from './check-scope.js';
import { claimOf, type Besides } from './claim.js';
import { recompute } from './recompute.js';
import { placeIn, type Claim, type Intake, type Staged } from './source.js';
import { misfitOf, reverseSuperseded, settleReversal, standingSuperseded } from './supersede.js';
import type { Taken } from './take-in.js';
import { checkTypedTotals } from './typed-totals.js';

/** A staged document of the contract's kinds; records know the source their ids are unique in. */
export type ToPost = Staged<Kind> & { readonly recordSource?: string };

/** What the door did, or must undo to its savepoint: everything that was only checked, or is wrong. */
export type Applied =
  | { readonly posted: Pick<Taken, 'changes' | 'posting'> & { readonly claim: Claim } }
  | { readonly waiting: Pick<Taken, 'changes'> & { readonly claim: Claim } }
  | { readonly problems: readonly Problem[] };

/** Rows that are right one by one, put together with what the mine has and, as far as the gate allows, posted. */
export async function postOrWait(
  tx: Tx,
  intake: Intake,
  staged: readonly ToPost[],
  besides: Besides,
): Promise<Applied> {
  const references = REFERENCE_KINDS.flatMap((kind) => staged.filter(({ document }) => document === kind));
  const changed = await changeReferences(tx, intake, references);
  const outside = changesOutside(intake, references, changed.changes);
  if (outside.length + changed.problems.length > 0) return { problems: [...outside, ...changed.problems] };

  const records = staged.find(({ document, rows }) => document === 'records' && rows > 0) ?? null;
  const wrong = records === null ? [] : await valueRecords(tx, batchOf(intake, records));
  if (wrong.length > 0) return { problems: wrong.map(({ row, ...rest }) => placed(records!, row, rest)) };

  const standing = await standingSuperseded(tx, intake);
  const totals = records && (await totalRecords(tx, records.table));
  const misfit = standing && misfitOf(standing, intake.supersedes!, records && sourceOf(records), totals?.valuedIn);
  const file = staged[0]?.source.name ?? METHOD_FILE;
  if (misfit) return { problems: [ofFile(file, misfit)] };

  const claim = await claimOf(tx, intake, { staged, changed, totals, standing }, besides);
  switch (await intake.gate(tx, claim)) {
    case 'open':
      return post(tx, intake, { changed, records, claim });
    case 'waits':
      // For what the changed tables by themselves would do to closed periods. No record is written: a million of them
      // would leave as many dead rows.
      await recompute(tx, intake.mine, changed, null);
      return { waiting: { changes: changed.changes, claim } };
    case 'changed':
      return { problems: [ofFile(file, { code: 'changed_since_check', params: {} })] };
  }
}

interface Checked {
  readonly changed: Changed;
  readonly records: ToPost | null;
  readonly claim: Claim;
}

async function post(tx: Tx, intake: Intake, { changed, records, claim }: Checked): Promise<Applied> {
  const reversed = await reverseSuperseded(tx, intake);
  if (records) intake.onProgress('posting', records.rows);
  const posting = records && (await postRecords(tx, batchOf(intake, records)));
  // The ids that are taken are said once all this is undone.
  if (records && posting === null) return { problems: [] };
  const untrue = await checkTypedTotals(tx, intake, records, claim.records);
  if (untrue.length > 0) return { problems: untrue };
  await recompute(tx, intake.mine, changed, await settleReversal(tx, intake, reversed, posting));
  return { posted: { changes: changed.changes, posting, claim } };
}

const sourceOf = ({ recordSource }: ToPost) => recordSource ?? DIRECT_SOURCE;

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

const ofFile = (file: string, problem: Pick<Problem, 'code' | 'params'>): Problem => ({
  ...{ file, row: 0, column: '' },
  ...problem,
});
