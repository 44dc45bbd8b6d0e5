/** The comparison itself: accounts of the books beside their balances, and what makes the difference of the costs. */
import { ZERO, exact, type Exact } from '../../../../analytics/kernel/exact.js';
import type { Actuals, Balances, BookedRow, LeftOutRow, Listed, OtherRecordRow } from '../db/reconciliation-queries.js';
import { commonAccounts } from './common-accounts.js';

/** Everything that is known of a period. */
export interface PeriodBooks {
  readonly booked: readonly BookedRow[];
  readonly balances: Balances | null;
  readonly actuals: Actuals;
  readonly leftOut: Listed<LeftOutRow>;
  readonly elsewhere: Listed<OtherRecordRow>;
}

export interface Sides {
  readonly debit: Exact;
  readonly credit: Exact;
}
export interface LinesOfReason extends Sides {
  readonly reason: string;
  readonly lines: number;
}

/** An account as books and balance sheet have it in common (common-accounts); yuan. */
export interface AccountComparison {
  readonly account: string;
  readonly name: string | null;
  readonly isCost: boolean;
  /** null where no voucher books on it. Cancelled vouchers are no part of it. */
  readonly inFile: (Sides & { readonly lines: number }) | null;
  readonly imported: Exact;
  readonly internal: Exact;
  /** Imported less the debit that it was booked with: credits that a rule takes off. */
  readonly creditsTaken: Exact;
  readonly leftOut: readonly LinesOfReason[];
  readonly balance: Sides | null;
}

/** A cause of the difference; `amount` is its part of external cost less the cost of the books, in yuan. */
export interface DifferenceLine {
  readonly kind:
    | 'only_in_balance'
    | 'only_in_file'
    | 'balance_differs'
    | 'internal'
    | 'credits_taken'
    | 'left_out'
    | 'record'
    | 'other';
  readonly amount: Exact;
  readonly account?: string;
  readonly name?: string | null;
  readonly reason?: string;
  readonly importId?: string;
  readonly rowNo?: number;
  readonly voucher?: string | null;
  readonly summary?: string | null;
  readonly source?: string;
  readonly id?: string;
}

export interface ExternalComparison {
  readonly explicitActual: Exact;
  readonly internalActual: Exact;
  readonly external: Exact;
  readonly ledgerCost: Exact;
  readonly balanceCost: Exact | null;
  /** What `difference` is against; null where there are neither balances nor vouchers. */
  readonly against: 'balance' | 'ledger' | null;
  readonly difference: Exact | null;
  /** Add up to the difference, but for those beyond the limit. */
  readonly lines: readonly DifferenceLine[];
  readonly lineCount: number;
}

type IsCost = (account: string, name: string | null, type: string | null) => boolean;

interface Draft {
  name: string | null;
  isCost: boolean;
  inFile: { lines: number; debit: Exact; credit: Exact } | null;
  imported: Exact;
  internal: Exact;
  creditsTaken: Exact;
  leftOut: Map<string, { lines: number; debit: Exact; credit: Exact }>;
  balance: { debit: Exact; credit: Exact } | null;
}

const emptyDraft = (): Draft => ({
  ...{ name: null, isCost: false, inFile: null, balance: null, leftOut: new Map() },
  ...{ imported: ZERO, internal: ZERO, creditsTaken: ZERO },
});

const IMPORTED = 'imported';
/** A cancelled voucher is not in the books. */
const VOID = 'void';

/** Accounts in order; `isCost` judges those that no voucher books on. */
export function compareAccounts({ booked, balances }: PeriodBooks, isCost: IsCost): AccountComparison[] {
  const listed = balances?.accounts ?? [];
  const common = commonAccounts(
    booked.map(({ account }) => account),
    listed.map(({ account }) => account),
  );
  const drafts = new Map<string, Draft>();
  const draftOf = (account: string) => {
    const draft = drafts.get(account) ?? emptyDraft();
    drafts.set(account, draft);
    return draft;
  };
  for (const row of booked) addBooked(draftOf(common.ofBooked(row.account)), row);
  for (const { account, name, type, debit, credit } of listed) {
    const draft = draftOf(common.ofListed(account));
    if (draft.inFile === null) draft.isCost ||= isCost(account, name, type);
    draft.name = common.ofListed(account) === account ? (name ?? draft.name) : draft.name;
    draft.balance ??= { debit: ZERO, credit: ZERO };
    draft.balance.debit += exact(debit);
    draft.balance.credit += exact(credit);
  }
  return [...drafts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([account, { leftOut, ...draft }]) => ({
      ...{ account, ...draft },
      leftOut: [...leftOut].map(([reason, sums]) => ({ reason, ...sums })),
    }));
}

