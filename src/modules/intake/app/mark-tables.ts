import type { Mark } from '../../../platform/xlsx-out/mark-cells.js';
import type { PlainSheet } from '../../../platform/xlsx-out/plain-workbook.js';
import { rowPlace } from '../../rules/row-number.js';
import type { FindingRow } from '../db/import-answers.js';
import { commentOf, countComment } from './mark-places.js';
import type { FileToReturn } from './mark-file.js';
import { wordedColumn, wordedFinding } from './receipt-words.js';

/** Rows that are given back whether or not something is wrong with them; of those behind only the bad ones are. */
export const RETURNED_ROWS = 20_000;
export const ROW_NUMBER = '原文件行号';
const SHEET_NAME = '需要改正的数据';

/** A row of a file on its way back: which of the file's rows it is, and what stands in it. */
export interface ReturnedRow {
  /** As findings name it, with its element where a file has rows of several. */
  readonly key: string;
  readonly texts: readonly (string | null)[];
}

/** How the rows of a file are laid out in the workbook that goes back. */
export interface TableLayout {
  readonly headers: readonly string[];
  readonly rows: AsyncIterable<ReturnedRow>;
  /** The key of the row that a finding is about; null: the file, or its header. */
  keyOf(finding: FindingRow): string | null;
  /** The column of the workbook, from 0. */
  columnOf(finding: FindingRow): number;
}

/** The rows of a file as a sheet, and where on it the findings are: known once the rows are written. */
export class ReturnedTable {
  private readonly findingsOf = new Map<string, FindingRow[]>();
  private readonly placed: Mark[] = [];
  private layout: TableLayout | null = null;

  constructor(
    private readonly file: FileToReturn,
    private readonly lay: () => Promise<TableLayout>,
  ) {}

  async sheet(): Promise<PlainSheet> {
    this.layout = await this.lay();
    for (const finding of this.file.findings) {
      const key = this.layout.keyOf(finding);
      if (key === null) this.place(finding, 1, this.layout.columnOf(finding));
      else if (this.findingsOf.has(key)) this.findingsOf.get(key)!.push(finding);
      else this.findingsOf.set(key, [finding]);
    }
    const columns = this.layout.headers.map((header) => ({
      header,
      width: Math.min(Math.max(header.length * 2, 12), 40),
    }));
    return { name: SHEET_NAME, columns, rows: this.rows(this.layout) };
  }

  /** What is wrong with rows that could not be read stands at the first cell. */
  marks(): Mark[] {
    const count = countComment(this.file);
    if (count !== null) this.placed.unshift({ sheet: SHEET_NAME, row: 1, column: 0, comment: count });
    for (const [, findings] of this.findingsOf) for (const finding of findings) this.place(finding, 1, 0, true);
    return this.placed;
  }

  private async *rows(layout: TableLayout): AsyncGenerator<readonly (string | null)[], void, undefined> {
    let written = 1;
    let passed = 0;
    for await (const { key, texts } of layout.rows) {
      const findings = this.findingsOf.get(key);
      if (findings === undefined && written > RETURNED_ROWS) {
        if (passed++ === 0) {
          written++;
          yield [null, `以下只列出有问题的行（前 ${RETURNED_ROWS} 行已全部列出）`];
        }
        continue;
      }
      written++;
      for (const finding of findings ?? []) this.place(finding, written, layout.columnOf(finding));
      this.findingsOf.delete(key);
      yield texts;
    }
  }

  private place(finding: FindingRow, row: number, column: number, isElsewhere = false): void {
    const at = isElsewhere ? `第 ${rowPlace(finding.row).row} 行：` : '';
    this.placed.push({ sheet: SHEET_NAME, row, column, comment: at + commentOf(finding, this.file.importKind) });
  }
}

/** The findings themselves, for a file of which nothing can be shown. */
export function findingsTable({ name, findings, importKind }: FileToReturn): PlainSheet {
  const rows = findings.map((finding) => [
    finding.file || name,
    finding.sheet,
    finding.row === 0 ? '全文' : String(rowPlace(finding.row).row),
    wordedColumn(finding, importKind, 'zh') || null,
    wordedFinding(finding, importKind, 'zh'),
    finding.code,
  ]);
  const columns = [
    { header: '文件', width: 24 },
    { header: '工作表', width: 16 },
    { header: '行', width: 8 },
    { header: '列', width: 16 },
    { header: '哪里不对，怎么办', width: 80 },
    { header: '代码', width: 24 },
  ];
  return {
    name: '问题',
    columns,
    rows: (async function* () {
      yield* await Promise.resolve(rows);
    })(),
  };
}
