import type { Tx } from '../../../platform/database/unit-of-work.js';
import { isGranted } from '../../access/index.js';
import { postRecords, totalRecords, valueRecords, type Posting } from '../../records/index.js';
import { REFERENCE_KINDS, statusOf, type ReferenceChange } from '../../reference/index.js';
import { METHOD_FILE } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { changeReferences, type Changed } from './change-references.js';
import { changesOutside } from './check-scope.js';
import { claimOf, type Besides } from './claim.js';
import { recompute } from './recompute.js';
import type { Claim, Intake } from './source.js';
import { misfitOf, reverseSuperseded, settleReversal, standingSuperseded } from './supersede.js';
import { batchOf, placed, sourceOf, type ToPost } from './to-post.js';
import { checkTypedTotals } from './typed-totals.js';

interface Waiting {
  readonly changes: readonly ReferenceChange[];
  readonly claim: Claim;
}

/** What the door did, or must undo to its savepoint: everything that was only checked, or is wrong. */
export type Applied =
  | { readonly posted: Waiting & { readonly posting: Posting | null } }
  | { readonly waiting: Waiting }
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
    case 'waits': {
      const closing = await closingPeriods(tx, intake, claim.handedInFor);
      if (closing !== '') return { problems: [ofFile(file, { code: 'period_closing', params: { period: closing } })] };
      // For what the changed tables by themselves would do to closed periods. No record is written: a million of them
      // would leave as many dead rows.
      await recompute(tx, intake.mine, changed, null);
      return { waiting: { changes: changed.changes, claim } };
    }
    case 'changed':
      return { problems: [ofFile(file, { code: 'changed_since_check', params: {} })] };
  }
}

/** While a period is being closed, what was handed in before is still posted, and only finance hands in more. */
async function closingPeriods(tx: Tx, { mine, sender }: Intake, periods: readonly string[]): Promise<string> {
  const statuses = await statusOf(tx, mine, periods);
  const closing = [...statuses].filter(([, status]) => status === 'closing').map(([code]) => code);
  if (closing.length === 0 || (await isGranted(tx, mine, sender.actor, 'finance'))) return '';
  return closing.sort().join(', ');
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

const ofFile = (file: string, problem: Pick<Problem, 'code' | 'params'>): Problem => ({
  ...{ file, row: 0, column: '' },
  ...problem,
});
