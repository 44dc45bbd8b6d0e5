import type { Chance } from '../../sample/chance.js';
import * as chart from './chart.js';
import type { CostAccount } from './chart.js';
import { COUNTERPARTIES, PROJECTS, type Department, type Line, type Purpose } from './voucher.js';

/** What a voucher's line says; the rest of it is blank. */
export type Entry = Partial<Line> & Pick<Line, 'account' | 'summary'>;

/** A voucher without its number and day. */
export interface Draft {
  readonly purpose: Purpose;
  readonly entries: readonly Entry[];
}

const MOST_COSTS = 5;
/** Lines of the longest of these. */
export const LONGEST_DRAFT = MOST_COSTS + 1;
const WHOLE = 1_000_000n;

/** One in 25 is a red letter, one in 40 a return, one in 60 spends the fund, one in 12 is a sale. */
export function ordinaryDraft(chance: Chance, departments: readonly Department[]): Draft {
  const department = chance.pick(departments);
  const sort = chance.between(1, 600);
  if (sort <= 15) return returned(chance, department);
  if (sort <= 25) return fundSpending(chance);
  if (sort <= 75) return sale(chance, chance.between(2, 3));
  return costs(chance, departments, sort <= 99);
}

function costs(chance: Chance, departments: readonly Department[], isRed: boolean): Draft {
  const summaryAccount = chance.pick(chart.COST_ACCOUNTS);
  const counter = chart.counterOf(summaryAccount);
  const alike = chart.COST_ACCOUNTS.filter((account) => chart.counterOf(account) === counter);
  const counterparty = chance.pick(COUNTERPARTIES);
  const entries = Array.from({ length: chance.between(1, MOST_COSTS) }, (): Entry => {
    const account = chance.pick(alike);
    return { ...booked(chance, account, isRed), department: chance.pick(departments), counterparty };
  });
  const credit = entries.reduce((sum, { debit }) => sum + debit!, 0n);
  const summary = isRed ? `冲销：${entries[0]!.summary}` : entries[0]!.summary;
  return { purpose: 'cost', entries: [...entries, { account: counter, summary, credit, counterparty }] };
}

/** The debit of a cost account; red letters are negative in amount and quantity. */
function booked(chance: Chance, account: CostAccount, isRed: boolean): Entry {
  const sign = isRed ? -1n : 1n;
  const price = BigInt(chance.between(...account.price));
  const project = account.item === '05' || account.item === '10' ? chance.pick([...PROJECTS, null]) : null;
  const shared = { account, summary: chance.pick(account.summaries), project };
  if (account.unit === null) return { ...shared, debit: sign * price };
  // Tenths, so that quantities have decimals; the amount is rounded down to the fen, as the unit price is not taken over.
  const tenths = BigInt(chance.between(1, 970));
  const debit = (price * tenths) / 10n;
  return {
    ...{ ...shared, debit: sign * (debit === 0n ? 1n : debit), unit: account.unit },
    quantity: (sign * tenths * WHOLE) / 10n,
  };
}

/** Material that comes back from the face: a credit on a cost account. */
function returned(chance: Chance, department: Department): Draft {
  const account = chance.pick(chart.COST_ACCOUNTS.filter(({ item }) => item.startsWith('01')));
  const { debit, ...entry } = booked(chance, account, false);
  return {
    purpose: 'return',
    entries: [
      { account: chart.counterOf(account), summary: '退料', debit: debit! },
      { ...entry, summary: '退料', credit: debit!, department },
    ],
  };
}

function fundSpending(chance: Chance): Draft {
  const amount = BigInt(chance.between(10_000, 5_200_000));
  const summary = '安全生产费支出';
  return {
    purpose: 'fund_spending',
    entries: [
      { account: chart.FUND, summary, debit: amount },
      { account: chart.BANK, summary, credit: amount },
    ],
  };
}

/** Of two or three lines: nothing in it is cost. */
export function sale(chance: Chance, lines: number): Draft {
  const amount = BigInt(chance.between(1_000_000, 99_999_999));
  const parts = lines === 3 ? [amount / 3n, amount - amount / 3n] : [amount];
  return {
    purpose: 'sale',
    entries: [
      { account: chart.RECEIVABLE, summary: '销售煤炭', debit: amount },
      ...parts.map((credit) => ({ account: chart.INCOME, summary: '销售煤炭', credit })),
    ],
  };
}

export function accrual(chance: Chance, department: Department): Draft {
  const amount = BigInt(chance.between(...chart.ACCRUAL.price));
  const summary = chart.ACCRUAL.summaries[0]!;
  return {
    purpose: 'cost',
    entries: [
      { account: chart.ACCRUAL, summary, debit: amount, department },
      { account: chart.FUND, summary, credit: amount },
    ],
  };
}
