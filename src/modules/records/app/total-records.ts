import type { Tx } from '../../../platform/database/unit-of-work.js';
import { sumsTable } from '../db/staged-records.js';

/** What valued records come to. */
export interface RecordTotals {
  readonly rows: number;
  /** Yuan, net of tax. */
  readonly amountYuan: string;
  /** Yuan: what each cell gets, by its magnitude, so that entries and counter-entries of two cells do not weigh nothing. */
  readonly magnitudeYuan: string;
  /** Periods the records are dated or valued in. */
  readonly periods: readonly string[];
  /** Those of them that the records are dated in. */
  readonly datedIn: readonly string[];
  /** Those of them that the records are valued in. */
  readonly valuedIn: readonly string[];
  readonly byDepartment: readonly { readonly department: string; readonly rows: number; readonly amountYuan: string }[];
}

/** Adds up records that were valued (`valueRecords`) and not posted; nothing is written. */
export async function totalRecords(tx: Tx, staging: `scratch.${string}`): Promise<RecordTotals> {
  const [all] = await tx.rows<{ rows: string; amount: string; magnitude: string; dated: string[]; valued: string[] }>(
    `SELECT coalesce(sum(quantified + unquantified), 0) AS rows, coalesce(sum(${AMOUNT}), 0) AS amount,
       coalesce(sum(abs(${AMOUNT})), 0) AS magnitude,
       ARRAY(SELECT DISTINCT reported_in FROM ${sumsTable(staging)} ORDER BY 1) AS dated,
       ARRAY(SELECT DISTINCT period FROM ${sumsTable(staging)} ORDER BY 1) AS valued FROM ${sumsTable(staging)}`,
  );
  const byDepartment = await tx.rows<{ department: string; rows: string; amount: string }>(
    `SELECT department, sum(quantified + unquantified) AS rows, sum(${AMOUNT}) AS amount FROM ${sumsTable(staging)}
     GROUP BY department ORDER BY department COLLATE "C"`,
  );
  return {
    ...{ rows: Number(all!.rows), amountYuan: all!.amount, magnitudeYuan: all!.magnitude },
    ...{ periods: [...new Set([...all!.dated, ...all!.valued])].sort(), datedIn: all!.dated, valuedIn: all!.valued },
    byDepartment: byDepartment.map(({ department, rows, amount }) => ({
      ...{ department, rows: Number(rows), amountYuan: amount },
    })),
  };
}

const AMOUNT = 'amount_of_quantified + amount_of_unquantified';
