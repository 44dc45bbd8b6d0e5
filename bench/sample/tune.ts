import { monthOf, MONTHS } from './calendar.js';
import { Evaluation, evaluate, Line, total, valueOf, Way } from './evaluate.js';
import { divideRounded, FEN, Micro, ONE, show, timesToFen, toGrain, TRIPLE } from './micro.js';
import { isApproved } from './projects.js';
import { CostRecord, Folder } from './rows.js';

/** The year's headline, yuan. */
export interface Goal {
  turnover: Micro;
  synergyValue: Micro;
  priceReduction: Micro;
}

/** No single slip may move by more than this share of its amount, in ten-thousandths. */
const LARGEST_STEP = 200n;
const SINGLE = TRIPLE / ONE;

const priceReduction = (line: Line): bigint => line.priceReduction;
const turnover = (line: Line): bigint => line.turnover;

/** `count` slips of every month that meet the condition, the month's slips taken at even distances. */
function spread(folder: Folder, count: number, isEligible: (record: CostRecord) => boolean): CostRecord[] {
  return MONTHS.flatMap((month) => {
    const eligible = folder.records.filter((record) => monthOf(record.date) === month && isEligible(record));
    const stride = Math.max(1, Math.floor(eligible.length / count));
    return eligible.filter((_, index) => index % stride === 0).slice(0, count);
  });
}

const isPlain = (record: CostRecord): boolean =>
  record.taxRate === null && record.corrects === '' && (record.amount ?? 0n) > 0n && !record.summary.includes('更正');

function refuseLargeStep(moved: Micro, before: Micro, slip: CostRecord): void {
  const size = moved < 0n ? -moved : moved;
  if (size * 10_000n <= before * LARGEST_STEP) return;
  throw new Error(`${show(moved)} is too large a step from ${show(before)} (${slip.summary}); calibrate first`);
}

/** Moves slips in proportion to their size until their sum has moved by `change`; the last one takes what rounding left. */
function share(
  slips: CostRecord[],
  change: Micro,
  move: (slip: CostRecord, by: Micro, isLast: boolean) => Micro,
): void {
  let left = change;
  let sizes = slips.reduce((sum, slip) => sum + (slip.amount ?? 0n), 0n);
  slips.forEach((slip, index) => {
    const before = slip.amount ?? 0n;
    const by = divideRounded(left * before, sizes);
    sizes -= before;
    const moved = move(slip, by, index === slips.length - 1);
    refuseLargeStep(moved, before, slip);
    left -= moved;
  });
  if (left !== 0n) throw new Error(`${show(left)} yuan could not be placed`);
}

const moveAmount = (slip: CostRecord, by: Micro, isLast: boolean): Micro => {
  const moved = isLast ? by : toGrain(by, ONE);
  slip.amount = (slip.amount ?? 0n) + moved;
  return moved;
};

/** By the unit price, in fen; the last slip gets the odd price that an invoice net of VAT often has. */
const movePrice = (slip: CostRecord, by: Micro, isLast: boolean): Micro => {
  const [quantity, price, before] = [slip.quantity ?? 0n, slip.unitPrice ?? 0n, slip.amount ?? 0n];
  const after = isLast ? before + by : timesToFen(quantity, price + toGrain(divideRounded(by * ONE, quantity), FEN));
  slip.unitPrice = isLast
    ? divideRounded(after * ONE, quantity)
    : price + toGrain(divideRounded(by * ONE, quantity), FEN);
  slip.amount = after;
  return after - before;
};

/** Yuan × 10¹⁸ below the fen, in millionths of a yuan; nothing in the tuned year may be finer. */
function belowFen(exact: bigint): bigint {
  if (exact % SINGLE !== 0n) throw new Error('finer than a millionth: choose planned volumes that divide');
  return (((exact / SINGLE) % FEN) + FEN) % FEN;
}

const isWholeUnits = (record: CostRecord): boolean => (record.quantity ?? 0n) % ONE === 0n;

/**
 * For each price that has millionths the largest slip, which notices a few units least. Prices divided by one VAT rate all have
 * nearly the same few rests, whatever the quantity; it takes two rates (or a price to the hundredth of a fen) to reach every rest.
 */
