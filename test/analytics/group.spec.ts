import { describe, expect, it } from '@jest/globals';
import { ZERO, exact, plain } from '../../analytics/kernel/exact.js';
import {
  NO_SUMS,
  addSums,
  baselineMeasures,
  expectsReport,
  issueOf,
  recordMeasures,
  standingOf,
  type Sums,
} from '../../analytics/synergy/group.js';
import type { StatedMeasures } from '../../analytics/synergy/measures.js';
import type { Baseline, BaselineKind, Nature } from '../../analytics/synergy/types.js';

type Figures = Readonly<Record<string, string>>;

/** `norm 1.9 t price 108` and the like, an explicit baseline of CM1. */
function baseline(kind: BaselineKind, figures: Figures = {}, places: Partial<Baseline> = {}): Baseline {
  const figure = (name: string) => (figures[name] === undefined ? null : exact(figures[name]));
  return {
    code: 'B',
    kind,
    department: 'CM1',
    category: 'resource',
    item: '0104',
    nature: 'explicit',
    project: null,
    validFrom: null,
    validTo: null,
    unit: null,
    driver: figures.driver ?? null,
    unitPrice: figure('price'),
    norm: figure('norm'),
    quantity: figure('quantity'),
    amount: figure('amount'),
    plannedVolume: figure('planned'),
    fixedAmount: figure('fixed'),
    ...places,
  };
}

/** Quantity and amount of each record; '' where it has none. */
const sums = (...records: [quantity: string, amount: string][]): Sums =>
  records
    .map(([quantity, amount]): Sums => {
      const worth = amount === '' ? ZERO : exact(amount);
      return quantity === ''
        ? { ...NO_SUMS, unquantified: 1, amountOfUnquantified: worth }
        : { ...NO_SUMS, quantified: 1, quantity: exact(quantity), amountOfQuantified: worth };
    })
    .reduce(addSums, NO_SUMS);

const shown = (measures: StatedMeasures | null) =>
  measures && Object.fromEntries(Object.entries(measures).map(([name, value]) => [name, plain(value)]));

/** The record side and the baseline side of a group, and what it raises. */
function sides(of: Baseline | null, records: Sums, volume: string | null = null, rate: string | null = null) {
  const around = { volume: volume === null ? null : exact(volume), rate: rate === null ? null : exact(rate) };
  const nature: Nature = of?.nature ?? 'explicit';
  const standing = standingOf(of, records, around);
  return {
    record: shown(recordMeasures(nature, standing, records, around.rate)),
    baseline: shown(baselineMeasures(nature, standing)),
    issue: issueOf(standing, records),
  };
}

const actual = (amount: string) => ({ explicit_actual: amount, internal_actual: '0', turnover: '0' });

