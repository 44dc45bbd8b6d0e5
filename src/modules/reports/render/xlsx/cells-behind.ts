/** The sheet of data: every figure of the report in a row of its own, and where in it the formulas of the others look. */
import type { Block, Figure, Language, Run, Section, Source } from '../../../../../analytics/report/model.js';
import { columnLetter } from '../../../../platform/xlsx/index.js';
import { sheetPrefix } from '../../../../platform/xlsx-out/sheet-names.js';
import { figuresOf, type PrintedReport } from '../printed-report.js';
import { heldText, ofCell, type LiveCell } from './live-number.js';

/** A figure, and the title of the section that mentions it first; '' where none does. */
export interface CellBehind {
  readonly figure: Figure;
  readonly section: string;
}

/** Rows count from 1, columns from 0: title, note and header stand above the first. */
export const FIRST_ROW = 4;
export const VALUE_COLUMN = 2;

export class CellsBehind {
  readonly all: readonly CellBehind[];
  private readonly rows: ReadonlyMap<string, number>;
  readonly figures: ReadonlyMap<string, Figure>;
  private readonly bySource: ReadonlyMap<string | null, Figure>;

  /** `sections` with the titles that they are printed under, `sheet` is the name of the sheet of data. */
  constructor(
    { model, language }: Pick<PrintedReport, 'model' | 'language'>,
    sections: readonly { readonly section: Section; readonly title: string }[],
    private readonly sheet: string,
  ) {
    this.figures = figuresOf(model);
    const titles = new Map<string, string>();
    for (const { section, title } of sections) {
      for (const id of section.blocks.flatMap((block) => mentioned(block, language))) {
        if (this.figures.has(id) && !titles.has(id)) titles.set(id, title);
      }
    }
    for (const { id } of model.figures) if (!titles.has(id)) titles.set(id, '');
    this.all = [...titles].map(([id, section]) => ({ figure: this.figures.get(id)!, section }));
    this.rows = new Map(this.all.map(({ figure }, at) => [figure.id, FIRST_ROW + at]));
    this.bySource = new Map(this.all.toReversed().map(({ figure }) => [sourceKey(figure.source), figure]));
  }

  figure(id: string): Figure {
    return this.figures.get(id)!;
  }

  /** `'数据'!A12` */
  place(id: string, column = 0): string {
    return `${sheetPrefix(this.sheet)}${columnLetter(column)}${this.rows.get(id)!}`;
  }

  /** The cell of a figure’s value; null where it has none. */
  value({ id, unit, exact }: Figure): LiveCell | null {
    if (exact === null) return null;
    return ofCell(this.fixedPlace(this.rows.get(id)!), heldText(unit, exact));
  }

  /** The cell of the first figure that is this sum of cells, or this plan. */
  valueOf(source: Source): LiveCell | null {
    const key = sourceKey(source);
    const figure = key === null ? undefined : this.bySource.get(key);
    return figure === undefined ? null : this.value(figure);
  }

  /** `'数据'!$C$12:$C$20`; null where the figures do not stand one below the other. */
  range(figures: readonly Figure[]): string | null {
    const rows = figures.map(({ id }) => this.rows.get(id)!);
    const [first, last] = [rows[0], rows.at(-1)];
    if (first === undefined || rows.some((row, at) => row !== first + at)) return null;
    return `${this.fixedPlace(first)}:$${columnLetter(VALUE_COLUMN)}$${last}`;
  }

  private fixedPlace(row: number): string {
    return `${sheetPrefix(this.sheet)}$${columnLetter(VALUE_COLUMN)}$${row}`;
  }
}

/** Ids in the order in which they are laid down: a table column by column, so that a total can add up a range. */
function mentioned(block: Block, language: Language): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [];
    case 'paragraph':
      return figuresIn(block.text[language]);
    case 'table':
      return block.columns.flatMap((_, at) =>
        block.rows.flatMap(({ cells }) => {
          const cell = cells[at]!;
          return 'figure' in cell ? [cell.figure] : [];
        }),
      );
    case 'chart':
      return inChart(block);
  }
}

export const figuresIn = (runs: readonly Run[]): string[] =>
  runs.flatMap((run) => (typeof run === 'string' ? [] : [run.figure]));

function inChart(chart: Extract<Block, { kind: 'chart' }>): readonly string[] {
  switch (chart.shape) {
    case 'bridge':
    case 'pareto':
      return chart.bars.map(({ figure }) => figure);
    case 'heat':
      return chart.tiles.flat();
    case 'line':
      return chart.points.flatMap(({ figure, lastYear }) => [figure, lastYear]);
    case 'bullet':
      return chart.bars.flatMap(({ figure, plan }) => [figure, plan]);
  }
}

/**
 * Tells sums of cells and plans apart; null for what is reckoned from others. Of those no formula is a part: it would only
 * say again what stands in the row of the figure itself.
 */
function sourceKey(source: Source): string | null {
  if (source.kind !== 'sum' && source.kind !== 'plan') return null;
  const { periods, department, category, item, nature } = source.place;
  return JSON.stringify([source.kind, source.measure, periods.from, periods.to, department, category, item, nature]);
}
