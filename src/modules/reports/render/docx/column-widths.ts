/** How wide the columns of a table are and how large its letters: numbers never break, words may. Nothing here is money. */
import { displayWidth } from '../../../../platform/terminal/display-width.js';
import { datesIn } from '../printed-report.js';

export interface CellText {
  readonly text: string;
  /** Numbers and their like stay on one line. */
  readonly isWhole: boolean;
}

export interface ColumnText {
  readonly head: string;
  readonly cells: readonly CellText[];
}

export interface Layout {
  readonly halfPoints: number;
  /** In twentieths of a point. */
  readonly widths: readonly number[];
}

/** 小四 and 五号, and smaller where a wide table has to fit. */
const SIZES = [24, 21, 18, 15, 13, 11];
/** The margins of a cell, the line around it, and a little for fonts that are wider than ours. */
const PADDING = 140;
const HEAD_LINES = 3;
/** In columns of half a character: what words in a cell are given at least, and what they ask for at most. */
const LEAST = 10;
const MOST = 40;

/** The columns of a table of `width` in the largest letters that it has room for. */
export function layoutOf(columns: readonly ColumnText[], width: number): Layout {
  const least = columns.map(leastOf);
  const fits = (halfPoints: number) => sumOf(least.map((each) => twips(each, halfPoints))) <= width;
  const halfPoints = SIZES.find(fits) ?? SIZES.at(-1)!;
  const wanted = columns.map((column, at) => Math.max(least[at]!, wantedOf(column)));
  return { halfPoints, widths: spread(least, wanted, halfPoints, width) };
}

/** What is left beside the least is given by what is wanted beyond it, and then to all alike. */
function spread(least: readonly number[], wanted: readonly number[], halfPoints: number, width: number): number[] {
  const narrow = least.map((each) => twips(each, halfPoints));
  const more = wanted.map((each, at) => twips(each, halfPoints) - narrow[at]!);
  const [left, asked] = [width - sumOf(narrow), sumOf(more)];
  if (left <= 0)
    return whole(
      narrow.map((each) => (each * width) / sumOf(narrow)),
      width,
    );
  const given = asked === 0 ? 0 : Math.min(1, left / asked);
  const rest = (left - asked * given) / narrow.length;
  return whole(
    narrow.map((each, at) => each + more[at]! * given + rest),
    width,
  );
}

/** Whole twips that are together the whole width. */
function whole(widths: readonly number[], width: number): number[] {
  let [exact, taken] = [0, 0];
  return widths.map((each, at) => {
    exact = at === widths.length - 1 ? width : exact + each;
    const own = Math.round(exact) - taken;
    taken += own;
    return own;
  });
}

function leastOf({ head, cells }: ColumnText): number {
  const heads = Math.max(longestWord(head), Math.ceil(displayWidth(head) / HEAD_LINES));
  const bodies = cells.map(({ text, isWhole }) =>
    isWhole ? displayWidth(text) : Math.min(widthOf(text), Math.max(LEAST, Math.min(longestWord(text), MOST / 2))),
  );
  return largest([heads, ...bodies]);
}

const wantedOf = ({ head, cells }: ColumnText): number =>
  Math.min(MOST, largest([displayWidth(head), ...cells.map(({ text }) => widthOf(text))]));

/** The longest piece that a line is not broken in: Chinese is broken between any two characters, but not in a date. */
const longestWord = (text: string): number =>
  largest([...datesIn(text).map(widthOf), ...(text.match(/[\u0021-\u024f]+|./gsu) ?? []).map(displayWidth)]);

const widthOf = (text: string): number => displayWidth(text) + SPACES_OF_DATE * datesIn(text).length;

/** Word keeps a quarter of a sign between digits and Chinese, at five places of a day. */
const SPACES_OF_DATE = 2.5;

/** Half a character is half as wide as the letters are high. */
const twips = (columns: number, halfPoints: number): number => columns * halfPoints * 5 + PADDING;

const sumOf = (all: readonly number[]): number => all.reduce((sum, each) => sum + each, 0);
const largest = (all: readonly number[]): number => all.reduce((most, each) => Math.max(most, each), 0);
