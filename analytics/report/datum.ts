/** What the report reckons with: a value, or why there is none, together with where it comes from. */
import { ZERO, quotient, type Exact } from '../kernel/exact.js';
import type { Reason } from '../synergy/compare.js';
import type { DerivedRule, Said, Source } from './model.js';

/** Yuan or a ratio; without one, why. */
export type Value =
  { readonly exact: Exact; readonly reason?: undefined } | { readonly exact: null; readonly reason: Said };

export interface Datum {
  readonly value: Value;
  readonly source: Source;
}

/** Of quotients that do not end. */
const PLACES = 12;

export const REASON_WORDS: Readonly<Record<Reason | 'no_base', Said>> = {
  missing: { zh: '没有对比数', en: 'nothing to compare with' },
  zero: { zh: '对比数为零', en: 'compared with zero' },
  negative: { zh: '对比数为负', en: 'compared with a negative figure' },
  no_plan: { zh: '没有计划', en: 'no plan' },
  no_base: { zh: '分母为零', en: 'divided by zero' },
};

export const none = (reason: Said): Value => ({ exact: null, reason });
export const known = (exact: Exact): Value => ({ exact });

/** first − second; without one of them there is none. */
export function difference(first: Datum, second: Datum): Datum {
  return derived('difference', [first, second], ([a, b]) => known(a! - b!));
}

/** CMP-1: (now − then) ÷ then; none where then is zero or negative. */
export function rate(now: Datum, then: Datum): Datum {
  return derived('rate', [now, then], ([a, b]) => {
    if (b! > ZERO) return known(quotient(a! - b!, b!, PLACES));
    return none(REASON_WORDS[b === ZERO ? 'zero' : 'negative']);
  });
}

/** VAL-3, SAV-1, COV-1, shares: part ÷ whole; none where the whole is zero. */
export function ratio(part: Datum, whole: Datum): Datum {
  return derived('ratio', [part, whole], ([a, b]) =>
    b === ZERO ? none(REASON_WORDS.no_base) : known(quotient(a!, b!, PLACES)),
  );
}

export function sumOfData(parts: readonly Datum[]): Datum {
  return derived('sum', parts, (values) => known(values.reduce((sum, each) => sum + each, ZERO)));
}

/** The first reason stands for all. */
export function derived(rule: DerivedRule, from: readonly Datum[], reckon: (values: readonly Exact[]) => Value): Datum {
  const missing = from.find(({ value }) => value.exact === null);
  const value = missing === undefined ? reckon(from.map((datum) => datum.value.exact!)) : missing.value;
  return { value, source: { kind: 'derived', rule, of: from.map(({ source }) => source) } };
}
