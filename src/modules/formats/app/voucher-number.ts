/** The number of a voucher, as every format says it: `记-012`, `记001`, `收字第5号`, or a word and a number apart. */

export interface VoucherNumber {
  /** 记, 收, 付, 转 …; null where nothing says it. */
  readonly type: string | null;
  /** Without zeros in front: the same voucher has the same number in every format. */
  readonly number: string | null;
}

const WORD_AND_DIGITS = /^(\p{L}*?)(?:字?第|字)?[-—－_:：#\s]*(\d+)(?:\.0+)?(?:号)?$/u;
const VOUCHER_WORDS: ReadonlyMap<string, string> = new Map([
  ...(['记账凭证', '记帐凭证', '通用凭证', '记账', '记帐'] as const).map((word) => [word, '记'] as const),
  ...(['收款凭证', '收款'] as const).map((word) => [word, '收'] as const),
  ...(['付款凭证', '付款'] as const).map((word) => [word, '付'] as const),
  ...(['转账凭证', '转帐凭证', '转账', '转帐'] as const).map((word) => [word, '转'] as const),
  ...(['凭证', '字', '第'] as const).map((word) => [word, ''] as const),
]);

/** 记账凭证 is 记, 收款凭证 is 收; any other word stands for itself. */
export function voucherWord(word: string | null): string | null {
  if (word === null) return null;
  const short = word.endsWith('字') ? word.slice(0, -1) : word;
  return (VOUCHER_WORDS.get(short) ?? short) || null;
}

/** A word inside the number wins over the one beside it. What is no word and number is left as it stands. */
export function voucherNumber(type: string | null, number: string | null): VoucherNumber {
  const found = number === null ? null : WORD_AND_DIGITS.exec(number);
  if (found === null) return { type: voucherWord(type), number };
  const [, word, digits] = found;
  return { type: voucherWord(word || null) ?? voucherWord(type), number: digits!.replace(/^0+(?=\d)/, '') };
}
