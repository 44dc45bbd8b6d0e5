/** Figures of one thing measured in several rounds. */
export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  return { median: quantile(values, 0.5), min: quantile(values, 0), max: quantile(values, 1) };
}

/** Linear between the two nearest; of no values it is NaN. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = (sorted.length - 1) * part;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** How one thing stands to another that was measured beside it, round by round. */
export interface Ratio {
  readonly ofMedians: number;
  /** Of the rounds' own ratios: what slows a whole round down touches both sides. */
  readonly pairwise: Spread;
}

export function ratioOf(measured: readonly number[], yardstick: readonly number[]): Ratio {
  if (measured.length !== yardstick.length) throw new Error('rounds without a partner have no ratio');
  return {
    ofMedians: median(measured) / median(yardstick),
    pairwise: spreadOf(measured.map((value, i) => value / yardstick[i]!)),
  };
}

/** How much each figure is above the one before it: the median of the slopes of all pairs (Theil and Sen), which single peaks do not move. */
export function trendOf(values: readonly number[]): number {
  const slopes = values.flatMap((from, at) => values.slice(at + 1).map((to, further) => (to - from) / (further + 1)));
  return median(slopes);
}
