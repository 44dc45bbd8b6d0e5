import { MONTHS, periodOf, Year } from './calendar.js';
import { Chance } from './chance.js';
import { Evaluation, Line, valueOf } from './evaluate.js';
import { divideRounded, Micro, ONE, TRIPLE } from './micro.js';
import { Category, Target } from './rows.js';

/** What the committee had set for the whole year, yuan. */
const YEAR_PLAN: Record<Year, Record<Target['measure'], Micro>> = {
  2022: { turnover: 33_000_000n * ONE, synergy_value: 800_000n * ONE, price_reduction: 600_000n * ONE },
  2023: { turnover: 40_000_000n * ONE, synergy_value: 1_000_000n * ONE, price_reduction: 800_000n * ONE },
};

const MEASURES: Record<Target['measure'], (line: Line) => bigint> = {
  turnover: (line) => line.turnover,
  synergy_value: valueOf,
  price_reduction: (line) => line.priceReduction,
};

const GRAIN = 100n * ONE;

/** Months are not planned alike: little in the festival month, more towards the year's end. */
const MONTH_WEIGHTS = [75, 70, 100, 100, 105, 105, 95, 95, 105, 105, 115, 130];

/** Broken down to departments and categories in proportion to what each can move; nobody is planned at a loss. */
function pairWeights(year: Year, measure: Target['measure'], evaluation: Evaluation): [pair: string, weight: bigint][] {
  const sums = new Map<string, bigint>();
  for (const line of evaluation.lines) {
    const pair = `${line.department} ${line.category}`;
    sums.set(pair, (sums.get(pair) ?? 0n) + MEASURES[measure](line));
  }
  const least = measure === 'turnover' ? 1n : 6000n * TRIPLE;
  return [...sums]
    .filter(([, sum]) => sum >= least || -sum >= least)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([pair, sum]) => {
      const chance = new Chance(`target ${year} ${measure} ${pair}`);
      const size = sum < 0n ? -sum / 3n : sum;
      return [pair, (size / TRIPLE) * BigInt(1000 + chance.around(160)) + 1n];
    });
}

/** Splits `whole` by weights in steps of 100 yuan, each part being the difference of two rounded running totals. */
function split(whole: Micro, weights: readonly bigint[]): Micro[] {
  const all = weights.reduce((sum, weight) => sum + weight, 0n);
  let running = 0n;
  let given = 0n;
  return weights.map((weight) => {
    running += weight;
    const upTo = divideRounded(whole * running, all * GRAIN) * GRAIN;
    const part = upTo - given;
    given = upTo;
    return part;
  });
}

export function targetsOf(year: Year, evaluation: Evaluation): Target[] {
  return (Object.keys(MEASURES) as Target['measure'][]).flatMap((measure) => {
    const pairs = pairWeights(year, measure, evaluation);
    const yearly = split(
      YEAR_PLAN[year][measure],
      pairs.map(([, weight]) => weight),
    );
    return pairs.flatMap(([pair], index) => {
      const [department = '', category = ''] = pair.split(' ');
      const monthly = split(yearly[index] ?? 0n, MONTH_WEIGHTS.map(BigInt));
      return MONTHS.map((month): Target => {
        const amount = monthly[month - 1] ?? 0n;
        return { period: periodOf(year, month), department, category: category as Category, measure, amount };
      });
    });
  });
}
