/** Which periods a comparison looks at (CMP-1, GRN-1). */
import { Chronology, type PeriodRange } from '../../../../analytics/synergy/compare.js';
import { AppError } from '../../../platform/errors/app-error.js';
import type { StoredCalendar } from '../db/cell-queries.js';

export const TIMES = ['previous', 'last_year'] as const;
export type Time = (typeof TIMES)[number];

/** The periods asked for: `range` in full, `codes` as far as the mine has them. */
export interface AskedPeriods {
  readonly order: Chronology;
  /** null where nothing was asked for and the mine has no periods. */
  readonly range: PeriodRange | null;
  readonly codes: readonly string[];
}

/** @throws AppError `no_such_period`, `period_range_reversed` */
export function askedPeriods(calendar: StoredCalendar, asked: PeriodRange | null): AskedPeriods {
  const order = new Chronology(calendar.hasTable ? calendar.periods : null);
  const stored = calendar.periods.map(({ code }) => code);
  if (asked === null) {
    const [from, to] = [stored[0], stored.at(-1)];
    return { order, range: from === undefined || to === undefined ? null : { from, to }, codes: stored };
  }
  for (const code of [asked.from, asked.to]) {
    if (!order.has(code)) throw new AppError('malformed', 'no_such_period', { period: code });
  }
  if (!order.isWithin(asked.from, asked)) throw new AppError('malformed', 'period_range_reversed', { ...asked });
  return { order, range: asked, codes: stored.filter((code) => order.isWithin(code, asked)) };
}

/** The periods compared with: those that single periods look back to, and those that the range as a whole does. */
export interface ThenPeriods {
  readonly of: (code: string) => string | null;
  readonly whole: ReadonlySet<string>;
  readonly single: ReadonlySet<string>;
}

export function thenPeriods(calendar: StoredCalendar, { order, range, codes }: AskedPeriods, time: Time): ThenPeriods {
  const of = (code: string) => (time === 'previous' ? order.before(code) : order.lastYear(code));
  const before = range === null || time !== 'previous' ? null : order.rangeBefore(range);
  const isInWhole = (code: string) =>
    time === 'previous'
      ? before !== null && order.isWithin(code, before)
      : range !== null && order.isYearBefore(code, range);
  const stored = calendar.periods.map(({ code }) => code);
  return {
    of,
    whole: new Set(stored.filter(isInWhole)),
    single: new Set(codes.map(of).filter((code) => code !== null)),
  };
}
