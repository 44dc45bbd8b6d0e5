/** Exact quotients, for what divides before it adds up: a share of a volume, an average price. Rounded once, where shown. */
import { quotient, type Exact } from './exact.js';
import { invariant } from './invariant.js';

/** A numerator over a positive denominator, in lowest terms. */
export class Fraction {
  static readonly ZERO = new Fraction(0n, 1n);
  static readonly ONE = new Fraction(1n, 1n);

  private constructor(
    readonly numerator: bigint,
    readonly denominator: bigint,
  ) {}

  /** a ÷ b, of exact numbers or of any two counts of one unit. @throws where b is zero */
  static of(a: bigint, b: bigint): Fraction {
    invariant(b !== 0n, 'division by zero');
    const common = commonDivisor(a, b) * (b < 0n ? -1n : 1n);
    return new Fraction(a / common, b / common);
  }

  plus(other: Fraction): Fraction {
    const { numerator, denominator } = other;
    return Fraction.of(this.numerator * denominator + numerator * this.denominator, this.denominator * denominator);
  }

  minus(other: Fraction): Fraction {
    return this.plus(new Fraction(-other.numerator, other.denominator));
  }

  times(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.numerator, this.denominator * other.denominator);
  }

  /** @throws where the other is zero */
  over(other: Fraction): Fraction {
    return Fraction.of(this.numerator * other.denominator, this.denominator * other.numerator);
  }

  get isZero(): boolean {
    return this.numerator === 0n;
  }

  isLessThan(other: Fraction): boolean {
    return this.numerator * other.denominator < other.numerator * this.denominator;
  }

  /** Rounded half away from zero (RND-1) to `places` decimals. */
  rounded(places: number): Exact {
    return quotient(this.numerator, this.denominator, places);
  }

  /** For what has no exact value anyway: logarithms and roots. */
  approximately(): number {
    const bits = Math.max(bitsOf(this.numerator), bitsOf(this.denominator)) - 1_000;
    const shift = BigInt(Math.max(0, bits));
    return Number(this.numerator >> shift) / Number(this.denominator >> shift);
  }
}

/** By pairs: a sum that took one after the other in would be long, and brought to lowest terms, for each of them. */
export function sumOf(parts: Iterable<Fraction>): Fraction {
  let sums = [...parts];
  while (sums.length > 1)
    sums = sums.flatMap((part, at) => (at % 2 === 0 ? [part.plus(sums[at + 1] ?? Fraction.ZERO)] : []));
  return sums[0] ?? Fraction.ZERO;
}

function commonDivisor(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x;
}

const bitsOf = (a: bigint): number => a.toString(2).length;
