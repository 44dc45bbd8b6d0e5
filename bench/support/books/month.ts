import type { Chance } from '../../sample/chance.js';
import * as chart from './chart.js';
import type { Account } from './chart.js';
import { accrual, LONGEST_DRAFT, ordinaryDraft, sale, type Draft } from './drafts.js';
import type { Department, Line, Voucher } from './voucher.js';

interface MonthWanted {
  readonly chance: Chance;
  readonly month: string;
  readonly lines: number;
  readonly departmentList: readonly Department[];
}

const LAST_DAY = 28;
/** At the month's end a sum is carried over once, 制造费用 twice and by two lines the first time. */
const MOST_END_LINES = 3;
const BLANK = {
  ...{ debit: 0n, credit: 0n, quantity: 0n, unit: '', department: null, project: null, counterparty: '' },
} as const;

/**
 * The vouchers of one month, exactly so many lines: what was bought and paid, and at the end what was accrued and carried
 * over, for which the debits of the month are kept by account and department.
 * @throws Error where the month has too few lines for its own end
 */
export function* monthOfVouchers({ chance, month, lines: wanted, departmentList }: MonthWanted): Generator<Voucher> {
  const debits = new Debits();
  let no = 0;
  let left = wanted;
  const voucher = ({ purpose, entries }: Draft, day: number): Voucher => {
    const lines = entries.map((entry, i) => ({ ...BLANK, ...entry, line: i + 1 }));
    left -= lines.length;
    no += 1;
    if (purpose !== 'carry_over') debits.add(lines);
    return { purpose, date: `${month}-${String(day).padStart(2, '0')}`, type: '记', no, lines };
  };
  const accruals = departmentList.slice(0, 2).map((department) => accrual(chance, department));
  const reserve = accruals.length * (2 + MOST_END_LINES) + LONGEST_DRAFT * (1 + MOST_END_LINES);
  while (left - debits.mostEndLines() > reserve) {
    const day = 1 + Math.floor(((wanted - left) * LAST_DAY) / wanted);
    yield voucher(ordinaryDraft(chance, departmentList), day);
  }
  for (const draft of accruals) yield voucher(draft, LAST_DAY);
  const end = debits.carriedOver();
  const endLines = end.reduce((lines, { entries }) => lines + entries.length, 0);
  while (left > endLines) yield voucher(sale(chance, left - endLines === 3 ? 3 : 2), LAST_DAY);
  for (const draft of end) yield voucher(draft, LAST_DAY);
  if (left !== 0) throw new Error(`${wanted} lines are too few for the month ${month}`);
}

interface Sum {
  readonly account: Account;
  readonly department: Department;
  fen: bigint;
}

/** What stands on cost accounts in the month, by account and department. */
class Debits {
  private readonly sums = new Map<string, Sum>();

  add(lines: readonly Line[]): void {
    for (const { account, department, debit, credit } of lines) {
      if (department === null) continue;
      const key = `${account.code} ${department.code}`;
      const sum = this.sums.get(key);
      if (sum === undefined) this.sums.set(key, { account, department, fen: debit - credit });
      else sum.fen += debit - credit;
    }
  }

  mostEndLines(): number {
    return this.sums.size * MOST_END_LINES + MOST_END_LINES;
  }

  /** 制造费用 into 生产成本, 生产成本 into stock, the others into the year's profit. */
  carriedOver(): Draft[] {
    const all = [...this.sums.values()].filter(({ fen }) => fen !== 0n);
    const overhead = all.filter(({ account }) => account.code.startsWith('5101'));
    const production = all.filter(({ account }) => account.code.startsWith('5001'));
    const expenses = all.filter(({ account }) => account.code.startsWith('6'));
    const carriedIn = overhead.map(({ department, fen }) => ({ account: chart.OVERHEAD_CARRIED, department, fen }));
    return [
      carried(carriedIn, overhead, '结转制造费用'),
      carried([totalOf(chart.STOCK, [...production, ...carriedIn])], [...production, ...carriedIn], '结转完工产品成本'),
      carried([totalOf(chart.PROFIT, expenses)], expenses, '结转本期损益'),
    ].filter(({ entries }) => entries.length > 1);
  }
}

interface Carried {
  readonly account: Account;
  readonly department: Department | null;
  readonly fen: bigint;
}

const totalOf = (account: Account, sums: readonly Carried[]): Carried => ({
  ...{ account, department: null, fen: sums.reduce((total, { fen }) => total + fen, 0n) },
});

function carried(to: readonly Carried[], from: readonly Carried[], summary: string): Draft {
  const some = ({ fen }: Carried) => fen !== 0n;
  return {
    purpose: 'carry_over',
    entries: [
      ...to.filter(some).map(({ account, department, fen }) => ({ account, department, summary, debit: fen })),
      ...from.filter(some).map(({ account, department, fen }) => ({ account, department, summary, credit: fen })),
    ],
  };
}
