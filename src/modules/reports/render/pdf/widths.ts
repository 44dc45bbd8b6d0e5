/** How wide the columns of a table are, and how small its letters must be so that no figure is clipped. In points. */
import type { Figure, Language, Table } from '../../../../../analytics/report/model.js';
import { emsOf } from '../../../../../analytics/report/charts/drawing.js';
import { datesIn } from '../printed-report.js';
import { TEXT_WIDTH } from './page.js';
import { PAGE_WORDS } from './words.js';

export const PADDING = 3;
const SIZES = [10.5, 9.5, 8.5, 7.5, 6.8, 6.1, 5.4];
/** Down to it letters are rather smaller than words on two lines: hundreds of rows would take twice the pages. */
const SMALL = 8.5;
/** Bold letters are wider. */
const SLACK = 1.08;
/** Of a column of words: at least, and at most before its words begin a new line. */
const [LEAST_WORDS, MOST_WORDS] = [5, 18];
/** Words and titles are not broken within that many ems. */
const [LEAST_WORD, LEAST_TITLE] = [11, 4];

export interface Fitted {
  readonly fontSize: number;
  /** The column of line numbers first. */
  readonly widths: readonly number[];
}

/** What a column cannot do without, and what it would like to have, in ems. */
interface Need {
  readonly least: number;
  readonly most: number;
}

export function fitted(table: Table, figures: ReadonlyMap<string, Figure>, language: Language): Fitted {
  const needs = needsOf(table, figures, language);
  const room = TEXT_WIDTH - 2 * PADDING * needs.length;
  const sum = (part: (need: Need) => number) => needs.reduce((ems, need) => ems + part(need), 0);
  const [least, most] = [sum((need) => need.least), sum((need) => need.most)];
  const fontSize =
    SIZES.find((size) => size >= SMALL && most * size <= room) ??
    SIZES.find((size) => least * size <= room) ??
    room / least;
  return { fontSize, widths: shared(needs, room / fontSize).map((ems) => ems * fontSize) };
}

/** Whether words stand on one line of a column of a table, which takes its width for granted up to a hair. */
export const standsOnOneLine = (text: string, { fontSize, widths }: Fitted, column: number): boolean =>
  emsOf(text) * SLACK * fontSize <= widths[column]! + 0.01;

/** Each its least; what is left goes to those that would like more, by how much they would; the rest to the words. */
function shared(needs: readonly Need[], room: number): number[] {
  const left = room - needs.reduce((sum, { least }) => sum + least, 0);
  const wishes = needs.map(({ least, most }) => most - least);
  const wished = wishes.reduce((sum, wish) => sum + wish, 0);
  const share = wished === 0 ? 0 : Math.min(1, left / wished);
  const spare = (left - wished * share) / needs.length;
  return needs.map(({ least }, at) => least + wishes[at]! * share + spare);
}

function needsOf({ columns, rows }: Table, figures: ReadonlyMap<string, Figure>, language: Language): Need[] {
  const numbers = [PAGE_WORDS.rowNo[language], PAGE_WORDS.columnNo[language], ...rows.map(({ no }) => String(no))];
  const rowNo = Math.max(...numbers.map(emsOf)) * SLACK;
  return [
    { least: rowNo, most: rowNo },
    ...columns.map(({ title }, at) => {
      const cells = rows.map(({ cells }) => cells[at]!);
      const shown = cells.flatMap((cell) => ('figure' in cell ? [figures.get(cell.figure)!.shown] : []));
      const texts = cells.flatMap((cell) => ('text' in cell ? [cell.text[language]] : []));
      return needOf(title[language], shown, texts);
    }),
  ];
}

function needOf(title: string, shown: readonly string[], texts: readonly string[]): Need {
  const [figures, words] = [longest(shown) * SLACK, longest(texts) * SLACK];
  const word = Math.min(longest(texts.flatMap(wordsOf)) * SLACK, LEAST_WORD);
  const ofTitle = Math.max(longest(wordsOf(title)), Math.min(emsOf(title), LEAST_TITLE)) * SLACK;
  const least = Math.max(figures, Math.min(words, LEAST_WORDS), word, ofTitle);
  return { least, most: Math.max(least, Math.min(words, MOST_WORDS), Math.min(emsOf(title) * SLACK, 6)) };
}

const longest = (texts: readonly string[]): number => texts.reduce((most, text) => Math.max(most, emsOf(text)), 0);
/** Chinese breaks anywhere but in a date, a Latin word only between words. */
const wordsOf = (text: string): string[] => [...datesIn(text), ...text.split(/[\s/]+|(?<=[⺀-￿])/u)];
