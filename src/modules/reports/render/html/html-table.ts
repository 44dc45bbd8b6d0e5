import type { Cell, Column, Figure, Row, Table } from '../../../../../analytics/report/model.js';
import { escaped } from '../../../../platform/html/page.js';
import { UNIT_WORDS, codeOf, linkOf, type PrintedReport } from '../printed-report.js';

export interface Context {
  readonly report: PrintedReport;
  readonly figures: ReadonlyMap<string, Figure>;
}

/** A figure that leads to its lines; where it has no value, with the reason beside it. */
export function linkedFigure({ report, figures }: Context, id: string): string {
  const { shown, reason } = figures.get(id)!;
  const why = reason === undefined ? codeOf(report, id) : reason[report.language];
  return `<a class="figure" href="${escaped(linkOf(report, id))}" title="${escaped(why)}">${escaped(shown)}</a>`;
}

const WORDS = {
  unit: { zh: '单位：', en: 'Unit: ' },
  row: { zh: '行次', en: 'Row' },
  column: { zh: '栏次', en: 'Column' },
} as const;

export function htmlTable(context: Context, { title, unit, columns, rows }: Table): string {
  const { language } = context.report;
  const unitLine = unit === null ? '' : `<p class="unit">${WORDS.unit[language]}${UNIT_WORDS[unit][language]}</p>\n`;
  const heads = columns.map((column) => `<th scope="col">${escaped(column.title[language])}</th>`).join('');
  const numbers = columns.map((_, at) => `<td class="no">${at + 1}</td>`).join('');
  return [
    `<table>\n<caption>${escaped(title[language])}${unitLine}</caption>\n`,
    `<thead><tr><th scope="col" class="no">${WORDS.row[language]}</th>${heads}</tr>\n`,
    `<tr><td class="no">${WORDS.column[language]}</td>${numbers}</tr></thead>\n<tbody>\n`,
    ...rows.map((row) => rowHtml(context, columns, row)),
    '</tbody>\n</table>\n',
  ].join('');
}

function rowHtml(context: Context, columns: readonly Column[], { no, kind, cells }: Row): string {
  const className = kind === 'body' ? '' : ` class="${kind}"`;
  const content = cells.map((cell, at) => cellHtml(context, cell, columns[at]!)).join('');
  return `<tr${className}><td class="no">${no}</td>${content}</tr>\n`;
}

function cellHtml(context: Context, cell: Cell, column: Column): string {
  if ('figure' in cell) return `<td class="number">${linkedFigure(context, cell.figure)}</td>`;
  const className = cell.origin === 'office' ? ' class="office"' : column.unit === null ? '' : ' class="number"';
  return `<td${className}>${escaped(cell.text[context.report.language])}</td>`;
}
