/** How headers are compared: people and systems write one header in many ways that mean the same. */

export interface HeaderKey {
  /** The header as it is compared; '' where the column has none. */
  readonly key: string;
  /** The same without what stands behind it in brackets, where that only repeats what is known: 元, 必填, 吨 … */
  readonly bare: string;
  /** A unit of money that is not yuan, or ''. */
  readonly moneyUnit: string;
}

const TAIL = /\((?:金额)?(?:单位:?)?([^()]*)\)$/;
const SAYS_NOTHING =
  /^(?:元|人民币|人民币元|元人民币|本币|本位币|rmb|cny|yuan|必填|选填|可空|yyyy-mm|yyyy-mm-dd|yyyymm|煤种|吨|元\/吨)$/;
const NOT_YUAN = /^(?:人民币)?(千元|万元|百万元|亿元)$/;

/** NFKC makes full-width brackets, letters and digits the usual ones. */
export function headerKey(header: string | null): HeaderKey {
  const key = (header ?? '')
    .normalize('NFKC')
    .replace(/[\s*]+/g, '')
    .replaceAll('【', '(')
    .replaceAll('】', ')')
    .toLowerCase();
  const tail = TAIL.exec(key);
  if (tail === null) return { key, bare: key, moneyUnit: '' };
  const before = key.slice(0, tail.index);
  const moneyUnit = NOT_YUAN.exec(tail[1]!)?.[1] ?? '';
  return { key, bare: moneyUnit !== '' || SAYS_NOTHING.test(tail[1]!) ? before : key, moneyUnit };
}