function lattice(evaluation: Evaluation, way: Way): { slip: CostRecord; price: Micro }[] {
  const found = new Map<Micro, CostRecord>();
  for (const [slip, measured] of evaluation.ways) {
    const fits = measured.way === way && measured.price % FEN !== 0n && isPlain(slip);
    if (fits && isWholeUnits(slip) && (slip.quantity ?? 0n) >= 4300n * ONE && (slip.unitPrice ?? 0n) > 0n) {
      if ((slip.quantity ?? 0n) > (found.get(measured.price)?.quantity ?? 0n)) found.set(measured.price, slip);
    }
  }
  return [...found].map(([price, slip]) => ({ slip, price })).slice(0, 3);
}

/** Whole-unit changes, each at most `reach`, whose steps sum to `wanted` modulo a fen; undefined where there are none. */
function combination(steps: readonly number[], wanted: number, reach: number): number[] | undefined {
  const [step, ...others] = steps;
  if (step === undefined) return wanted % Number(FEN) === 0 ? [] : undefined;
  for (let size = 0; size <= reach; size += 1) {
    for (const delta of size === 0 ? [0] : [size, -size]) {
      const rest = combination(others, wanted - delta * step, reach);
      if (rest) return [delta, ...rest];
    }
  }
  return undefined;
}

/** Changes the quantities by a few whole units so that their base price effect clears `rest` below the fen. */
function clearBelowFen(points: { slip: CostRecord; price: Micro }[], rest: bigint): void {
  const steps = points.map(({ price }) => Number(price % FEN));
  const found = [8, 16, 32, 64, 128].reduce<number[] | undefined>(
    (sofar, reach) => sofar ?? combination(steps, Number(-rest), reach),
    undefined,
  );
  if (!found) throw new Error('no combination of whole units clears the rest below the fen');
  points.forEach(({ slip }, index) => {
    const change = found[index] ?? 0;
    const quantity = (slip.quantity ?? 0n) + BigInt(change) * ONE;
    refuseLargeStep(BigInt(change) * ONE, slip.quantity ?? 0n, slip);
    slip.quantity = quantity;
    slip.amount = timesToFen(quantity, slip.unitPrice ?? 0n);
  });
}

/** The target of a norm does not depend on the quantity, so usage slips move the price effect alone. */
function clearFractions(folder: Folder): void {
  const first = evaluate(folder);
  clearBelowFen(lattice(first, 'price'), belowFen(total(first.lines, valueOf)));
  const second = evaluate(folder);
  clearBelowFen(lattice(second, 'usage'), belowFen(total(second.lines, priceReduction)));
}

const missing = (folder: Folder, measure: (line: Line) => bigint, goal: Micro): Micro =>
  goal - total(evaluate(folder).lines, measure) / SINGLE;

type IsEligible = (record: CostRecord, way: Way) => boolean;

/** Which slips may move: dear enough for a step not to show, and never the odd ones. */
const isMaterialSlip: IsEligible = (record, way) =>
  ['price', 'usage'].includes(way) &&
  !record.internal &&
  record.category === 'resource' &&
  (record.amount ?? 0n) > 8000n * ONE &&
  (record.unitPrice ?? 0n) > 9n * ONE &&
  (record.quantity ?? 0n) < 2000n * ONE;

const isBudgetedSum: IsEligible = (record, way) =>
  way === 'amount' && record.item !== '03' && record.quantity === null && (record.amount ?? 0n) > 5000n * ONE;

/**
 * Moves a few slips of every month by small steps until the year comes out at `goal`, exactly: unit prices of materials for
 * the price reduction, sums booked against fixed amounts for the value, settlements without an outside price for the turnover.
 */
export function tune(folder: Folder, goal: Goal): void {
  clearFractions(folder);
  const { ways } = evaluate(folder);
  const choose = (count: number, isEligible: IsEligible): CostRecord[] =>
    spread(folder, count, (record) => isPlain(record) && isEligible(record, ways.get(record)?.way ?? 'uncovered'));
  const isSettlement: IsEligible = (record) =>
    record.internal && record.quantity === null && isApproved(folder.projects, record.project, record.date);

  share(choose(6, isMaterialSlip), -missing(folder, priceReduction, goal.priceReduction), movePrice);
  share(choose(5, isBudgetedSum), -missing(folder, valueOf, goal.synergyValue), moveAmount);
  share(choose(8, isSettlement), missing(folder, turnover, goal.turnover), moveAmount);
}
