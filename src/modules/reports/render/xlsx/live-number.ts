/**
 * Formulas that a spreadsheet reckons to just the digits that the report prints (RND-1). A spreadsheet knows binary numbers
 * only, so what is half a step in decimals may lie a hair below it: `ROUND(A1/10000,2)` of 1,234,550 yuan rounds 123.455,
 * which no binary number is. Here every rounding is of a value whose halves are exact: yuan ÷ 100 to whole numbers, and a
 * ratio only after it has been rounded to the places that it has. Numbers in this file are a spreadsheet’s, of which no
 * figure is made: they say whether a formula may stand beside its figure.
 */
import type { Unit } from '../../../../../analytics/report/model.js';

/** A formula without its `=`, and what binary arithmetic makes of it. */
export interface Live {
  readonly formula: string;
  readonly value: number;
}

/** Of what a spreadsheet holds of a decimal, no digit is made up. */
const MAX_DIGITS = 15;
/** Quotients have twelve (analytics/report/datum.ts); of yuan more than six never decide how they are printed. */
const PLACES: Readonly<Record<Unit, number>> = {
  ...{ wan: 6, yuan: 6, yuanPerTonne: 6, number: 6 },
  ...{ percent: 12, points: 12, index: 12 },
};

/**
 * A plain decimal as a spreadsheet can hold it: what it has no room for is cut off, not rounded, so that it stays on its
 * side of every half.
 */
export function heldText(unit: Unit, exact: string): string {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(exact)!;
  const places = Math.max(0, Math.min(PLACES[unit], MAX_DIGITS - (whole === '0' ? 0 : whole!.length)));
  const kept = fraction.slice(0, places).replace(/0+$/, '');
  const text = kept === '' ? whole! : `${whole}.${kept}`;
  return /[1-9]/.test(text) ? sign! + text : text;
}

/** A cell that holds a decimal, as `heldText` made it. */
export interface LiveCell extends Live {
  readonly places: number;
}

export const ofCell = (place: string, text: string): LiveCell => ({
  ...{ formula: place, value: Number(text) },
  places: text.split('.')[1]?.length ?? 0,
});

/** Of cells that stand in one range. Sums of binary numbers are off by a hair: rounding to the places of the parts undoes it. */
export function sumOfCells(range: string, cells: readonly LiveCell[]): Live {
  const value = cells.reduce((sum, cell) => sum + cell.value, 0);
  return rounded({ formula: `SUM(${range})`, value }, placesOf(cells));
}

export const minus = (a: LiveCell, b: LiveCell): Live =>
  rounded({ formula: `${a.formula}-${b.formula}`, value: a.value - b.value }, placesOf([a, b]));

const placesOf = (cells: readonly LiveCell[]): number => Math.max(2, ...cells.map(({ places }) => places));

export const over = (a: Live, b: Live): Live => ({ formula: `${a.formula}/${b.formula}`, value: a.value / b.value });

export function rounded({ formula, value }: Live, places: number): Live {
  const scale = 10 ** places;
  const steps = Math.floor(Math.abs(value) * scale + 0.5);
  return { formula: `ROUND(${formula},${places})`, value: (Math.sign(value) * steps) / scale };
}

const HUNDRED: Live = { formula: '100', value: 100 };

/** The value as `Figures` prints it, in the unit’s own two decimals. */
export function printed(unit: Unit, live: Live): Live {
  switch (unit) {
    case 'wan':
      // Halves are whole yuan that end in 50: exact, and so is a hundredth of them.
      return over(rounded(over(live, HUNDRED), 0), HUNDRED);
    case 'yuan':
    case 'yuanPerTonne':
      return over(inWholeSteps(live, 100, PLACES[unit] - 2), HUNDRED);
    case 'percent':
    case 'points':
    case 'index':
      return over(inWholeSteps(live, 10_000, PLACES[unit] - 4), HUNDRED);
    case 'number':
      return rounded(live, 0);
  }
}

/** Hundredths of what is printed, as a whole number: first rounded to the `places` that the product has, then to none. */
function inWholeSteps(live: Live, factor: number, places: number): Live {
  const product: Live = { formula: `${live.formula}*${factor}`, value: live.value * factor };
  const wholeDigits = String(Math.trunc(Math.abs(product.value))).length;
  const room = Math.min(places, MAX_DIGITS - wholeDigits);
  return rounded(room > 0 ? rounded(product, room) : product, 0);
}

/** Whether a formula gives the figure as it is printed. */
export const gives = (live: Live, shown: string): boolean => live.value === Number(shown);
