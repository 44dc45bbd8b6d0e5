import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVERY_MINE, someDepartments, wholeMine, type Reach } from '../../src/modules/mines/index.js';
import { COAL_PROFILE, mapCoalSettlements } from '../../src/modules/mapping/app/map-coal-settlements.js';
import { MANAGEMENT_PROFILE, mapManagement } from '../../src/modules/mapping/app/map-management.js';
import type { Mapping } from '../../src/modules/mapping/app/mapping.js';
import type { IndicatorRule } from '../../src/modules/mapping/app/profile.js';
import { keepReconciliation } from '../../src/modules/reconciliation/index.js';
import { listComparatives, standingTables } from '../../src/modules/reconciliation/db/comparative-queries.js';
import { BooksDesk, stage, type Row } from './books-desk.js';
import { DEPARTMENTS } from './month.js';

let desk: BooksDesk;
let mine: string;
beforeAll(async () => {
  desk = await BooksDesk.open();
  mine = await desk.newMine();
  await desk.take(mine, { 'departments.csv': DEPARTMENTS });
});
afterAll(() => desk.close());

interface Outcome extends Omit<Mapping, 'targets'> {
  /** By kind, what each staged row fills. */
  readonly made: Readonly<Record<string, readonly Record<string, unknown>[]>>;
  readonly importId: string;
}

/** Maps one table; what it staged is read back and dropped with the transaction's other scratch tables. */
async function mapped(
  document: 'coal_settlements' | 'management',
  rows: readonly Row[],
  indicators: readonly IndicatorRule[] = [],
): Promise<Outcome> {
  const importId = await desk.newImport(mine);
  return desk.uow.run(EVERY_MINE, async (tx) => {
    const table = await stage(tx, importId, document, rows);
    const isCoal = document === 'coal_settlements';
    const profile = { ...(isCoal ? COAL_PROFILE : MANAGEMENT_PROFILE), indicators };
    const documents = [{ document, table, rows: rows.length }] as const;
    const map = isCoal ? mapCoalSettlements : mapManagement;
    const { targets, ...rest } = await map(tx, { mine, importId, profile, documents }, documents[0]);
    const made: Record<string, Record<string, unknown>[]> = {};
    for (const { kind, table: staged } of targets) {
      const filled = await tx.rows<{ row: Record<string, unknown> }>(
        `SELECT jsonb_strip_nulls(to_jsonb(s)) AS row FROM ${staged} s ORDER BY row_no`,
      );
      made[kind] = filled.map(({ row }) => row);
    }
    await keepReconciliation(tx, { mine, importId, documents });
    return { ...rest, made, importId };
  });
}

const where = ({ problems }: Pick<Mapping, 'problems'>) =>
  problems.map(({ rowNo, column, code }) => [rowNo, column, code]);

