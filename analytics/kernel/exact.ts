/**
 * Exact decimal numbers: an integer count of 10⁻¹⁸.
 *
 * Eighteen places hold every product of the calculation without rounding: the longest is
 * unit price × norm × volume, three factors of six places each (RND-4). Sums are plain `+` and `-` on bigint.
 */
import { invariant } from './invariant.js';

export type Exact = bigint;

const PLACES = 18;
const ONE: Exact = 10n ** BigInt(PLACES);
export const ZERO: Exact = 0n;

const POWERS = Array.from({ length: PLACES + 1 }, (_, power) => 10n ** BigInt(power));
/** Most figures are zero; their text is ready. */
const ZEROS = POWERS.map((_, places) => (places === 0 ? '0' : `0.${'0'.repeat(places)}`));

/** Reads a plain decimal (`-12.50`), at most 18 places, as the number parser of the door lets through. */
export function exact(text: string): Exact {
  const match = /^(-?)(\d+)(?:\.(\d{1,18}))?$/.exec(text);
  invariant(match !== null, `not a decimal: ${text}`);
  const [, sign, whole, fraction = ''] = match;
  const units = BigInt(whole! + fraction.padEnd(PLACES, '0'));
  return sign === '-' ? -units : units;
}

/** Exact product; a result that needs more than 18 places is a bug of ours, never a rounding. */
export function times(a: Exact, b: Exact): Exact {
  const product = a * b;
  invariant(product % ONE === 0n, 'product needs more than 18 places');
  return product / ONE;
}

/** a ÷ b rounded half away from zero (RND-1) to `places` decimals. */
export function quotient(a: Exact, b: Exact, places: number): Exact {
  invariant(b !== 0n, 'division by zero');
  const step = POWERS[PLACES - places]!;
  return divideHalfAway(a * ONE, b * step) * step;
}

/** Rounds half away from zero (RND-1) to `places` decimals. */
export function rounded(a: Exact, places: number): Exact {
  const step = POWERS[PLACES - places]!;
  return divideHalfAway(a, step) * step;
}

/** The number rounded half away from zero to `places` decimals, as text; never `-0.00`. */
export function fixed(a: Exact, places: number): string {
  if (a === ZERO) return ZEROS[places]!;
  const units = divideHalfAway(a, POWERS[PLACES - places]!);
  const digits = (units < 0n ? -units : units).toString().padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  return places === 0 ? sign + digits : `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}

/** The number in full, without trailing zeros: `0.1`, `-3`. */
export function plain(a: Exact): string {
  return fixed(a, PLACES).replace(/\.?0+$/, '');
}

export function magnitude(a: Exact): Exact {
  return a < 0n ? -a : a;
}

function divideHalfAway(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n;
  const n = magnitude(numerator);
  const d = magnitude(denominator);
  const result = (2n * n + d) / (2n * d);
  return negative ? -result : result;
}
