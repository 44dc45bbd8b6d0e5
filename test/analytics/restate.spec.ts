import { describe, expect, it } from '@jest/globals';
import { ZERO, exact, fixed, rounded } from '../../analytics/kernel/exact.js';
import { sumOf } from '../../analytics/synergy/measures.js';
import { restate, type ReportedSums } from '../../analytics/synergy/restate.js';
import { Random } from '../support/random-folder/random.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);

const sums = (department: string, category: string, figures: Readonly<Record<string, string>>): ReportedSums => ({
  ...{ department, category },
  measures: {
    ...sumOf([]),
    ...Object.fromEntries(Object.entries(figures).map(([name, yuan]) => [name, exact(yuan)])),
  },
});

describe('a restatement', () => {
  it('lists what differs, with a row that one of the closings lacks, and nothing else', () => {
    const { rows, totals } = restate(
      [sums('CM1', 'resource', { gains: '10', inputs: '3' }), sums('JD', 'market', { gains: '1.5' })],
      [sums('CM1', 'resource', { gains: '12.25', inputs: '3' }), sums('ZY', 'business', { inputs: '7' })],
    );
    expect(rows.map((row) => [row.department, row.category, row.measure, fixed(row.difference, 2)])).toEqual([
      ['CM1', 'resource', 'gains', '2.25'],
      ['JD', 'market', 'gains', '-1.50'],
      ['ZY', 'business', 'inputs', '7.00'],
    ]);
    // 10 + 1.5 → 12.25; 3 → 3 + 7
    const shown = totals.map(({ measure, reported, restated, difference }) =>
      [measure, ...[reported, restated, difference].map((yuan) => fixed(yuan, 2))].join(' '),
    );
    expect(shown).toEqual(['gains 11.50 12.25 0.75', 'inputs 3.00 10.00 7.00']);
  });

  /** RND-3: 0.004 three times is 0.00 in each row and 0.01 in all: one fen of 尾差. */
  it('shows the rounding of its rows apart', () => {
    const places = ['A', 'B', 'C'];
    const { rows, totals } = restate(
      [],
      places.map((place) => sums(place, 'resource', { gains: '0.004' })),
    );
    expect(rows.map(({ difference }) => fixed(difference, 2))).toEqual(['0.00', '0.00', '0.00']);
    expect(totals.map(({ difference, rounding }) => [fixed(difference, 2), fixed(rounding, 2)])).toEqual([
      ['0.01', '0.01'],
    ]);
  });

  it(`shown differences and 尾差 add up to the shown total, whatever the figures (seed ${SEED})`, () => {
    const random = new Random(SEED);
    const some = () =>
      ['A', 'B', 'C', 'D']
        .filter(() => random.chance(80))
        .map((place) =>
          sums(place, 'resource', {
            gains: `${random.between(-900, 900)}.${String(random.below(1_000_000)).padStart(6, '0')}`,
          }),
        );
    for (let run = 0; run < 500; run += 1) {
      const [before, after] = [some(), some()];
      const { rows, totals } = restate(before, after);
      const shown = rows.reduce((sum, { difference }) => sum + rounded(difference, 2), ZERO);
      for (const { difference, rounding } of totals) expect(shown + rounding).toBe(rounded(difference, 2));
      expect(totals.length).toBe(rows.length > 0 ? 1 : 0);
    }
  });
});
