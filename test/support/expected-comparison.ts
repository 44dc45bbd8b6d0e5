/** CMP-1 read literally from the oracle's lines, in exact fractions. */
import { MEASURES, naiveLines, type Dimension, type Folder, type Measure, type NaiveLine } from './naive.js';
import {
  divided,
  exactDecimal,
  minus,
  parsed,
  plus,
  rounded,
  shownYuan,
  ZERO,
  type Fraction,
} from './naive/fraction.js';
import { rowsOf } from './naive/table.js';

type Place = Readonly<Partial<Record<Dimension, string>>>;
type Range = readonly [from: string, to: string];

interface Target extends Record<'period' | 'department' | 'category' | 'measure', string> {
  readonly amount: Fraction;
}

const NOTHING = { then: null, amount: null, rate: null };

function comparison(now: Fraction, then: Fraction | null, reason: string) {
  if (then === null) return { ...NOTHING, reason };
  const change = minus(now, then);
  const shown = { then: shownYuan(then), amount: shownYuan(change), rate: null };
  if (then.num === 0n) return { ...shown, reason: 'zero' };
  if (then.num < 0n) return { ...shown, reason: 'negative' };
  return { ...shown, rate: sixPlaces(rounded(divided(change, then), 6)) };
}

function sixPlaces(rate: Fraction): string {
  const [whole, decimals = ''] = exactDecimal(rate).split('.');
  return `${whole}.${decimals.padEnd(6, '0')}`;
}

const sum = (lines: readonly NaiveLine[], measure: Measure) =>
  lines.reduce((so, line) => plus(so, parsed(line.measures[measure])), ZERO);

const year = (code: string, by: number) => `${Number(code.slice(0, 4)) + by}${code.slice(4)}`;

/** Natural months, or the table's codes by start date. */
function orderOf(folder: Folder): readonly string[] {
  const table = rowsOf(folder, 'periods.csv').map((row) => [row('start'), row('code')] as const);
  if (table.length > 0) return table.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, code]) => code);
  const years = Array.from({ length: 60 }, (_, i) => 1990 + i);
  return years.flatMap((y) => Array.from({ length: 12 }, (_, m) => `${y}-${String(m + 1).padStart(2, '0')}`));
}

/** What stands beside each row and the total; `stored` are the mine's periods, the first and last of “all”. */
export function expectedComparison(
  folder: Folder,
  by: readonly Dimension[],
  range: Range | null,
  stored: readonly string[],
) {
  const order = orderOf(folder);
  const lines = naiveLines(folder);
  const [from, to] = (range ?? [stored[0]!, stored.at(-1)!]).map((code) => order.indexOf(code)) as [number, number];
  const asked = order.slice(from, to + 1);
  const before = from - asked.length < 0 ? [] : order.slice(from - asked.length, from);
  const whole = { previous: before, last_year: asked.map((code) => year(code, -1)) };
  const single = { previous: (code: string) => order[order.indexOf(code) - 1], last_year: (c: string) => year(c, -1) };
  const at = (place: Place, periods: readonly string[]) =>
    lines.filter((line) => periods.includes(line.period) && by.every((d) => d === 'period' || line[d] === place[d]));

  const beside = (time: 'previous' | 'last_year', place: Place | null) => {
    const own = place?.period;
    const now = at(place ?? {}, own ? [own] : asked);
    const then = at(place ?? {}, own ? [single[time](own) ?? '?'] : whole[time]);
    return (measure: Measure) =>
      comparison(sum(now, measure), then.length === 0 ? null : sum(then, measure), 'missing');
  };
  const beyond = (time: 'previous' | 'last_year', place: Place | null) => {
    const of = place === null ? totalBeside(time) : beside(time, place);
    return Object.fromEntries(MEASURES.map((measure) => [measure, of(measure)]));
  };
  const totalBeside = (time: 'previous' | 'last_year') => {
    const [now, then] = [asked, whole[time]].map((periods) => lines.filter(({ period }) => periods.includes(period)));
    return (measure: Measure) =>
      comparison(sum(now!, measure), then!.length === 0 ? null : sum(then!, measure), 'missing');
  };

  const targets = targetsOf(folder).filter(({ period }) => asked.includes(period));
  const planned = MEASURES.filter((name) => targets.some(({ measure }) => measure === name));
  const plan = (place: Place | null) =>
    Object.fromEntries(
      planned.map((measure) => {
        const own = targets.filter(
          (t) => t.measure === measure && (place === null || by.every((d) => t[d as 'period'] === place[d])),
        );
        const amount = own.length === 0 ? null : own.reduce((so, t) => plus(so, t.amount), ZERO);
        const isPlannable = place === null || by.every((d) => ['department', 'period', 'category'].includes(d));
        const now = place === null ? lines.filter(({ period }) => asked.includes(period)) : nowOf(place);
        return [
          measure,
          comparison(sum(now, measure), isPlannable ? amount : null, isPlannable ? 'missing' : 'no_plan'),
        ];
      }),
    );
  const nowOf = (place: Place) => at(place, place.period ? [place.period] : asked);

  return {
    ofRow: (row: Place) => ({
      previous: beyond('previous', row),
      last_year: beyond('last_year', row),
      plan: plan(row),
    }),
    ofTotal: () => ({ previous: beyond('previous', null), last_year: beyond('last_year', null), plan: plan(null) }),
  };
}

const targetsOf = (folder: Folder): Target[] =>
  rowsOf(folder, 'targets.csv').map((row) => ({
    period: row('period'),
    department: row('department'),
    category: row('category'),
    measure: row('measure'),
    amount: parsed(row('amount')),
  }));
