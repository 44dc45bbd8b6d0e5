import { ZERO, exact, fixed, type Exact } from '../../../../analytics/kernel/exact.js';
import { ACCOUNT_WORDS, LINE_WORDS, reasonWords } from '../../rules/messages/reconciliation-words.js';
import { filled, type Language } from '../../rules/messages/sentence.js';
import { rowPlace } from '../../rules/row-number.js';
import type { Reconciliation } from '../app/answer-reconciliation.js';
import type { AccountComparison, DifferenceLine, LinesOfReason, Sides } from '../app/reconcile.js';
import type { AccountDto, DifferenceLineDto, ReconciliationDto, SidesDto } from './reconciliation.dto.js';

const yuan = (amount: Exact) => fixed(amount, 2);
const sides = ({ debit, credit }: Sides): SidesDto => ({ debit: yuan(debit), credit: yuan(credit) });

/** Amounts as texts of two decimals, and the reasons in the caller's language. */
export function presentReconciliation(answer: Reconciliation, language: Language): ReconciliationDto {
  const { external } = answer;
  return {
    period: answer.period,
    accounts: answer.accounts.map((account) => presentAccount(account, answer.hasBalances, language)),
    external: {
      explicitActual: yuan(external.explicitActual),
      internalActual: yuan(external.internalActual),
      external: yuan(external.external),
      ledgerCost: yuan(external.ledgerCost),
      balanceCost: external.balanceCost === null ? null : yuan(external.balanceCost),
      against: external.against,
      difference: external.difference === null ? null : yuan(external.difference),
      lines: external.lines.map((line) => presentLine(line, language)),
      lineCount: external.lineCount,
    },
    controlTotals: answer.controlTotals.map(({ importId, kind, document, rowNo, label, ...figures }) => ({
      ...{ importId, kind, document, label, ...placeOf(rowNo) },
      ...{ stated: inFull(figures.stated), found: inFull(figures.found), difference: inFull(figures.difference) },
    })),
    imports: answer.imports.map(({ id, fileName, kind, format, finishedAt, hasVouchers, hasBalances }) => ({
      ...{ id, fileName, kind, format, hasVouchers, hasBalances },
      finishedAt: finishedAt?.toISOString() ?? null,
    })),
  };
}

/** A total may be of tonnes: two decimals at least, six at most. */
const inFull = (text: string) => fixed(exact(text), 6).replace(/0{1,4}$/, '');

/** Sheets count from 1 as people count them. */
function placeOf(rowNo: number | null | undefined): { sheet: number | null; row: number | null } {
  if (rowNo === null || rowNo === undefined) return { sheet: null, row: null };
  const { sheet, row } = rowPlace(rowNo);
  return { sheet: sheet + 1, row };
}

const NOTHING: Sides = { debit: ZERO, credit: ZERO };

function presentAccount(account: AccountComparison, hasBalances: boolean, language: Language): AccountDto {
  const { inFile, balance, leftOut } = account;
  const apart = differenceOf(account);
  return {
    ...{ account: account.account, name: account.name, isCost: account.isCost },
    inFile: { lines: inFile?.lines ?? 0, ...sides(inFile ?? NOTHING) },
    imported: yuan(account.imported),
    leftOut: leftOut.map(({ reason, lines, ...amounts }) => ({ reason, lines, ...sides(amounts) })),
    balance: balance && sides(balance),
    difference: hasBalances ? sides(apart) : null,
    why: whyOf(account, hasBalances ? apart : null, language),
  };
}

const differenceOf = ({ inFile, balance }: AccountComparison): Sides => ({
  debit: (inFile?.debit ?? ZERO) - (balance?.debit ?? ZERO),
  credit: (inFile?.credit ?? ZERO) - (balance?.credit ?? ZERO),
});

function whyOf(account: AccountComparison, apart: Sides | null, language: Language): string {
  const tie = filled(ACCOUNT_WORDS[tieOf(account, apart)][language], apart === null ? {} : { ...sides(apart) });
  if (!account.isCost || account.leftOut.length === 0) return tie;
  const reasons = account.leftOut.map((reason) => reasonOf(reason, language)).join(language === 'zh' ? '；' : '; ');
  return `${tie}${language === 'zh' ? '' : ' '}${filled(ACCOUNT_WORDS.left_out[language], { reasons })}`;
}

function tieOf({ inFile, balance }: AccountComparison, apart: Sides | null): keyof typeof ACCOUNT_WORDS {
  if (apart === null) return 'no_balance';
  if (apart.debit === ZERO && apart.credit === ZERO) return 'ties';
  if (inFile === null) return 'only_in_balance';
  return balance === null ? 'only_in_file' : 'differs';
}

function reasonOf({ reason, lines, debit, credit }: LinesOfReason, language: Language): string {
  const words = reasonWords(reason, language);
  return language === 'zh'
    ? `${words} ${lines} 行，借方 ${yuan(debit)}，贷方 ${yuan(credit)}`
    : `${words}, ${lines} lines, debit ${yuan(debit)}, credit ${yuan(credit)}`;
}

function presentLine(line: DifferenceLine, language: Language): DifferenceLineDto {
  const reason = line.reason === undefined ? '' : reasonWords(line.reason, language);
  return {
    kind: line.kind,
    amount: yuan(line.amount),
    account: line.account ?? null,
    name: line.name ?? null,
    reason: line.reason ?? null,
    importId: line.importId ?? null,
    ...placeOf(line.rowNo),
    voucher: line.voucher ?? null,
    summary: line.summary ?? null,
    record: line.id ?? null,
    source: line.source ?? null,
    why: filled(LINE_WORDS[line.kind][language], { reason, source: line.source ?? '', id: line.id ?? '' }),
  };
}
