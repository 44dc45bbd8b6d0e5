import { exact, type Exact } from '../../../analytics/kernel/exact.js';
import type { ItemSum, ReportInput } from '../../../analytics/report/input.js';
import type { Category } from '../../../analytics/synergy/types.js';
import { anInput, itemSum, monthsOf, type Stated, type Given, type PlacedPlan } from './an-input.js';

export interface MineShape {
  readonly departments?: number;
  /** Of a department and of an item. */
  readonly nameOf?: (code: string) => string;
  /** What every measure of every cell is multiplied by. */
  readonly sign?: 1 | -1;
  readonly hasTurnover?: boolean;
  readonly hasPlan?: boolean;
  readonly hasLastYear?: boolean;
  readonly hasPrevious?: boolean;
}

const codeOf = (at: number) => `D${String(at + 1).padStart(3, '0')}`;

/** A mine whose every source has rows; months add up their items. */
export function aMine(period: string, shape: MineShape = {}): ReportInput {
  const {
    departments: size = 3,
    nameOf = (code) => code,
    hasPlan = true,
    hasLastYear = true,
    hasPrevious = true,
  } = shape;
  const codes = Array.from({ length: size }, (_, at) => codeOf(at));
  const { spans } = anInput(period, {});
  const now = codes.flatMap((code, at) => itemsOf(code, at, 5, shape));
  const previous = hasPrevious ? codes.flatMap((code, at) => itemsOf(code, at, 3, shape)) : [];
  const ago = hasLastYear ? codes.flatMap((code, at) => itemsOf(code, at, 2, shape)) : [];
  return anInput(period, {
    ...{ now, previous },
    months: [
      ...monthsOf(period, now),
      ...monthsOf(spans.previous!.from, previous),
      ...monthsOf(spans.lastYear!.from, ago),
    ],
    plan: hasPlan ? codes.map((code, at) => planOf(period, code, at)) : [],
    departments: new Map(codes.map((code) => [code, { name: nameOf(code), parent: null }])),
    items: new Map(['0104', '02', 'H01'].map((code) => [code, nameOf(code)])),
    ...restOf(period, codes, nameOf),
  });
}

/** Four cells of a department: resource and management cost, a gain, and an opportunity loss. */
function itemsOf(
  department: string,
  at: number,
  factor: number,
  { sign = 1, hasTurnover = true }: MineShape,
): ItemSum[] {
  const yuan = (tenths: number) => `${sign * tenths < 0 ? '-' : ''}${tenths}.005`;
  const cost: Stated = {
    ...{ explicit_actual: `${90000 + at}`, covered_actual: `${80000 + at}`, baseline: `${80000 + at + factor * 1000}` },
    ...{ price_base: '70000', unreported_baseline: at % 3 === 0 ? '15000' : '0' },
  };
  const turnover: Stated = hasTurnover ? { turnover: `${300000 * factor}`, internal_actual: '20000' } : {};
  const savings: Stated = { price_reduction: yuan(factor * 1000 + at), usage_saving: at % 2 === 0 ? '-500' : '250' };
  return [
    itemSum(department, 'resource', '0104', { ...cost, ...turnover, ...savings }),
    itemSum(department, 'management', '02', { ...cost, price_reduction: `${-sign * factor * 100}` }),
    itemSum(department, 'business', '', { gains: yuan(factor * 500), inputs: '30' }, ''),
    itemSum(
      ...([department, 'management', 'H01'] as const),
      { implicit_opportunity_saving: yuan(factor * 70), implicit_opportunity_actual: '900' },
      'implicit_opportunity',
    ),
  ];
}

const planOf = (period: string, department: string, at: number): PlacedPlan => ({
  ...{ period, department, category: 'resource', measure: 'synergy_value', amount: exact(`${4000 + at}`) },
});

/** Everything beside cells and plans. */
function restOf(period: string, codes: readonly string[], nameOf: (code: string) => string): Given {
  const [category, item]: [Category, string] = ['resource', '0104'];
  const whole = (value: number): Exact => exact(String(value));
  return {
    basket: codes.map((department, at) => ({
      ...{ department, category, item, baseline: `B-${department}`, driver: 'tonnes', price: exact('108') },
      ...{ plannedVolume: exact('100'), actualVolume: at % 5 === 4 ? null : exact('110'), norm: exact('1.9') },
      ...{ quantity: whole(200 + at), amount: whole(19300 + at) },
    })),
    bought: {
      now: codes.map((department, at) => ({
        department,
        item,
        unit: '件',
        quantity: whole(200 + at),
        amount: exact('19300'),
      })),
      previous: codes.map((department) => ({
        department,
        item,
        unit: '件',
        quantity: exact('190'),
        amount: exact('20000'),
      })),
    },
    output: { basis: { zh: '原煤产量', en: 'raw coal' }, tonnes: new Map([[period, exact('120000')]]) },
    controlItems: [
      { group: 'explicit', code: 'E1', name: '零废品', items: [], measure: '废品数', owner: null },
      { group: 'implicit', code: 'I1', name: '零闲机', items: ['H01'], measure: '闲机小时', owner: nameOf('D001') },
    ],
    causes: [
      {
        code: 'missing_volume',
        title: { zh: '缺业务量', en: 'missing volumes' },
        count: 2,
        departments: codes,
        waived: null,
      },
      {
        code: 'unreconciled',
        title: { zh: '与账面有差异', en: 'differences' },
        count: 1,
        departments: [],
        waived: nameOf('W'),
      },
    ],
    issues: codes.map((department) => ({ code: 'missing_volume', department, category, item })),
    ...{ undeclared: codes, unreconciled: exact('-12.3') },
    leftOut: codes.map((department) => ({
      ...{
        id: `G-${department}`,
        period,
        department,
        category,
        kind: 'gain',
        why: 'annualised',
        amount: exact('90000'),
      },
    })),
    officeTexts: [
      { id: '1', cause: '', text: nameOf('T'), owner: null, due: null },
      { id: '12', cause: 'missing_volume', text: nameOf('T'), owner: nameOf('O'), due: '2024-01-31' },
    ],
    baselines: codes.map((department) => ({
      ...{ code: `B-${department}`, kind: 'norm', basis: 'budget', department, category, item },
      ...{ validFrom: '2023-01-01', validTo: null },
    })),
  };
}