function addBooked(draft: Draft, row: BookedRow): void {
  const [lines, debit, credit] = [Number(row.lines), exact(row.debit), exact(row.credit)];
  draft.name ??= row.name;
  draft.isCost ||= row.isCost;
  if (row.reason !== VOID) {
    draft.inFile ??= { lines: 0, debit: ZERO, credit: ZERO };
    draft.inFile.lines += lines;
    draft.inFile.debit += debit;
    draft.inFile.credit += credit;
  }
  if (row.reason === IMPORTED) {
    draft.imported += exact(row.imported);
    draft.internal += exact(row.internal);
    draft.creditsTaken += exact(row.imported) - debit;
    return;
  }
  const sums = draft.leftOut.get(row.reason) ?? { lines: 0, debit: ZERO, credit: ZERO };
  sums.lines += lines;
  sums.debit += debit;
  sums.credit += credit;
  draft.leftOut.set(row.reason, sums);
}

/**
 * External explicit cost (TUR-1) beside the debit turnover of the books' cost accounts, to the fen, and why they differ.
 * Every line states its part; whatever no line explains (tax taken out, another period) stands first, as `other`.
 */
export function compareExternal(
  books: PeriodBooks,
  accounts: readonly AccountComparison[],
  limit: number,
): ExternalComparison {
  const { balances, actuals, leftOut, elsewhere } = books;
  const costs = accounts.filter(({ isCost }) => isCost);
  const ledgerCost = costs.reduce((sum, { inFile }) => sum + (inFile?.debit ?? ZERO), ZERO);
  const balanceCost = balances && costs.reduce((sum, { balance }) => sum + (balance?.debit ?? ZERO), ZERO);
  const explicitActual = exact(actuals.explicit);
  const internalActual = exact(actuals.internal);
  const external = explicitActual - internalActual;
  const against = balances ? 'balance' : books.booked.length > 0 ? 'ledger' : null;
  const figures = { explicitActual, internalActual, external, ledgerCost, balanceCost, against } as const;
  if (against === null) return { ...figures, difference: null, lines: [], lineCount: 0 };
  const difference = external - (balanceCost ?? ledgerCost);
  const ofAccounts = costs.flatMap((account) => accountLines(account, against));
  const sumOf = (lines: readonly DifferenceLine[]) => lines.reduce((sum, { amount }) => sum + amount, ZERO);
  const other = difference - sumOf(ofAccounts) + exact(leftOut.amount) - exact(elsewhere.amount);
  const lines: DifferenceLine[] = [
    ...(other === ZERO ? [] : [{ kind: 'other' as const, amount: other }]),
    ...ofAccounts,
    ...leftOut.rows.map((row): DifferenceLine => ({ ...row, kind: 'left_out', amount: -exact(row.amount) })),
    ...elsewhere.rows.map((row): DifferenceLine => ({ ...row, kind: 'record', amount: exact(row.amount) })),
  ];
  const lineCount = ofAccounts.length + leftOut.count + elsewhere.count + (other === ZERO ? 0 : 1);
  return { ...figures, difference, lines: lines.slice(0, limit), lineCount };
}

/** What an account as a whole adds to the difference. */
function accountLines(
  { account, name, inFile, balance, internal, creditsTaken }: AccountComparison,
  against: 'balance' | 'ledger',
): DifferenceLine[] {
  const kind = inFile === null ? 'only_in_balance' : balance === null ? 'only_in_file' : 'balance_differs';
  const apart = against === 'balance' ? (inFile?.debit ?? ZERO) - (balance?.debit ?? ZERO) : ZERO;
  const parts: DifferenceLine[] = [
    { kind, account, name, amount: apart },
    { kind: 'internal', account, name, amount: -internal },
    { kind: 'credits_taken', account, name, amount: creditsTaken },
  ];
  return parts.filter(({ amount }) => amount !== ZERO);
}
