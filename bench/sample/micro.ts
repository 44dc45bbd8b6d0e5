/**
 * Exact decimals for the sample generator: every amount (yuan), price, quantity and volume is a bigint in millionths.
 * Six decimals hold everything a file may carry (RND-4), so nothing is lost on the way in or out.
 */
export type Micro = bigint;

export const ONE: Micro = 1_000_000n;
export const FEN: Micro = 10_000n;
/** A product of three micros (norm × volume × price) has 18 decimals. */
export const TRIPLE = 10n ** 18n;

/** Integer division rounded half away from zero (RND-1). */
export function divideRounded(numerator: bigint, denominator: bigint): bigint {
  if (denominator <= 0n) throw new Error('denominator must be positive');
  const magnitude = numerator < 0n ? -numerator : numerator;
  const rounded = (2n * magnitude + denominator) / (2n * denominator);
  return numerator < 0n ? -rounded : rounded;
}

export function micro(text: string): Micro {
  const match = /^(-?)(\d+)(?:\.(\d{1,6}))?$/.exec(text.trim());
  if (!match) throw new Error(`not a decimal with at most six places: ${text}`);
  const magnitude = BigInt(match[2] ?? '0') * ONE + BigInt((match[3] ?? '').padEnd(6, '0'));
  return match[1] === '-' ? -magnitude : magnitude;
}

/** Rounds half away from zero to a multiple of `grain`. */
export const toGrain = (value: Micro, grain: Micro): Micro => divideRounded(value, grain) * grain;

/** Yuan, to the fen. */
export const timesToFen = (quantity: Micro, price: Micro): Micro => divideRounded(quantity * price, ONE * FEN) * FEN;

/** `value` × (1 + tilt/10 000), rounded to `grain`. */
export const tilted = (value: Micro, tilt: number, grain: Micro): Micro =>
  divideRounded(value * BigInt(10_000 + tilt), 10_000n * grain) * grain;

/** CMB-1: `value` ÷ (1 + rate), rounded to `grain` (the fen for amounts, a millionth for prices). */
export const net = (value: Micro, rate: Micro, grain: Micro): Micro =>
  divideRounded(value * ONE, (ONE + rate) * grain) * grain;

/** Plain decimal text with at least `places` decimals and no superfluous zeros beyond them. */
export function show(value: Micro, places = 0): string {
  const magnitude = value < 0n ? -value : value;
  const fraction = (magnitude % ONE).toString().padStart(6, '0').replace(/0+$/, '').padEnd(places, '0');
  const sign = value < 0n ? '-' : '';
  return `${sign}${magnitude / ONE}${fraction === '' ? '' : `.${fraction}`}`;
}
