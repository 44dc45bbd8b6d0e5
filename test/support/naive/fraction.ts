/** Exact fractions of bigints: the oracle never rounds except where a clause says so. Always in lowest terms, den > 0. */
export interface Fraction {
  readonly num: bigint;
  readonly den: bigint;
}

export const ZERO: Fraction = { num: 0n, den: 1n };
export const ONE: Fraction = { num: 1n, den: 1n };

/** Builds num / den in lowest terms. @throws Error when den is zero. */
export function fraction(num: bigint, den: bigint): Fraction {
  if (den === 0n) throw new Error('a fraction cannot have the denominator 0');
  let a = num < 0n ? -num : num;
  let b = den < 0n ? -den : den;
  while (b !== 0n) [a, b] = [b, a % b];
  const sign = den < 0n ? -1n : 1n;
  return a === 0n ? ZERO : { num: (sign * num) / a, den: (sign * den) / a };
}

/** Reads a plain decimal such as `-12.340`. @throws Error on anything else. */
export function parsed(text: string): Fraction {
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new Error(`not a decimal: ${JSON.stringify(text)}`);
  const [, sign, whole = '', decimals = ''] = match;
  const digits = BigInt(whole + decimals);
  return fraction(sign === '-' ? -digits : digits, 10n ** BigInt(decimals.length));
}

export const plus = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den + b.num * a.den, a.den * b.den);
export const minus = (a: Fraction, b: Fraction): Fraction => plus(a, negative(b));
export const times = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.num, a.den * b.den);
export const divided = (a: Fraction, b: Fraction): Fraction => fraction(a.num * b.den, a.den * b.num);
export const negative = (a: Fraction): Fraction => ({ num: -a.num, den: a.den });
export const isZero = (a: Fraction): boolean => a.num === 0n;

/** RND-1: half away from zero, to an integer count of 10^-places. */
function countOf(a: Fraction, places: number): bigint {
  const scaled = a.num * 10n ** BigInt(places);
  const size = scaled < 0n ? -scaled : scaled;
  const count = (2n * size + a.den) / (2n * a.den);
  return scaled < 0n ? -count : count;
}

/** RND-1: half away from zero at the given number of decimals. */
export function rounded(a: Fraction, places: number): Fraction {
  return fraction(countOf(a, places), 10n ** BigInt(places));
}

function written(count: bigint, places: number): string {
  const digits = (count < 0n ? -count : count).toString().padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const decimals = places === 0 ? '' : `.${digits.slice(digits.length - places)}`;
  return `${count < 0n ? '-' : ''}${whole}${decimals}`;
}

/** Yuan as shown: two decimals, half away from zero, never -0.00 (RND-1). */
export function shownYuan(a: Fraction): string {
  return written(countOf(a, 2), 2);
}

/** The exact value as a decimal without trailing zeros. @throws Error when the expansion does not end. */
export function exactDecimal(a: Fraction): string {
  for (let places = 0; places <= 200; places += 1) {
    if ((a.num * 10n ** BigInt(places)) % a.den === 0n) return written(countOf(a, places), places);
  }
  throw new Error(`${a.num}/${a.den} has no finite decimal expansion of 200 places`);
}
