import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { isCostAccount } from '../../mapping/index.js';
import {
  bookedAccounts,
  controlTotalsOf,
  importsOfPeriod,
  isPeriodKnown,
  leftOutDebits,
  newestBalances,
  recordsFromElsewhere,
  reportedActuals,
  type ControlTotalRow,
  type SourceRow,
} from '../db/reconciliation-queries.js';
import {
  compareAccounts,
  compareExternal,
  type AccountComparison,
  type ExternalComparison,
  type PeriodBooks,
} from './reconcile.js';

/** Lines of any one list that are shown. */
const MAX_LISTED = 1_000;

export interface Reconciliation {
  readonly period: string;
  readonly accounts: readonly AccountComparison[];
  readonly hasBalances: boolean;
  readonly external: ExternalComparison;
  readonly controlTotals: readonly ControlTotalRow[];
  readonly imports: readonly SourceRow[];
}

/**
 * A period's books beside what was imported of them. In a transaction of its own, which it makes one read of one moment.
 * @throws AppError `no_such_period` where neither the mine nor its books know the period
 */
export async function answerReconciliation(tx: Tx, mine: string, period: string): Promise<Reconciliation> {
  await tx.rows('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
  const imports = await importsOfPeriod(tx, mine, period);
  if (imports.length === 0 && !(await isPeriodKnown(tx, mine, period))) {
    throw new AppError('not_found', 'no_such_period', { period });
  }
  const ids = imports.map(({ id }) => id);
  const controlTotals = await controlTotalsOf(tx, mine, ids, MAX_LISTED);
  const { books, accounts, external } = await compareBooks(tx, mine, period);
  return { period, accounts, hasBalances: books.balances !== null, external, controlTotals, imports };
}

async function compareBooks(tx: Tx, mine: string, period: string) {
  const books: PeriodBooks = {
    booked: await bookedAccounts(tx, mine, period),
    balances: await newestBalances(tx, mine, period),
    actuals: await reportedActuals(tx, mine, period),
    leftOut: await leftOutDebits(tx, mine, period, MAX_LISTED),
    elsewhere: await recordsFromElsewhere(tx, mine, period, MAX_LISTED),
  };
  const accounts = compareAccounts(books, isCostAccount);
  return { books, accounts, external: compareExternal(books, accounts, MAX_LISTED) };
}

/** External explicit cost of a period beside its books, in whatever transaction asks; see ExternalComparison. */
export async function compareWithBooks(tx: Tx, mine: string, period: string): Promise<ExternalComparison> {
  return (await compareBooks(tx, mine, period)).external;
}
