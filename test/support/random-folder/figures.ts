import type { Random } from './random.js';

/** Counts of 10^-6: quantities, norms, volumes, prices and rates. */
export type Micro = bigint;
/** Counts of 0.01 yuan. */
export type Fen = bigint;

const MICRO = 1_000_000n;

/** count × 10^-scale, sometimes with all its zeros, sometimes without. */
function decimal(random: Random, count: bigint, scale: number): string {
  const digits = (count < 0n ? -count : count).toString().padStart(scale + 1, '0');
  const full = `${count < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return random.chance(40) ? full : full.replace(/\.?0+$/, '');
}

export const microText = (random: Random, figure: Micro): string => decimal(random, figure, 6);
export const fenText = (random: Random, figure: Fen): string => decimal(random, figure, 2);

/** A positive figure of about the given size (whole units): whole, to the half fen (rounding ties), or to 6 decimals. */
export function micro(random: Random, size: number): Micro {
  const whole = BigInt(random.between(1, size)) * MICRO;
  switch (random.below(4)) {
    case 0:
      return whole;
    case 1:
      return whole + BigInt(random.below(200)) * 5_000n;
    case 2:
      return whole + BigInt(random.below(100)) * 10_000n;
    default:
      return whole + BigInt(random.below(1_000_000));
  }
}

export const fen = (random: Random, sizeYuan: number): Fen => BigInt(random.between(1, sizeYuan * 100));

/** quantity × price to the fen, half away from zero. */
export function productFen(quantity: Micro, price: Micro): Fen {
  const exact = quantity * price;
  const size = exact < 0n ? -exact : exact;
  const count = (size + 5_000_000_000n) / 10_000_000_000n;
  return exact < 0n ? -count : count;
}

/** RND-4: does the amount agree with quantity × price to 0.01? */
export function agrees(quantity: Micro, price: Micro, amount: Fen): boolean {
  const gap = quantity * price - amount * 10_000_000_000n;
  return (gap < 0n ? -gap : gap) <= 10_000_000_000n;
}
