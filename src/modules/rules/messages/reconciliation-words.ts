/** What a reconciliation says of an account, and of a cause of the difference. */
import type { Language, Sentence } from './sentence.js';

export const ACCOUNT_WORDS = {
  ties: { zh: '凭证与余额表一致。', en: 'Vouchers and balance sheet agree.' },
  no_balance: {
    zh: '本期间没有余额表，未与余额核对；请导入科目余额表。',
    en: 'There is no balance sheet of the period to compare with; please import one.',
  },
  only_in_balance: {
    zh: '余额表有发生额，而凭证中没有此科目；请核对凭证是否导全。',
    en: 'The balance sheet has turnover, but no voucher books on this account; please check that all vouchers were imported.',
  },
  only_in_file: {
    zh: '凭证中有此科目，而余额表没有；请核对余额表是否完整。',
    en: 'Vouchers book on this account, which the balance sheet does not list; please check that it is complete.',
  },
  differs: {
    zh: '凭证比余额表借方多 {debit}、贷方多 {credit}（负数为少）；请核对缺失或重复的凭证。',
    en: 'Vouchers exceed the balance sheet by {debit} debit and {credit} credit; please look for vouchers that are missing or doubled.',
  },
  left_out: {
    zh: '未计入成本：{reasons}。',
    en: 'Not taken as cost: {reasons}.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

export const LINE_WORDS = {
  only_in_balance: {
    zh: '余额表有发生额，凭证中没有此科目。',
    en: 'The balance sheet has turnover on an account without vouchers.',
  },
  only_in_file: { zh: '凭证中有此科目，余额表没有。', en: 'Vouchers book on an account that the balance sheet lacks.' },
  balance_differs: { zh: '凭证与余额表的借方发生额不同。', en: 'Vouchers and balance sheet differ in debit turnover.' },
  internal: {
    zh: '账内的内部结算，不属于外部成本。',
    en: 'Internal settlements in the books, which are no external cost.',
  },
  credits_taken: {
    zh: '贷方按规则冲减了成本，余额表的借方发生额不减。',
    en: 'Credits that a rule takes off cost; the debit turnover of the balance sheet keeps them.',
  },
  left_out: { zh: '此行未计入：{reason}。', en: 'The line was left out: {reason}.' },
  record: {
    zh: '不经凭证收入的外部成本（来源 {source}，单据 {id}）。',
    en: 'External cost that came without vouchers (source {source}, record {id}).',
  },
  other: {
    zh: '逐行之外的差额：价税分离、期间划分不同或更正。',
    en: 'What no line explains: tax taken out, another cut of periods, or corrections.',
  },
} as const satisfies Readonly<Record<string, Sentence>>;

const REASON_WORDS: Readonly<Record<string, Sentence>> = {
  carry_over: { zh: '结转', en: 'carried over' },
  other_side: { zh: '成本科目的另一方', en: 'the other side of a cost account' },
  fund_spending: { zh: '专项储备支出', en: 'spending of a fund' },
  fund_accrual: { zh: '专项储备计提', en: 'accrual of a fund' },
  not_cost: { zh: '非成本科目', en: 'no cost account' },
  void: { zh: '作废凭证', en: 'cancelled voucher' },
  zero: { zh: '金额和数量为零', en: 'neither amount nor quantity' },
};

/** A mine's own profile may give reasons of its own, which stand as they are. */
export const reasonWords = (reason: string, language: Language): string =>
  Object.hasOwn(REASON_WORDS, reason) ? REASON_WORDS[reason]![language] : reason;
