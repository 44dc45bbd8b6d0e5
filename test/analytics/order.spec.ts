import { describe, expect, it } from '@jest/globals';
import { byCodePoint, byTexts } from '../../analytics/kernel/order.js';

describe('the order of PostgreSQL under the "C" collation: by code point', () => {
  it.each([
    ['', 'a'],
    ['01', '0101'],
    ['10', '9'],
    ['A', 'a'],
    ['Z', '_'],
    ['a', 'é'],
    // By code point, not by pronunciation or strokes: 业 U+4E1A, 产 U+4EA7, 市 U+5E02, 管 U+7BA1
    ['业务', '产业'],
    ['产业', '市场'],
    ['市场', '管理'],
    // JavaScript's own order puts 𠮷 (U+20BB7, units D842 DFB7) before the full-width Ａ (U+FF21).
    ['Ａ', '𠮷'],
    ['\uffff', '\u{10000}'],
    ['\u{1f600}', '\u{1f601}'],
    ['矿𠮷1', '矿𠮷2'],
  ])('%j stands before %j', (first, second) => {
    expect(Math.sign(byCodePoint(first, second))).toBe(-1);
    expect(Math.sign(byCodePoint(second, first))).toBe(1);
    expect(byCodePoint(first, first)).toBe(0);
  });

  it('of several texts the first that differs decides', () => {
    const rows = [
      ['JD', '2023-01', 'a'],
      ['CM1', '2023-02', ''],
      ['JD', '2023-01', ''],
      ['CM1', '2023-01', 'z'],
    ];
    expect([...rows].sort(byTexts)).toEqual([rows[3], rows[1], rows[2], rows[0]]);
    expect([byTexts([], []), byTexts(['a', 'b'], ['a', 'b'])]).toEqual([0, 0]);
  });
});
