import type { Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { lockMine, openPeriods } from '../../reference/index.js';
import { insertReversal, periodOf, reversalsOf, takenEntryIds } from '../db/reversing-records.js';
import { lockStanding, type StandingRecord } from '../db/entered-records.js';
import { periodObjection, type Entering } from './plan-submission.js';
import { refusal, refusedRow, unknownRecord, type RecordDecided } from './refuse-record.js';

/** How records are to be taken back. */
export interface ReversalWish {
  readonly reason: string;
  /** YYYY-MM-DD; null: that of the record where its period is open, else today. */
  readonly date: string | null;
  /** Id of the reversing record; null: the record's with -R. Only where one record is taken back. */
  readonly id: string | null;
}

/** A record that may be taken back, and by what. */
export interface PlannedReversal {
  readonly original: StandingRecord;
  readonly id: string;
  /** YYYY-MM-DD; null: as the original. */
  readonly date: string | null;
  /** Those it will be dated and valued in. */
  readonly periods: readonly string[];
}

export interface ReversalPlan {
  readonly planned: readonly PlannedReversal[];
  readonly refused: readonly RecordDecided[];
}

/**
 * Locks posted records and looks whether they may be taken back, each by a record of opposite figures: in its own period
 * while that is open, else dated later and correcting it (COR-1). `today` is YYYY-MM-DD.
 */
export async function planReversals(
  tx: Tx,
  by: Entering,
  ids: readonly string[],
  wish: ReversalWish,
  today: string,
): Promise<ReversalPlan> {
  const standing = await lockStanding(tx, by.reach, ids);
  const reversals = await reversalsOf(tx, by.mine, ids);
  const newIds = new Map(ids.map((id) => [id, wish.id ?? reversingId(id)]));
  const taken = await takenEntryIds(tx, by.mine, [...newIds.values()]);
  const planned: PlannedReversal[] = [];
  const refused: RecordDecided[] = [];
  for (const id of ids) {
    const original = standing.get(id);
    const objection = original === undefined ? unknownRecord(id) : objectionTo(original, reversals.get(id));
    if (objection !== null) {
      refused.push(objection);
      continue;
    }
    const newId = newIds.get(id)!;
    const plan = taken.has(newId)
      ? refusal(id, 'conflict', 'reversal_id_taken', { id: newId })
      : await dated(tx, by, original!, newId, wish.date, today);
    if ('outcome' in plan) refused.push(plan);
    else planned.push(plan);
  }
  return { planned, refused };
}

function objectionTo({ id, status, reverses }: StandingRecord, reversal: string | undefined): RecordDecided | null {
  if (status !== 'posted') return refusal(id, 'conflict', 'not_posted', { id, status });
  if (reverses !== null) return refusal(id, 'conflict', 'is_a_reversal', { id, reverses });
  return reversal === undefined ? null : refusal(id, 'conflict', 'already_reversed', { id, by: reversal });
}

async function dated(
  tx: Tx,
  by: Entering,
  original: StandingRecord,
  id: string,
  wished: string | null,
  today: string,
): Promise<PlannedReversal | RecordDecided> {
  if (wished === null && original.periodStatus === 'open') {
    return { original, id, date: null, periods: [original.postedPeriod, original.valuedPeriod] };
  }
  const date = wished ?? today;
  let period = await periodOf(tx, by.mine, date);
  if (period === null) {
    await lockMine(tx, by.mine, 'shared');
    await openPeriods(tx, by.mine, [date.slice(0, 7)]);
    period = await periodOf(tx, by.mine, date);
  }
  if (period === null) return refusedRow(original.id, [atDate('unknown_period')]);
  const code = periodObjection(period.status, original.department, by);
  if (code !== null) return refusedRow(original.id, [atDate(code, { period: period.code })]);
  return { original, id, date, periods: [period.code, original.valuedPeriod] };
}

const atDate = (code: string, params: Readonly<Record<string, string>> = {}): Finding => ({
  ...{ row: 1, column: 'date', code, params },
});

const MAX_ID_LENGTH = 64;
const SUFFIX = '-R';

const reversingId = (id: string) => [...id].slice(0, MAX_ID_LENGTH - SUFFIX.length).join('') + SUFFIX;

/** Writes the reversing record as a draft; false where another was quicker. */
export function insertPlanned(
  tx: Tx,
  mine: string,
  importId: string,
  { original, id, date }: PlannedReversal,
  reason: string,
): Promise<boolean> {
  return insertReversal(tx, mine, importId, { of: original.id, id, date, summary: `冲销 ${original.id}：${reason}` });
}
