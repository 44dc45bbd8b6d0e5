import type { Block, Language, ReportModel, Section, Table } from '../../../analytics/report/model.js';

/** Restatement, sections and annexes, as they follow one another. */
export const everySection = ({ restatement, sections, annexes }: ReportModel): Section[] => [
  ...(restatement === null ? [] : [restatement]),
  ...sections,
  ...annexes,
];

export function tableOfId(report: ReportModel, id: string): Table | undefined {
  const blocks = everySection(report).flatMap((section) => section.blocks);
  return blocks.find((block: Block): block is Table => block.kind === 'table' && block.id === id);
}

/** A table as it is printed, without its row numbers; `total` and `tail` rows say what they are in their first cell. */
export function rowsOf(report: ReportModel, id: string, language: Language = 'zh'): string[] {
  const shown = new Map(report.figures.map((figure) => [figure.id, figure.shown]));
  const table = tableOfId(report, id);
  if (table === undefined) throw new Error(`no table ${id}`);
  return table.rows.map(({ cells }) =>
    cells.map((cell) => ('text' in cell ? cell.text[language] : shown.get(cell.figure)!)).join(' | '),
  );
}
