/** A table as the committee's papers have it: unit at the top right, 行次 and 栏次, and below it why a figure is missing. */
import type { Cell, Language, Row, Table } from '../../../../../analytics/report/model.js';
import { layoutOf, type CellText, type ColumnText, type Layout } from './column-widths.js';
import { paragraphOf, runOf } from './elements.js';
import type { Page } from './page.js';
import { absenceWords } from './absences.js';
import { COLUMN, ROW, unitWords } from './words.js';

export function tableXml(page: Page, table: Table): string {
  const { styles, report } = page;
  const { language } = report;
  const unit = table.unit === null ? '' : unitWords(table.unit, language);
  // A table ends with a paragraph, or Word would make one table of it and the next.
  const note = absenceWords(page, table);
  return [
    paragraphOf(styles.tableTitle, runOf(table.title[language], { isChinese: language === 'zh' })),
    paragraphOf(styles.tableUnit, runOf(unit, { isChinese: language === 'zh' })),
    gridXml(page, table),
    paragraphOf(styles.tableNote, note === '' ? '' : runOf(note, { isChinese: language === 'zh' })),
  ].join('');
}

function gridXml(page: Page, table: Table): string {
  const { language } = page.report;
  const layout = layoutOf(columnTexts(page, table), page.width);
  const writer = new GridWriter(page, layout, language);
  const grid = layout.widths.map((width) => `<w:gridCol w:w="${width}"/>`).join('');
  const properties = `<w:tblPr><w:tblStyle w:val="${page.styles.table}"/><w:tblW w:w="${page.width}" w:type="dxa"/><w:jc w:val="center"/><w:tblLayout w:type="fixed"/></w:tblPr>`;
  const heads = [
    writer.head([ROW[language], ...table.columns.map(({ title }) => title[language])]),
    writer.head([COLUMN[language], ...table.columns.map((_, at) => String(at + 1))]),
  ];
  const rows = table.rows.map((row) => writer.row(row));
  return `<w:tbl>${properties}<w:tblGrid>${grid}</w:tblGrid>${heads.join('')}${rows.join('')}</w:tbl>`;
}

/** What is in each column, 行次 first. */
function columnTexts(page: Page, { columns, rows }: Table): ColumnText[] {
  const { language } = page.report;
  const numbers: ColumnText = {
    head: ROW[language],
    cells: [COLUMN[language], ...rows.map(({ no }) => String(no))].map((text) => ({ text, isWhole: true })),
  };
  return [
    numbers,
    ...columns.map(({ title }, at) => ({
      head: title[language],
      cells: rows.map(({ cells }) => cellText(page, cells[at]!)),
    })),
  ];
}

const cellText = ({ figures, report }: Page, cell: Cell): CellText =>
  'figure' in cell
    ? { text: figures.get(cell.figure)!.shown, isWhole: true }
    : { text: cell.text[report.language], isWhole: false };

/** As beside a paragraph of the office's own words. */
const OFFICE_BAR = '<w:tcBorders><w:left w:val="single" w:sz="24" w:space="0" w:color="595959"/></w:tcBorders>';

class GridWriter {
  constructor(
    private readonly page: Page,
    private readonly layout: Layout,
    private readonly language: Language,
  ) {}

  /** Repeated on every page that the table goes on to. */
  head(texts: readonly string[]): string {
    const cells = texts.map((text, at) => this.cell(at, this.page.styles.tableHead, text));
    return `<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>${cells.join('')}</w:tr>`;
  }

  row({ no, kind, cells }: Row): string {
    const { tableHead, tableNumber, tableWords } = this.page.styles;
    const written = cells.map((cell, at) => {
      const style = 'figure' in cell ? tableNumber : tableWords;
      const isOffice = 'text' in cell && cell.origin === 'office';
      return this.cell(at + 1, style, cellText(this.page, cell).text, kind, isOffice ? OFFICE_BAR : '');
    });
    return `<w:tr><w:trPr><w:cantSplit/></w:trPr>${this.cell(0, tableHead, String(no), kind)}${written.join('')}</w:tr>`;
  }

  private cell(at: number, style: string, text: string, kind: Row['kind'] = 'body', borders = ''): string {
    const look = {
      ...{ isBold: kind === 'total', isItalic: kind === 'tail', halfPoints: this.layout.halfPoints },
      isChinese: this.language === 'zh',
    };
    const runs = text === '' ? '' : runOf(text, look);
    return `<w:tc><w:tcPr><w:tcW w:w="${this.layout.widths[at]!}" w:type="dxa"/>${borders}<w:vAlign w:val="center"/></w:tcPr>${paragraphOf(style, runs)}</w:tc>`;
  }
}
