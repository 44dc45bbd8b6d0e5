/** What a document says, as a reader finds it that knows nothing of how it was written; and that it says all of its model. */
import { expect } from '@jest/globals';
import type { Block, Chart, Language, ReportModel, Row } from '../../analytics/report/model.js';
import { everySection } from '../analytics/report/read-tables.js';

/** The long form: of the sample’s months and years, in both languages. */
export const IS_SAMPLE = process.env.SAMPLE_REPORTS === '1';

export interface ReadBack {
  /** By the number of a figure: what is printed before it in sentences, or beside it in a list, each time. */
  readonly marked: ReadonlyMap<string, readonly string[]>;
  /** Whether those are the figures of sentences, or a list of all. */
  readonly marks: 'sentences' | 'all';
  /** Of tables, by 行次 and 栏次 as they are printed: `120.3`. */
  readonly cells: ReadonlyMap<string, string>;
  /** Everything that can be read, also what is said of pictures and links. */
  readonly words: readonly string[];
}

/** A drawing by its texts. */
export type ReadDrawing = readonly string[];

export class Collected {
  readonly marked = new Map<string, string[]>();
  readonly cells = new Map<string, string>();
  readonly words: string[] = [];

  mark(number: string, shown: string): void {
    const before = this.marked.get(number);
    if (before === undefined) this.marked.set(number, [shown]);
    else before.push(shown);
  }

  /** A table as lines of texts: what stands in the column of row numbers, then the columns. */
  table(columnNumbers: readonly string[], rows: readonly (readonly string[])[]): void {
    for (const [no, ...texts] of rows) {
      texts.forEach((text, at) => {
        const place = `${no}.${columnNumbers[at]}`;
        if (this.cells.has(place)) throw new Error(`two cells ${place}`);
        this.cells.set(place, text);
      });
    }
  }
}

/** Where the figures of a model stand: each in a sentence, in a table or in a chart, and none in two of them. */
export interface Places {
  /** As often as it is said. */
  readonly inText: readonly string[];
  readonly inCells: readonly string[];
  readonly inCharts: ReadonlyMap<string, readonly string[]>;
}

export function placesOf(model: ReportModel, language: Language): Places {
  const blocks = everySection(model).flatMap((section) => section.blocks);
  return {
    inText: blocks.flatMap((block) => inSentence(block, language)),
    inCells: blocks.flatMap((block) => (block.kind === 'table' ? block.rows.flatMap(inRow) : [])),
    inCharts: new Map(blocks.flatMap((block) => (block.kind === 'chart' ? [[block.id, inChart(block)]] : []))),
  };
}

const inSentence = (block: Block, language: Language): string[] =>
  block.kind === 'paragraph'
    ? block.text[language].flatMap((run) => (typeof run === 'string' ? [] : [run.figure]))
    : [];

const inRow = ({ cells }: Row): string[] => cells.flatMap((cell) => ('figure' in cell ? [cell.figure] : []));

export function inChart(chart: Chart): string[] {
  switch (chart.shape) {
    case 'heat':
      return chart.tiles.flat();
    case 'line':
      return chart.points.flatMap(({ figure, lastYear }) => [figure, lastYear]);
    case 'bullet':
      return chart.bars.flatMap(({ figure, plan }) => [figure, plan]);
    case 'bridge':
    case 'pareto':
      return chart.bars.map(({ figure }) => figure);
  }
}

/** Numbers of a drawing, each whole: `1.00` does not stand in `11.00`. */
const numbersIn = (drawing: ReadDrawing): Set<string> =>
  new Set(drawing.flatMap((text) => text.match(/-?\d+(\.\d+)?|—/gu) ?? []));

/**
 * That each figure stands at its place as the model shows it. `drawings`: texts of the charts, in order; where the pictures
 * of a document cannot be read, they are told by the drawings that they are made from.
 * Answers how many figures were found: all that there are.
 */
export function expectSaid(
  model: ReportModel,
  language: Language,
  { marked, cells, marks }: ReadBack,
  drawings: readonly ReadDrawing[],
): number {
  const shown = new Map(model.figures.map((figure) => [figure.id, figure.shown]));
  const { inText, inCells, inCharts } = placesOf(model, language);
  const expected = (marks === 'all' ? [...shown.keys()] : inText).map((id) => `${id}: ${shown.get(id)}`);
  const found = [...marked].flatMap(([number, texts]) => texts.map((text) => `${number}: ${text}`));
  expect(found.sort()).toEqual(expected.sort());
  const wrong = inCells.filter((id) => cells.get(id) !== shown.get(id));
  expect(wrong.map((id) => `${id}: ${cells.get(id)}, not ${shown.get(id)}`)).toEqual([]);
  const charts = [...inCharts.values()];
  expect(drawings).toHaveLength(charts.length);
  const undrawn = charts.flatMap((ids, at) => {
    const numbers = numbersIn(drawings[at]!);
    return ids.filter((id) => !numbers.has(shown.get(id)!));
  });
  expect(undrawn).toEqual([]);
  return new Set([...inText, ...inCells, ...charts.flat()]).size;
}
