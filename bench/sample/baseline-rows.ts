import { Year } from './calendar.js';
import { Micro } from './micro.js';
import { Baseline } from './rows.js';
import { Stream } from './streams.js';

const EMPTY = {
  department: '',
  nature: 'explicit',
  project: '',
  unitPrice: null,
  norm: null,
  driver: '',
  quantity: null,
  amount: null,
  plannedVolume: null,
  fixedAmount: null,
  unit: '',
  taxRate: null,
} as const satisfies Partial<Baseline>;

type Named = Pick<Baseline, 'category' | 'item' | 'basis'> & Partial<Baseline>;

/** A baseline of one year: its own code, and valid within that year only, so that two years' folders never compete. */
export const baselineOf = (year: Year, mark: string, given: Named): Baseline => ({
  ...EMPTY,
  code: `B${String(year).slice(2)}-${mark}`,
  from: `${year}-01-01`,
  to: `${year}-12-31`,
  ...given,
});

/** BAS-1 *norm* or *quantity*, as the stream names a driver or not. Implicit natures carry no price. */
export const usageBaseline = (year: Year, stream: Stream, price: Micro | null, basis: Baseline['basis']): Baseline =>
  baselineOf(year, `${stream.item}-${stream.department}`, {
    department: stream.department,
    category: stream.category,
    item: stream.item,
    nature: stream.nature,
    project: stream.project,
    basis,
    unitPrice: price,
    ...(stream.driver === '' ? { quantity: stream.usual } : { norm: stream.usual, driver: stream.driver }),
    unit: stream.unit,
  });

/** The same baseline in two halves of the year, the second with `change` applied. Periods are natural months (BAS-3). */
export function halved(year: Year, whole: Baseline, lastDayOfFirst: string, change: Partial<Baseline>): Baseline[] {
  const next = new Date(`${lastDayOfFirst}T00:00:00Z`);
  next.setUTCDate(next.getUTCDate() + 1);
  return [
    { ...whole, code: `${whole.code}-1`, to: lastDayOfFirst },
    { ...whole, code: `${whole.code}-2`, from: next.toISOString().slice(0, 10), to: `${year}-12-31`, ...change },
  ];
}
