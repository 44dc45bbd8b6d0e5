/**
 * What a report is made from, as it goes to another process. Measures go as lists: their names, a score of them in each of
 * ten thousand sums, take longer to write and to read than all the rest.
 */
import type { Exact } from '../../../../analytics/kernel/exact.js';
import type {
  CorrectionSum,
  ItemSum,
  MonthSum,
  PlacedSpan,
  PlaceSum,
  ReportInput,
} from '../../../../analytics/report/input.js';
import { MEASURES, type Measure, type Measures } from '../../../../analytics/synergy/measures.js';

type Sent<Sum extends { readonly measures: Measures }> = Omit<Sum, 'measures'> & {
  /** In the order of MEASURES. */
  readonly measures: readonly Exact[];
};

interface Sums {
  readonly months: readonly Sent<MonthSum>[];
  readonly corrections: readonly Sent<CorrectionSum>[];
  readonly places: Readonly<Record<PlacedSpan, readonly Sent<PlaceSum>[]>>;
  readonly now: readonly Sent<ItemSum>[];
  readonly previous: readonly Sent<ItemSum>[];
}

export type SentInput = Omit<ReportInput, keyof Sums> & Sums;

export const sent = ({ months, corrections, places, now, previous, ...input }: ReportInput): SentInput => ({
  ...input,
  ...{ months: months.map(packed), corrections: corrections.map(packed), places: eachSpan(places, packed) },
  ...{ now: now.map(packed), previous: previous.map(packed) },
});

export const received = ({ months, corrections, places, now, previous, ...input }: SentInput): ReportInput => ({
  ...input,
  ...{ months: months.map(unpacked), corrections: corrections.map(unpacked), places: eachSpan(places, unpacked) },
  ...{ now: now.map(unpacked), previous: previous.map(unpacked) },
});

const eachSpan = <From, To>(places: Readonly<Record<PlacedSpan, readonly From[]>>, change: (sum: From) => To) => ({
  now: places.now.map(change),
  previous: places.previous.map(change),
  lastYear: places.lastYear.map(change),
});

const packed = <Sum extends { readonly measures: Measures }>({ measures, ...sum }: Sum): Sent<Sum> => ({
  ...sum,
  measures: MEASURES.map((measure) => measures[measure]),
});

function unpacked<Sum>({ measures, ...sum }: Sum & { readonly measures: readonly Exact[] }) {
  const byName = {} as Record<Measure, Exact>;
  MEASURES.forEach((measure, at) => (byName[measure] = measures[at]!));
  return { ...sum, measures: byName };
}
