import { describe, expect, it } from '@jest/globals';
import { computeWith, firstDifference, type Mutant } from '../support/mutate.js';

const GROUP = 'analytics/synergy/group.ts';
const MEASURES = 'analytics/synergy/measures.ts';
const EXACT = 'analytics/kernel/exact.ts';
const ROLL_UP = 'analytics/synergy/roll-up.ts';
const ORDER = 'analytics/kernel/order.ts';

const of = (file: string, ...defects: [clause: string, defect: string, from: string, to: string][]): Mutant[] =>
  defects.map(([clause, defect, from, to]) => ({ clause, defect, file, from, to }));

const FORMULAS = of(
  GROUP,
  [
    'PRC-1',
    'the sign of the price reduction flipped',
    'const reduction = base - sums.amountOfQuantified;',
    'const reduction = sums.amountOfQuantified - base;',
  ],
  [
    'PRC-1',
    'the baseline of a price left out',
    '        baseline: base,\n        price_base: base,',
    '        price_base: base,',
  ],
  ['USE-1', 'the sign of the price part flipped', 'price_reduction: base - amount,', 'price_reduction: amount - base,'],
  ['USE-1', 'the sign of the usage part flipped', 'usage_saving: -base,', 'usage_saving: base,'],
  ['USE-1', 'Q0 lost', '{ baseline: target, usage_saving: target }', '{ baseline: target }'],
  [
    'USE-1',
    'a group with and without quantities measured by quantity',
    'if (totals.unquantified === 0) {',
    'if (totals.quantified > 0) {',
  ],
  [
    'AMT-1',
    'the sign of the amount flipped',
    'amount_saving: -amount, covered_actual: amount',
    'amount_saving: amount, covered_actual: amount',
  ],
  [
    'AMT-1',
    'the target amount lost',
    '{ baseline: standing.target, amount_saving: standing.target }',
    '{ baseline: standing.target }',
  ],
  ['AMT-1', 'records measured by amount not covered', '-amount, covered_actual: amount }', '-amount }'],
  ['IMP-2', 'the sign of the implicit saving flipped', '? -worth : ZERO', '? worth : ZERO'],
  ['IMP-2', 'the implicit target quantity lost', ': { [`${nature}_saving`]: target };', ': {};'],
  ['IMP-2', 'the implicit target amount lost', ': { [`${nature}_saving`]: standing.target };', ': {};'],
  [
    'IMP-1',
    'implicit amounts left out of the actual',
    ' + sums.amountOfUnquantified;\n  const saving',
    ';\n  const saving',
  ],
  [
    'COV-0',
    'what has no quantity counted as covered',
    '        covered_actual: sums.amountOfQuantified,',
    '        covered_actual: amount,',
  ],
  [
    'COV-0',
    'missing_quantity only where every quantity is missing',
    "standing.how === 'price' && totals.unquantified > 0",
    "standing.how === 'price' && totals.quantified === 0",
  ],
  [
    'COV-1',
    'records that stand uncovered counted as covered',
    "    case 'not_reported':\n      return actual;",
    "    case 'not_reported':\n      return { ...actual, covered_actual: amount };",
  ],
  [
    'COV-2',
    'a missing volume taken for 0',
    'if (baseline.driver !== null && volume === null) return null;',
    'volume ??= ZERO;',
  ],
  ['COV-2', 'what is not comparable raises missing_volume', "issue: 'not_comparable'", "issue: 'missing_volume'"],
  [
    'COV-2',
    'an uncovered implicit group overspends',
    "standing.how === 'usage' || standing.how === 'amount' ? -worth",
    "standing.how !== 'no_baseline' ? -worth",
  ],
  [
    'COV-3',
    'what is not reported counted as saved',
    '{ unreported_baseline: standing.target };',
    '{ unreported_baseline: standing.target, amount_saving: standing.target };',
  ],
  ['COV-3', 'no money for what is not reported', '{ unreported_baseline: standing.target };', '{};'],
  ['COV-3', 'money for implicit baselines', 'target: isExplicit && target ?', 'target: target ?'],
  [
    'COV-3',
    'reports expected for baselines of projects',
    "baseline.kind !== 'price' && baseline.project === null",
    "baseline.kind !== 'price'",
  ],
  ['BAS-1', 'the fixed amount left out', '(baseline.fixedAmount ?? ZERO) + quotient', 'quotient'],
  ['BAS-1', 'the flexed amount rounded to the fen', 'baseline.plannedVolume!, 12)', 'baseline.plannedVolume!, 2)'],
  [
    'BAS-1',
    'a flexed amount taken as it stands',
    'baseline.driver === null ? baseline.amount!',
    'baseline ? baseline.amount!',
  ],
);

const SUMS = [
  ...of(
    MEASURES,
    ['SAV-1', 'amount savings left out', " + of('amount_saving');", ';'],
    ['VAL-1', 'inputs added', "of('gains') - of('inputs')", "of('gains') + of('inputs')"],
    [
      'VAL-1',
      'booked implicit savings added (IMP-3)',
      'all.synergy_value = bookedValue + opportunityWithin;',
      "all.synergy_value = bookedValue + opportunityWithin + of('implicit_booked_saving');",
    ],
    ['VAL-2', 'the price reduction never beside', "method.priceReduction === 'beside' ?", 'method === null ?'],
    [
      'IMP-4',
      'the opportunity saving always within',
      "method.opportunitySaving === 'within' ?",
      'method.opportunitySaving ?',
    ],
  ),
  ...of(
    EXACT,
    [
      'RND-1',
      'half to even',
      'const result = (2n * n + d) / (2n * d);',
      'const twice = 2n * (n % d); const up = twice > d || (twice === d && (n / d) % 2n === 1n); const result = n / d + (up ? 1n : 0n);',
    ],
    ['RND-1', 'cut, not rounded', '(2n * n + d) / (2n * d)', 'n / d'],
    [
      'RND-1',
      'half towards plus infinity',
      '(2n * n + d) / (2n * d)',
      '(2n * n + d - (negative ? 1n : 0n)) / (2n * d)',
    ],
    ['RND-1', '-0.00 shown', "const sign = units < 0n ? '-' : '';", "const sign = a < 0n ? '-' : '';"],
  ),
  ...of(
    ROLL_UP,
    [
      'RND-3',
      'a total added up from rounded cells',
      'sumOf(cells.map((cell) => cell.measures))',
      'sumOf(cells.map(({ measures }) => Object.fromEntries(Object.entries(shown(measures)).map(([name, yuan]) => [name, BigInt(yuan.replace(".", "")) * 10n ** 16n]))))',
    ],
    [
      'GRN-2',
      'rows of one group shown apart',
      "const key = values.join('\\u0000');",
      'const key = String(groups.size);',
    ],
  ),
  ...of(ORDER, [
    'GRN-2',
    'a longer code before its beginning',
    'return a.length - b.length;',
    'return b.length - a.length;',
  ]),
];

describe('deliberate defects in the formulas are noticed', () => {
  it('control: an exact copy agrees with the oracle', async () => {
    expect(firstDifference(await computeWith(null))).toBeNull();
  });

  it.each([...FORMULAS, ...SUMS])('$clause: $defect', async (mutant) => {
    expect(firstDifference(await computeWith(mutant))).not.toBeNull();
  });

  it('a defect that cannot be placed is an error, not a survivor', async () => {
    const [mutant] = of(GROUP, ['', '', 'no such text', '']);
    await expect(computeWith(mutant!)).rejects.toThrow('has 0 × "no such text"');
  });
});
