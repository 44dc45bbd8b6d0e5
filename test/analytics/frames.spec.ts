import { describe, expect, it } from '@jest/globals';
import { pivot, type PivotCell } from '../../analytics/frames/pivot.js';

const cells = (...rows: readonly [string, string, string][]): PivotCell[] =>
  rows.map(([row, column, amount]) => ({ row, column, amount }));
const totals = (rows: Record<string, string>, columns: Record<string, string>, all: string) => ({
  rows: new Map(Object.entries(rows)),
  columns: new Map(Object.entries(columns)),
  all,
});

describe('pivot', () => {
  it('lays out rows by columns, the largest total first', async () => {
    const table = await pivot(
      cells(
        ['CM1', 'resource', '3272.00'],
        ['JD', 'industry', '36500.00'],
        ['JD', 'management', '-1125.00'],
        ['GY', 'resource', '8500.00'],
      ),
      totals(
        { CM1: '3272.00', GY: '8500.00', JD: '35375.00' },
        { management: '-1125.00', resource: '11772.00', industry: '36500.00' },
        '47147.00',
      ),
    );
    expect(table).toEqual({
      columns: ['management', 'resource', 'industry'],
      rows: [
        // 35,375 ÷ 47,147 = 0.7503128…; with GY 43,875 ÷ 47,147 = 0.9306000…; 8,500 ÷ 47,147 = 0.1802872…
        {
          ...{ code: 'JD', cells: ['-1125.00', null, '36500.00'], total: '35375.00', rank: 1 },
          ...{ share: 0.750313, cumulativeShare: 0.750313, roundingDifference: '0.00' },
        },
        {
          ...{ code: 'GY', cells: [null, '8500.00', null], total: '8500.00', rank: 2 },
          ...{ share: 0.180287, cumulativeShare: 0.9306, roundingDifference: '0.00' },
        },
        {
          ...{ code: 'CM1', cells: [null, '3272.00', null], total: '3272.00', rank: 3 },
          ...{ share: 0.0694, cumulativeShare: 1, roundingDifference: '0.00' },
        },
      ],
      columnTotals: ['-1125.00', '11772.00', '36500.00'],
      total: '47147.00',
      columnDifferences: ['0.00', '0.00', '0.00'],
      totalDifference: '0.00',
    });
  });

  it('passes figures beyond 2^53 exactly, and ranks them exactly', async () => {
    // As binary numbers these three are one and the same.
    const [low, middle, high] = ['900719925474099301.01', '900719925474099301.02', '900719925474099301.03'];
    expect(new Set([low, middle, high].map(Number)).size).toBe(1);
    const table = await pivot(
      cells(['a', 'x', low], ['b', 'x', high], ['c', 'x', middle]),
      totals({ a: low, b: high, c: middle }, { x: '2702159776422297903.06' }, '2702159776422297903.06'),
    );
    expect(table.rows.map(({ code, cells: [amount], total, rank }) => [code, amount, total, rank])).toEqual([
      ['b', high, high, 1],
      ['c', middle, middle, 2],
      ['a', low, low, 3],
    ]);
    expect(table.total).toBe('2702159776422297903.06');
    expect([table.columnDifferences, table.totalDifference]).toEqual([['0.00'], '0.00']);
  });

  it('keeps rows and columns apart that a frame would mix up', async () => {
    // '0104' and '104' are one number, 'A-B','C' and 'A','B-C' one joined key, 'b' sorts before 'C' without regard to case.
    const table = await pivot(
      cells(
        ['0104', 'C', '1.00'],
        ['104', 'C', '2.00'],
        ['A-B', 'C', '3.00'],
        ['A', 'B-C', '4.00'],
        ['b', 'C', '5.00'],
      ),
      totals(
        { '0104': '1.00', '104': '2.00', 'A-B': '3.00', A: '4.00', b: '5.00', C: '0.00' },
        { C: '11.00', 'B-C': '4.00' },
        '15.00',
      ),
      'code',
    );
    expect(table.rows.map(({ code, cells: [c, bc], rank }) => [code, c, bc, rank])).toEqual([
      ['0104', '1.00', null, 5],
      ['104', '2.00', null, 4],
      ['A', null, '4.00', 2],
      ['A-B', '3.00', null, 3],
      ['C', null, null, 6],
      ['b', '5.00', null, 1],
    ]);
  });

  it('gives equal totals one rank, in the order of their codes, and counts on behind them', async () => {
    const table = await pivot([], totals({ d: '1.00', c: '2.00', b: '2.00', a: '-3.00' }, { x: '2.00' }, '2.00'));
    // Shares add up in rank order: 2/2, 4/2, 5/2, 2/2.
    expect(table.rows.map((row) => [row.code, row.rank, row.share, row.cumulativeShare])).toEqual([
      ['b', 1, 1, 1],
      ['c', 1, 1, 2],
      ['d', 3, 0.5, 2.5],
      ['a', 4, -1.5, 1],
    ]);
  });

  it('keeps the order of many rows', async () => {
    const codes = Array.from({ length: 300 }, (_, i) => String(i).padStart(3, '0'));
    const table = await pivot(
      [],
      totals(Object.fromEntries(codes.map((c) => [`r${c}`, `${(Number(c) * 7) % 300}.00`])), {}, '44850.00'),
    );
    expect(table.rows.map((row) => row.total)).toEqual(codes.map((_, i) => `${299 - i}.00`));
    expect(table.rows.map((row) => row.rank)).toEqual(codes.map((_, i) => i + 1));
    expect(table.rows.at(-1)!.cumulativeShare).toBe(1);
  });

  it('rounds ratios half away from zero, once', async () => {
    // ±7 ÷ 2,000,000 = ±0.0000035 → ±0.000004; the binary number next to 0.0000035 lies below the half.
    const table = await pivot([], totals({ a: '7.00', b: '-7.00', c: '2000000.00' }, {}, '2000000.00'), 'code');
    expect(table.rows.map((row) => row.share)).toEqual([0.000004, -0.000004, 1]);
    // Thirds: 0.333333 twice is 0.666667, not 0.666666.
    const thirds = await pivot([], totals({ a: '1.00', b: '1.00', c: '1.00' }, {}, '3.00'));
    expect(thirds.rows.map((row) => row.cumulativeShare)).toEqual([0.333333, 0.666667, 1]);
  });

  it('has no share of nothing', async () => {
    const table = await pivot([], totals({ a: '5.00', b: '-5.00' }, {}, '0.00'));
    expect(table.rows.map((row) => [row.rank, row.share, row.cumulativeShare])).toEqual([
      [1, null, null],
      [2, null, null],
    ]);
  });

  it('shows rounding differences (RND-3)', async () => {
    // 1.005 + 1.005 = 2.01 shown as 2.01; its cells are shown as 1.01 each.
    const table = await pivot(
      cells(['a', 'x', '1.01'], ['a', 'y', '1.01']),
      totals({ a: '2.01' }, { x: '1.01', y: '1.01' }, '2.01'),
    );
    expect(table.rows[0]!.roundingDifference).toBe('-0.01');
    expect([table.columnDifferences, table.totalDifference]).toEqual([['0.00', '0.00'], '0.00']);
  });

  it('is empty without rows, and refuses what its caller cannot mean', async () => {
    const nothing = totals({}, { x: '0.00' }, '0.00');
    expect(await pivot([], nothing)).toMatchObject({ rows: [], columnDifferences: ['0.00'], totalDifference: '0.00' });
    const one = totals({ a: '1.00' }, { x: '1.00' }, '1.00');
    await expect(pivot(cells(['a', 'x', '1.00'], ['a', 'x', '1.00']), one)).rejects.toThrow('two figures');
    await expect(pivot(cells(['b', 'x', '1.00']), one)).rejects.toThrow('no total');
  });
});
