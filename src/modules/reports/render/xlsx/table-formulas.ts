/** What stands behind the numbers of a table: a formula over the sheet of data wherever one gives the printed digits. */
import { exact } from '../../../../../analytics/kernel/exact.js';
import type { Figure, Row, Source, Table } from '../../../../../analytics/report/model.js';
import { columnLetter } from '../../../../platform/xlsx/index.js';
import type { CellsBehind } from './cells-behind.js';
import { gives, minus, ofCell, over, printed, rounded, sumOfCells, type Live } from './live-number.js';

/** Where the rows of the table stand on its sheet, from 1, and how many columns stand before its own. */
export interface TablePlace {
  readonly firstRow: number;
  readonly columnsBefore: number;
}

/**
 * The formula of a figure, or null where it can only be stated. First come those that say how it is made up (the sum of the
 * rows, a difference, a ratio, the 尾差), then its own value on the sheet of data.
 */
export function formulaOf(
  cells: CellsBehind,
  table: Table,
  place: TablePlace,
  row: Row,
  column: number,
): string | null {
  const figure = figureAt(cells, row, column);
  if (figure === null || figure.exact === null) return null;
  const own = cells.value(figure);
  const ways = [
    row.kind === 'tail' ? tailOf(cells, table, place, column) : null,
    row.kind === 'total' ? inUnit(figure, totalOf(cells, table, figure, column)) : null,
    inUnit(figure, derivedOf(cells, figure.source)),
    inUnit(figure, own),
  ];
  return ways.find((live) => live !== null && gives(live, figure.shown))?.formula ?? null;
}

const inUnit = ({ unit }: Figure, live: Live | null): Live | null => (live === null ? null : printed(unit, live));

function figureAt(cells: CellsBehind, row: Row, column: number): Figure | null {
  const cell = row.cells[column]!;
  return 'figure' in cell ? cells.figure(cell.figure) : null;
}

const bodyOf = (cells: CellsBehind, { rows }: Table, column: number): readonly (Figure | null)[] =>
  rows.filter(({ kind }) => kind === 'body').map((row) => figureAt(cells, row, column));

/** The sum of the rows above, where the total is just that; ratios and prices are not. */
function totalOf(cells: CellsBehind, table: Table, total: Figure, column: number): Live | null {
  const body = bodyOf(cells, table, column).filter((figure) => figure !== null);
  if (!ADDED_UP.has(total.unit) || body.some((figure) => figure.exact === null)) return null;
  const sum = body.reduce((left, figure) => left + exact(figure.exact!), 0n);
  const range = cells.range(body);
  if (range === null || sum !== exact(total.exact!)) return null;
  return sumOfCells(
    range,
    body.map((figure) => cells.value(figure)!),
  );
}

const ADDED_UP: ReadonlySet<Figure['unit']> = new Set(['wan', 'yuan', 'number']);

/** From two figures that stand on the sheet of data themselves. */
function derivedOf(cells: CellsBehind, source: Source): Live | null {
  if (source.kind !== 'derived' || source.of.length !== 2) return null;
  const [first, second] = source.of.map((part) => cells.valueOf(part));
  if (!first || !second) return null;
  switch (source.rule) {
    case 'difference':
      return minus(first, second);
    case 'rate':
      return over(minus(first, second), second);
    case 'ratio':
      return over(first, second);
    case 'sum':
    case 'effect':
    case 'tail':
      return null;
  }
}

/** RND-3: the total as it is printed less the rows as they are. */
function tailOf(cells: CellsBehind, { rows, ...table }: Table, place: TablePlace, column: number): Live | null {
  const total = rows.findIndex(({ kind }) => kind === 'total');
  const body = bodyOf(cells, { ...table, rows: rows.slice(0, total) }, column);
  const figure = total < 0 ? null : figureAt(cells, rows[total]!, column);
  // Between the first row and the total there is nothing but rows.
  if (figure === null || total === 0 || body.length !== total || body.includes(null)) return null;
  const at = (row: number) => `${columnLetter(place.columnsBefore + column)}${place.firstRow + row}`;
  const range = `${at(0)}:${at(total - 1)}`;
  const sum = body.reduce((left, each) => left + Number(each!.shown), 0);
  const rest = ofCell(at(total), figure.shown);
  return rounded({ formula: `${rest.formula}-SUM(${range})`, value: rest.value - sum }, 2);
}