describe('explicit groups', () => {
  it('PRC-1: price_reduction = P0·q − A, and no baseline line', () => {
    // 95·120 = 11,400; 108·200 − 19,600 = 2,000
    expect(sides(baseline('price', { price: '108' }), sums(['120', '11400'], ['80', '8200']))).toEqual({
      record: {
        ...actual('19600'),
        ...{ baseline: '21600', price_base: '21600', price_reduction: '2000', covered_actual: '19600' },
      },
      baseline: null,
      issue: null,
    });
  });

  it('COV-0: under a price the part without a quantity stays uncovered', () => {
    // 108·120 − 11,400 = 1,560; the 8,200 are actual cost and no more
    expect(sides(baseline('price', { price: '108' }), sums(['120', '11400'], ['', '8200']))).toEqual({
      record: {
        ...actual('19600'),
        ...{ baseline: '12960', price_base: '12960', price_reduction: '1560', covered_actual: '11400' },
      },
      baseline: null,
      issue: 'missing_quantity',
    });
  });

  it.each<[string, Baseline, string | null]>([
    ['norm 1.9 × 110 = 209', baseline('norm', { price: '108', norm: '1.9', driver: 't' }), '110'],
    ['quantity 209', baseline('quantity', { price: '108', quantity: '209' }), null],
  ])('USE-1: %s against 200', (_, of, volume) => {
    // price 108·200 − 19,300 = 2,300; usage 108·209 = 22,572 less 108·200 = 21,600
    expect(sides(of, sums(['120', '11400'], ['80', '8200'], ['0', '-300']), volume)).toEqual({
      record: {
        ...actual('19300'),
        ...{ price_base: '21600', price_reduction: '2300', usage_saving: '-21600', covered_actual: '19300' },
      },
      baseline: { baseline: '22572', usage_saving: '22572' },
      issue: null,
    });
  });

  it.each<[string, Baseline, string | null, Sums, string]>([
    // T = 108·1.9·110 = 22,572
    [
      'norm, a record without quantity',
      baseline('norm', { price: '108', norm: '1.9', driver: 't' }),
      '110',
      sums(['120', '11400'], ['', '8200']),
      '22572',
    ],
    [
      'quantity, no record with one',
      baseline('quantity', { price: '108', quantity: '209' }),
      null,
      sums(['', '19600']),
      '22572',
    ],
    ['amount', baseline('amount', { amount: '15000' }), null, sums(['120', '19600']), '15000'],
    // 17,500 + 52,500·110/105 = 72,500
    [
      'amount, flexed',
      baseline('amount', { amount: '52500', driver: 't', planned: '105', fixed: '17500' }),
      '110',
      sums(['', '19600']),
      '72500',
    ],
    // 100·10/3 = 333.333333333333 to 12 decimals (BAS-1)
    [
      'amount, flexed, no end',
      baseline('amount', { amount: '100', driver: 't', planned: '3' }),
      '10',
      sums(['', '19600']),
      '333.333333333333',
    ],
    // A volume of 0 is a volume: only the fixed part stands (BAS-4).
    [
      'amount, flexed by 0',
      baseline('amount', { amount: '52500', driver: 't', planned: '105', fixed: '17500' }),
      '0',
      sums(['', '19600']),
      '17500',
    ],
  ])('AMT-1: %s', (_, of, volume, records, target) => {
    expect(sides(of, records, volume)).toEqual({
      record: { ...actual('19600'), amount_saving: '-19600', covered_actual: '19600' },
      baseline: { baseline: target, amount_saving: target },
      issue: null,
    });
  });

  it.each<[string, Baseline]>([
    ['norm', baseline('norm', { price: '108', norm: '1.9', driver: 't' })],
    ['flexed amount', baseline('amount', { amount: '52500', driver: 't', planned: '105' })],
  ])('COV-2: %s without the driver volume', (_, of) => {
    const uncovered = { record: actual('19600'), baseline: {}, issue: 'missing_volume' };
    expect(sides(of, sums(['120', '11400'], ['80', '8200']))).toEqual(uncovered);
    expect(sides(of, sums(['120', '11400'], ['', '8200']))).toEqual(uncovered);
  });

  it('BAS-4: a volume of 0 is a volume', () => {
    // everything used is overspent: 0 − 108·1; price 108 − 95 = 13
    const { record, baseline: target } = sides(
      baseline('norm', { price: '108', norm: '1.9', driver: 't' }),
      sums(['1', '95']),
      '0',
    );
    expect(record).toMatchObject({ price_reduction: '13', usage_saving: '-108' });
    expect(target).toEqual({ baseline: '0', usage_saving: '0' });
  });

  it('COV-1: without a baseline nothing is saved, and the amount is there', () => {
    const records = { ...sums(['120', '11400']), internal: exact('400'), turnover: exact('300') };
    expect(sides(null, records)).toEqual({
      record: { explicit_actual: '11400', internal_actual: '400', turnover: '300' },
      baseline: null,
      issue: null,
    });
  });
});

