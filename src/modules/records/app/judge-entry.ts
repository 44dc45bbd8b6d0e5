import type { Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { isReached, type Reach } from '../../mines/index.js';
import { lockMine, openPeriods } from '../../reference/index.js';
import { ENTRY_PROBLEMS, JUDGE_ENTRY, entryParameters, type JudgedEntry } from '../db/entry-sql.js';

export type RowValues = Readonly<Record<string, string | null>>;

/** A record that may be entered. */
export interface RightEntry {
  readonly id: string;
  /** The record with its periods as JSON, whose digits only PostgreSQL reads. */
  readonly json: string;
  readonly department: string;
  /** Yuan, net of tax; 0 where a quantity stands for it. */
  readonly amountYuan: string;
  /** Those it is dated and valued in. */
  readonly periods: readonly string[];
}

/**
 * Judges one row by the rules of a file. Natural months come into being here, so a refusal must undo the transaction.
 * `importId` is that of the draft that it replaces, whose id is its own.
 */
export async function judgeEntry(
  tx: Tx,
  reach: Reach,
  values: RowValues,
  importId: string | null,
): Promise<RightEntry | { readonly findings: readonly Finding[] }> {
  let entry = await judge(tx, reach, values);
  if (!entry.isWrong && entry.problems?.some(({ code }) => code === 'unknown_period')) {
    // In this order: who holds the mine for a change of its tables may open the same months.
    await lockMine(tx, reach.mine, 'shared');
    await openPeriods(tx, reach.mine, [entry.month!, ...(entry.correctsPeriod === null ? [] : [entry.correctsPeriod])]);
    entry = await judge(tx, reach, values);
  }
  const findings = await findingsOf(tx, reach, values, { ...entry, takenBy: otherThan(entry.takenBy, importId) });
  if (findings.length > 0) return { findings };
  const { json, department, amountYuan, postedPeriod, valuedPeriod } = entry;
  return {
    ...{ id: values.id!, json, department: department!, amountYuan: amountYuan ?? '0' },
    periods: [...new Set([postedPeriod!, valuedPeriod!])].sort(),
  };
}

const otherThan = (takenBy: string | null, own: string | null) => (takenBy === own ? null : takenBy);

async function judge(tx: Tx, { mine }: Reach, values: RowValues): Promise<JudgedEntry> {
  const { rows } = await tx.client.query<JudgedEntry>({ ...JUDGE_ENTRY, values: entryParameters(mine, values) });
  return rows[0]!;
}

/** As for a file: what is wrong with the row itself first, and what its surroundings make of it only where it is right. */
async function findingsOf(tx: Tx, reach: Reach, values: RowValues, entry: JudgedEntry): Promise<Finding[]> {
  const own = entry.isWrong ? await ownFindings(tx, reach.mine, values) : [];
  const isUnknown = own.some(({ code }) => code === 'unknown_department');
  const isOutside = entry.department !== null && !isUnknown && !isReached(reach, [entry.department]);
  const outside = isOutside ? [finding('department', 'department_outside_scope')] : [];
  const taken = entry.takenBy === null ? [] : [takenFinding(reach, entry)];
  const first = [...outside, ...own, ...taken];
  if (first.length > 0) return first;
  const around = (entry.problems ?? []).map(({ column, code }) => finding(column, code));
  const isLate = around.length === 0 && entry.periodStatus === 'closed';
  return isLate ? [finding('date', 'period_closed', { period: entry.postedPeriod! })] : around;
}

async function ownFindings(tx: Tx, mine: string, values: RowValues): Promise<Finding[]> {
  const rows = await tx.rows<{ column_name: string; code: string }>(ENTRY_PROBLEMS, entryParameters(mine, values));
  return rows.map(({ column_name, code }) => finding(column_name, code));
}

/** Who may not see the other import learns its number only. */
function takenFinding(reach: Reach, { takenBy, takenByFile, takenByActor, takenByDepartments }: JudgedEntry): Finding {
  const isSeen = takenByActor === reach.actor || isReached(reach, takenByDepartments);
  return finding('id', 'duplicate_record', {
    import_id: takenBy!,
    ...(isSeen ? { file_name: takenByFile! } : {}),
  });
}

const finding = (column: string, code: string, params: Readonly<Record<string, string>> = {}): Finding => ({
  ...{ row: 1, column, code, params },
});
