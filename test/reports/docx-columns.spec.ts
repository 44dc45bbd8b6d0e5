import { describe, expect, it } from '@jest/globals';
import { layoutOf, type ColumnText } from '../../src/modules/reports/render/docx/column-widths.js';

const numbers = (head: string, ...texts: string[]): ColumnText => ({
  head,
  cells: texts.map((text) => ({ text, isWhole: true })),
});
const words = (head: string, ...texts: string[]): ColumnText => ({
  head,
  cells: texts.map((text) => ({ text, isWhole: false })),
});
const sum = (widths: readonly number[]) => widths.reduce((all, each) => all + each, 0);

/** Twips that a number of so many half characters takes: a half is as wide as a quarter of the half-points × 20 ÷ 2. */
const taken = (text: string, halfPoints: number) => text.length * halfPoints * 5;

describe('the columns of a table', () => {
  it.each<readonly [string, readonly ColumnText[], number]>([
    ['two short columns in 小四', [words('项目', '材料'), numbers('金额', '1.00')], 24],
    // 9 columns of 10 halves: 9 × (10 × 21 × 5 + 140) = 10,710 > 8,844; at 9 pt 9 × (10 × 18 × 5 + 140) = 9,360;
    // at 7.5 pt 9 × (10 × 15 × 5 + 140) = 8,010
    ['nine columns of seven-figure amounts', Array.from({ length: 9 }, () => numbers('金额', '1234567.89')), 15],
  ])('%s', (_, columns, halfPoints) => {
    const layout = layoutOf(columns, 8844);
    expect(layout.halfPoints).toBe(halfPoints);
    expect(sum(layout.widths)).toBe(8844);
  });

  it('never break a number, and let words have the room', () => {
    const long = '柴里煤矿综采工作面准备区队物资供应与设备管理联合班组'.repeat(3).slice(0, 60);
    const columns = [
      numbers('行次', '120'),
      words('部门', long),
      ...Array.from({ length: 8 }, () => numbers('价格降本', '-12345.67')),
    ];
    const { halfPoints, widths } = layoutOf(columns, 8844);
    expect(sum(widths)).toBe(8844);
    for (const width of widths.slice(2)) expect(width).toBeGreaterThanOrEqual(taken('-12345.67', halfPoints) + 114);
    expect(widths[1]).toBeGreaterThan(widths[2]!);
  });

  it('never break a date', () => {
    const columns = [...Array.from({ length: 7 }, () => words('部门', '很'.repeat(30))), words('止', '2023年12月31日')];
    const { halfPoints, widths } = layoutOf(columns, 8844);
    // Eight digits of half a sign each, three whole ones, and five gaps of a quarter.
    expect(widths[7]).toBeGreaterThanOrEqual(16.5 * halfPoints * 5);
  });

  it('shrink alike where nothing fits', () => {
    const { halfPoints, widths } = layoutOf(
      Array.from({ length: 40 }, () => numbers('金额', '1234567.89')),
      8844,
    );
    expect(halfPoints).toBe(11);
    expect([sum(widths), Math.max(...widths) - Math.min(...widths) <= 1]).toEqual([8844, true]);
  });
});