describe('COV-3: nothing reported', () => {
  it.each<[string, Baseline, string | null, Figures]>([
    ['norm', baseline('norm', { price: '108', norm: '1.9', driver: 't' }), '110', { unreported_baseline: '22572' }],
    ['quantity', baseline('quantity', { price: '2', quantity: '3' }), null, { unreported_baseline: '6' }],
    ['amount', baseline('amount', { amount: '15000' }), null, { unreported_baseline: '15000' }],
    ['norm without volume', baseline('norm', { price: '108', norm: '1.9', driver: 't' }), null, {}],
    ['implicit norm', baseline('norm', { norm: '2', driver: 't' }, { nature: 'implicit_booked' }), '110', {}],
    ['implicit amount', baseline('amount', { amount: '5' }, { nature: 'implicit_opportunity' }), null, {}],
  ])('%s', (_, of, volume, expected) => {
    expect(sides(of, NO_SUMS, volume)).toMatchObject({ baseline: expected, issue: 'not_reported' });
  });

  it('is expected of norm, quantity and amount baselines without project', () => {
    const kinds: BaselineKind[] = ['price', 'norm', 'quantity', 'amount'];
    expect(kinds.map((kind) => expectsReport({ kind, project: null }))).toEqual([false, true, true, true]);
    expect(kinds.map((kind) => expectsReport({ kind, project: 'P' }))).toEqual([false, false, false, false]);
  });

  it('a record with quantity 0 and amount 0 is a report', () => {
    // usage 2·(3 − 0) = 6
    const { baseline: target, issue } = sides(baseline('quantity', { price: '2', quantity: '3' }), sums(['0', '0']));
    expect([target, issue]).toEqual([{ baseline: '6', usage_saving: '6' }, null]);
  });
});

describe('IMP-1, IMP-2: implicit groups', () => {
  const idle = { nature: 'implicit_opportunity' } as const;
  const rework = { nature: 'implicit_booked' } as const;

  it.each<[string, Baseline, Sums, string | null, string, string]>([
    // 380·60 = 22,800; 380·46 = 17,480
    ['quantity', baseline('quantity', { quantity: '60' }, idle), sums(['40', ''], ['6', '']), null, '17480', '22800'],
    // 380·0.5·120 = 22,800
    ['norm', baseline('norm', { norm: '0.5', driver: 't' }, idle), sums(['46', '']), '120', '17480', '22800'],
    // quantities and amounts against an amount: 380·2 + 40 = 800
    ['amount', baseline('amount', { amount: '1000' }, idle), sums(['2', ''], ['', '40']), null, '800', '1000'],
  ])('%s', (_, of, records, volume, worth, target) => {
    expect(sides(of, records, volume, '380')).toEqual({
      record: { implicit_opportunity_actual: worth, implicit_opportunity_saving: `-${worth}` },
      baseline: { implicit_opportunity_saving: target },
      issue: null,
    });
  });

  it('COV-2: quantities and amounts are not comparable against a quantity', () => {
    // 52.50·4 + 70 = 280 is shown, nothing is saved
    expect(sides(baseline('quantity', { quantity: '50' }, rework), sums(['4', ''], ['', '70']), null, '52.5')).toEqual({
      record: { implicit_booked_actual: '280', implicit_booked_saving: '0' },
      baseline: {},
      issue: 'not_comparable',
    });
  });

  it('COV-2: a missing volume comes before a missing quantity', () => {
    const of = baseline('norm', { norm: '2', driver: 't' }, rework);
    expect(sides(of, sums(['4', ''], ['', '70']), null, '52.5').issue).toBe('missing_volume');
  });

  it('without a baseline: the actual, no saving; amounts alone need no rate', () => {
    const standing = standingOf(null, sums(['', '70']), { volume: null, rate: null });
    expect(shown(recordMeasures('implicit_booked', standing, sums(['', '70']), null))).toEqual({
      implicit_booked_actual: '70',
      implicit_booked_saving: '0',
    });
  });
});