describe('settled coal', () => {
  const coal = (code: string, quantity: string, rest: Row = {}): Row => ({
    ...{ department_name: '采煤一区', period: '2023年3月', name: `煤${code}`, code, quantity },
    ...rest,
  });

  it('becomes a volume of its month, its income left out', async () => {
    const found = await mapped(
      'coal_settlements',
      [
        // 1,000.5 × 612.35 = 612,656.175, booked as 612,656.18; with 13 % 79,645.30: 692,301.48.
        coal('M1', '1000.5', { unit_price: '612.35', income: '612656.18', tax: '79645.30', total: '692301.48' }),
        coal('M2', '20'),
        coal('M3', '5.25'),
        coal('M4', '9', { department_name: '柴里煤矿' }),
        { period: '2023-03', name: '无数量', code: 'M5', income: '1.00' },
      ],
      [
        { indicator: 'M2', becomes: 'volume', driver: 'clean_coal_t' },
        { indicator: '煤 M3', becomes: 'volume', driver: 'clean_coal_t' },
        { indicator: 'M4', becomes: 'comparative' },
      ],
    );
    expect(found.problems).toEqual([]);
    expect(found.made).toEqual({
      activities: [
        { row_no: 2, period: '2023-03', department: 'CM1', driver: '结算量M1', actual: '1000.5' },
        // 20 + 5.25, of one driver.
        { row_no: 3, period: '2023-03', department: 'CM1', driver: 'clean_coal_t', actual: '25.25' },
      ],
    });
    expect(found.leftOut).toEqual([{ reason: 'sales_income', lines: 2, amount: '612657.18' }]);
  });

  it('a table that names no unit is of the whole mine', async () => {
    const found = await mapped('coal_settlements', [{ period: '2023-03', name: '原煤', code: 'M1', quantity: '1' }]);
    expect(found.made.activities).toMatchObject([{ department: 'MINE' }]);
  });

  it.each([
    // 100 × 600 = 60,000; a price to the fen is off by half a fen at most: 100 × 0.005 + 0.01 = 0.51.
    ['within the rounding of the price', { unit_price: '600', income: '60000.51' }, []],
    ['beyond it', { unit_price: '600', income: '60000.52' }, [[2, 'income', 'product_mismatch']]],
    ['gross and beyond it', { price_incl: '600', total: '6000' }, [[2, 'total', 'product_mismatch']]],
    ['net and tax to the fen', { income: '10', tax: '1.30', total: '11.31' }, []],
    ['net and tax beyond', { income: '10', tax: '1.30', total: '11.32' }, [[2, 'total', 'sum_mismatch']]],
    [
      'of the year so far',
      { income_to_date: '1', tax_to_date: '1', total_to_date: '3' },
      [[2, 'total_to_date', 'sum_mismatch']],
    ],
  ])('figures agree: %s', async (_, figures, problems) => {
    expect(where(await mapped('coal_settlements', [coal('M1', '100', figures as Row)]))).toEqual(problems);
  });

  it('a coal twice and a unit that nobody knows are refused', async () => {
    const found = await mapped('coal_settlements', [
      coal('M1', '1'),
      coal('M1', '1'),
      coal('M2', '1', { department_name: '外矿', income: '7.00' }),
    ]);
    expect(where(found)).toEqual([
      [3, 'code', 'duplicate_key'],
      [4, 'department_name', 'unmapped_department'],
    ]);
    expect(found.unmapped).toEqual([{ what: 'department', code: '外矿', name: '外矿', lines: 1, amount: '7.00' }]);
    expect(found.made).toEqual({});
  });
});

