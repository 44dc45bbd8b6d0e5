import { exact } from '../../../analytics/kernel/exact.js';
import { Fraction } from '../../../analytics/kernel/fraction.js';

/** Reads `-12.5` and `2800/3`. */
export function fraction(text: string): Fraction {
  const [numerator, denominator = '1'] = text.split('/');
  return Fraction.of(exact(numerator!), exact(denominator));
}

/** `-2150/3`, or a whole number, or a decimal where the denominator is one of ten's. */
export function spelled({ numerator, denominator }: Fraction): string {
  return denominator === 1n ? String(numerator) : `${numerator}/${denominator}`;
}
