/** A section as a sheet: its sentences, tables and pictures one below the other, in the order of the report. */
import type { Block, Chart, Paragraph, Section, Table } from '../../../../../analytics/report/model.js';
import type { OutCell } from '../../../../platform/xlsx-out/cell-xml.js';
import type { LookName } from '../../../../platform/xlsx-out/looks.js';
import type { OutPicture, OutRow, OutSheet } from '../../../../platform/xlsx-out/sheet-xml.js';
import { codeOf, headingNumber, textOf, type PrintedReport } from '../printed-report.js';
import { figuresIn, type CellsBehind } from './cells-behind.js';
import { tableRows } from './table-rows.js';
import { columnWidths, linesIn, widthOf } from './widths.js';
import { GO, OFFICE, type PageWords } from './words.js';

/** In points: of one line, and of one more. */
const LINE_HEIGHT = 15;
const PIXELS_OF_LINE = 20;
const MAX_PICTURE_PIXELS = 960;

export interface NamedSection {
  readonly section: Section;
  /** As it is printed: 一、总体情况. */
  readonly title: string;
  /** Of its sheet. */
  readonly name: string;
}

export function sectionSheet(
  report: PrintedReport,
  cells: CellsBehind,
  { section, title, name }: NamedSection,
  page: PageWords,
): OutSheet {
  const rows = new SectionRows(report, cells, columnWidths(section, report.language, cells));
  rows.line(title, 'title');
  if (section.absent !== null) rows.line(section.absent[report.language], 'words');
  for (const block of section.blocks) rows.block(block);
  const { widths, all, pictures, breaks } = rows;
  return { name, ...page, widths, rows: all, pictures, breaks, ...inView(section, rows) };
}

/** In points: more of a screen than a third is not kept from scrolling. */
const MOST_FROZEN = 260;

/**
 * Where a section has one table, its header stays in view and stands on every page. Below the header of one table the rows
 * of another would be read wrongly: where there are more it is the title of the section that does.
 */
function inView({ blocks }: Section, { header, all }: SectionRows): Pick<OutSheet, 'frozen' | 'repeated'> {
  const title = { frozen: { rows: 1, columns: 0 }, repeated: [1, 1] } as const;
  if (header === null || blocks.filter(({ kind }) => kind === 'table').length > 1) return title;
  const [, last] = header;
  const height = all.slice(0, last).reduce((sum, row) => sum + (row.height ?? LINE_HEIGHT), 0);
  return { frozen: height > MOST_FROZEN ? title.frozen : { rows: last, columns: 2 }, repeated: header };
}

class SectionRows {
  readonly all: OutRow[] = [];
  readonly pictures: OutPicture[] = [];
  /** A picture begins a page: otherwise one end of it would be on the next. */
  readonly breaks: number[] = [];
  /** First and last row of the first table’s header, from 1. */
  header: readonly [number, number] | null = null;
  private headings = 0;

  constructor(
    private readonly report: PrintedReport,
    private readonly cells: CellsBehind,
    readonly widths: readonly number[],
  ) {}

  block(block: Block): void {
    switch (block.kind) {
      case 'heading':
        this.gap();
        this.line(headingNumber(this.headings++, this.report.language) + block.text[this.report.language], 'heading');
        return;
      case 'paragraph':
        return this.paragraph(block);
      case 'table':
        return this.table(block);
      case 'chart':
        return this.chart(block);
    }
  }

  /** One text over the whole width. */
  line(text: string, look: LookName): void {
    this.whole(text, look, 0, null);
  }

  /** `from`: its first column; the cell before it, if there is one, leads elsewhere. */
  private whole(text: string, look: LookName, from: number, before: OutCell | null): void {
    const own = this.widths.slice(from).map((_, at): OutCell => ({ text: at === 0 ? text : '', look }));
    // Of a title a character takes more room.
    const lines = linesIn(text, widthOf(this.widths.slice(from)) * (look === 'title' ? 0.75 : 1));
    this.all.push({
      cells: before === null ? own : [before, ...own],
      height: lines * LINE_HEIGHT + (look === 'title' ? 9 : 3),
      merged: [from, this.widths.length - 1],
    });
  }

  /**
   * Beside it a link to the row of its first figure, below which stand the others. A sentence that is itself a link is
   * shown on one line by some spreadsheets, and cut off.
   */
  private paragraph({ origin, text }: Paragraph): void {
    const { report, cells } = this;
    const { language } = report;
    const words = textOf(cells.figures, text[language]);
    const [first, ...others] = figuresIn(text[language]);
    const codes = [first, others.at(-1)].flatMap((id) => (id === undefined ? [] : [codeOf(report, id)]));
    const trace: OutCell =
      first === undefined
        ? { text: '', look: 'trace' }
        : { text: GO[language], look: 'trace', link: { place: cells.place(first), tip: codes.join(' … ') } };
    if (origin === 'office') this.whole(OFFICE[language] + words, 'marked', 1, trace);
    else this.whole(words, 'words', 1, trace);
  }

  private table(table: Table): void {
    this.gap();
    const { header, body } = tableRows(this.report, this.cells, table, this.all.length, this.widths);
    this.header ??= [this.all.length + 1, this.all.length + header.length];
    this.all.push(...header);
    this.all.push(...body);
    this.gap();
  }

  private chart({ id, title, alt }: Chart): void {
    const { report } = this;
    this.gap();
    this.breaks.push(this.all.length);
    this.line(title[report.language], 'caption');
    const drawn = report.charts.get(id);
    if (drawn === undefined) return this.line(alt[report.language], 'words');
    const scale = Math.min(1, MAX_PICTURE_PIXELS / drawn.width);
    const [width, height] = [drawn.width * scale, drawn.height * scale];
    this.pictures.push({
      ...{ png: drawn.png, width, height, alt: alt[report.language] },
      ...{ row: this.all.length + 1, column: 0 },
    });
    for (let line = 0; line < Math.ceil(height / PIXELS_OF_LINE) + 1; line++) this.gap();
  }

  private gap(): void {
    this.all.push({ cells: [], height: LINE_HEIGHT });
  }
}