describe('management tables', () => {
  const indicator = (code: string, rest: Row): Row => ({
    ...{ department: 'JD', period: '2023-02', name: `指标${code}`, code },
    ...rest,
  });
  const RULES: readonly IndicatorRule[] = [
    { indicator: 'P1', item: '02', becomes: 'price_baseline' },
    { indicator: 'P2', item: '0104', becomes: 'price_baseline' },
    { indicator: 'A1', item: '03', becomes: 'amount_baseline' },
    { indicator: '指标 T1', becomes: 'target', category: 'management' },
    { indicator: 'T2', becomes: 'target', category: 'management' },
    { indicator: 'V1', becomes: 'volume', driver: 'raw_coal_t' },
  ];

  it('become baselines, targets and volumes by rule; ten thousands are counted out', async () => {
    const found = await mapped(
      'management',
      [
        indicator('P1', { unit: '元/千瓦时', budget_price: '0.635', last_year_price: '0.7' }),
        indicator('P2', { last_year_price: '108' }),
        // 31.2 万元.
        indicator('A1', { unit: '万元', budget_total: '31.2', total: '30' }),
        indicator('T1', { unit: '万元', budget_total: '1.000001' }),
        indicator('T2', { unit: '元', budget_total: '0.5' }),
        indicator('V1', { unit: '万吨', total: '11.5', budget_total: '12' }),
        indicator('X1', { unit: '万元', total: '2.5' }),
        indicator('X2', { unit: '元/吨', total: '7' }),
      ],
      RULES,
    );
    expect(found.problems).toEqual([]);
    const month = { department: 'JD', nature: 'explicit', valid_from: '2023-02-01', valid_to: '2023-02-28' };
    const code = (indicatorCode: string) => `月报-2023-02-JD-${indicatorCode}`;
    expect(found.made).toEqual({
      baselines: [
        {
          ...{ row_no: 2, code: code('P1'), ...month, category: 'management', item: '02' },
          // The budget goes before last year's price.
          ...{ basis: 'budget', unit_price: '0.635', unit: '千瓦时' },
        },
        {
          ...{ row_no: 3, code: code('P2'), ...month, category: 'resource', item: '0104' },
          ...{ basis: 'prior_year', unit_price: '108' },
        },
        {
          ...{ row_no: 4, code: code('A1'), ...month, category: 'personnel', item: '03' },
          ...{ basis: 'budget', amount: expect.stringMatching(/^312000(\.0)?$/) },
        },
      ],
      targets: [
        {
          ...{ row_no: 5, period: '2023-02', department: 'JD', category: 'management', measure: 'explicit_actual' },
          // 1.000001 万元 = 10,000.01, and 0.50.
          amount: expect.stringMatching(/^10000\.510*$/),
        },
      ],
      activities: [
        {
          ...{ row_no: 7, period: '2023-02', department: 'JD', driver: 'raw_coal_t' },
          ...{ actual: expect.stringMatching(/^115000(\.0)?$/), planned: '120000' },
        },
      ],
    });
    // 25,000; what is in yuan per tonne is no money.
    expect(found.leftOut).toEqual([{ reason: 'comparative', lines: 2, amount: '25000.00' }]);
  });

  it('every row is kept as a comparative, with or without a rule', async () => {
    const rows = [
      indicator('X1', { unit: '万元', total: '2.500001', last_year_price: '0.612' }),
      indicator('X2', { department: '外矿', unit: '吨', total: '7.123456' }),
    ];
    const { problems, importId } = await mapped('management', rows);
    expect(problems).toEqual([]);
    const standing = await desk.uow.run(wholeMine(mine), (tx) => standingTables(tx, mine));
    const shown = (reach: Reach) =>
      desk.uow.run(reach, (tx) => listComparatives(tx, reach, standing, '2023-02', null, 1000));
    const kept = await shown(wholeMine(mine));
    const ours = kept.filter((row) => row.importId === importId);
    expect(ours).toMatchObject([
      { code: 'X1', unit: '元', actual_total: '25000.010000', last_year_price: '0.612000', budget_total: null },
      { code: 'X2', unit: '吨', actual_total: '7.123456', department: '外矿' },
    ]);
    // Whoever sees one department sees its rows of the table, and none of another.
    const ofOthers = await shown(someDepartments(mine, ['外矿'], 'ann'));
    expect(new Set(ofOthers.map(({ department }) => department))).toEqual(new Set(['外矿']));
  });

  it('a figure that no longer fits, an indicator twice, a unit that nobody knows', async () => {
    const importing = mapped(
      'management',
      [
        indicator('A1', { unit: '元', budget_total: '1' }),
        indicator('A1', { unit: '元', budget_total: '2' }),
        indicator('V1', { department: '外矿', total: '3' }),
      ],
      RULES,
    );
    expect(where(await importing)).toEqual([
      [3, 'code', 'duplicate_key'],
      [4, 'department', 'unmapped_department'],
    ]);
    const importId = await desk.newImport(mine);
    const large = await desk.uow.run(EVERY_MINE, async (tx) => {
      const row = indicator('X1', { unit: '万元', total: '123456789012345' });
      const documents = [
        { document: 'management', table: await stage(tx, importId, 'management', [row]), rows: 1 },
      ] as const;
      return mapManagement(tx, { mine, importId, profile: MANAGEMENT_PROFILE, documents }, documents[0]);
    });
    expect(where(large)).toEqual([[2, 'total', 'number_out_of_range']]);
  });
});
