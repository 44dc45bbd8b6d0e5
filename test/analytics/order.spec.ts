import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { byCodePoint, byTexts } from '../../analytics/kernel/order.js';

/** PROPERTY_RUNS=10000 widens the run, PROPERTY_SEED repeats one. */
const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 300),
  seed: Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31),
};

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
    // The last unit of all surrogates, DFFF, after a common D800.
    ['\u{103fe}', '\u{103ff}'],
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

describe(`laws of the order (seed ${RUNS.seed})`, () => {
  /** Any well-formed text; neighbours of the surrogates and common beginnings are frequent. */
  const text = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 3 }),
        fc.constantFrom('产', '\u{d7ff}', '\u{e000}', '\u{ffff}', '\u{10000}', '0'),
      ),
      { maxLength: 4 },
    )
    .map((parts) => parts.join(''));

  it('is the order of the UTF-8 bytes', () => {
    fc.assert(
      fc.property(text, text, text, (beginning, a, b) => {
        const [x, y] = [beginning + a, beginning + b];
        expect(Math.sign(byCodePoint(x, y))).toBe(Buffer.compare(Buffer.from(x), Buffer.from(y)));
      }),
      RUNS,
    );
  });

  it('of rows is that of the first text that differs', () => {
    const row = fc.tuple(fc.constantFrom('', 'a', '产'), fc.constantFrom('', 'b', '\u{10000}'), text);
    fc.assert(
      fc.property(row, row, (a, b) => {
        const at = a.findIndex((value, i) => value !== b[i]);
        expect(Math.sign(byTexts(a, b))).toBe(at < 0 ? 0 : Buffer.compare(Buffer.from(a[at]!), Buffer.from(b[at]!)));
      }),
      RUNS,
    );
  });
});
