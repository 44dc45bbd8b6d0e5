import type { Mark } from '../../../platform/xlsx-out/mark-cells.js';
import { openWorkbook, type Workbook } from '../../../platform/xlsx/index.js';
import type { FormatLimits, Part } from '../../formats/index.js';
import { rowPlace } from '../../rules/row-number.js';
import type { FindingRow } from '../db/import-answers.js';
import type { FileToReturn } from './mark-file.js';
import { wordedFinding } from './receipt-words.js';

/** What stands at a marked cell: what is wrong and what to do, and the code for whoever asks about it. */
export const commentOf = (finding: FindingRow, importKind: string): string =>
  `${wordedFinding(finding, importKind, 'zh')}（${finding.code}）`;

/** Said on the first cell where not everything could be marked. */
export const countComment = ({ findings, findingCount }: FileToReturn): string | null =>
  findingCount > findings.length
    ? `共 ${findingCount} 处问题，此处标出前 ${findings.length} 处，改正后再交一次。`
    : null;

/** The part of a file that a finding is about. */
export function partOf(finding: FindingRow, parts: readonly Part[]): Part | undefined {
  const { sheet, document } = finding;
  return parts.find(
    (part) => (sheet === null || part.sheet === sheet) && (document === null || part.document === document),
  );
}

/** Where a named column stands in a file, from 0: by its canonical name, its number or its letter; null for none of these. */
export function columnIndex(column: string, part: Pick<Part, 'columns'> | undefined): number | null {
  if (part !== undefined && Object.hasOwn(part.columns, column)) return part.columns[column]!;
  if (/^[1-9]\d{0,4}$/.test(column)) return Number(column) - 1;
  if (!/^[A-Z]{1,3}$/.test(column)) return null;
  return [...column].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

/** Where a finding about a row as a whole is marked. */
export const firstColumn = (part: Pick<Part, 'columns'> | undefined): number =>
  Math.max(0, Math.min(...Object.values(part?.columns ?? { first: 0 })));

/** The cells of a workbook that its findings are about. */
export async function findingMarks(file: FileToReturn, limits: FormatLimits): Promise<Mark[]> {
  const workbook = await openWorkbook(file.path, limits);
  try {
    const headers = new HeaderRows(workbook);
    const first = workbook.sheets.find(({ state }) => state === 'visible')?.name ?? '';
    const parts = file.details.parts ?? [];
    const marks: Mark[] = [];
    for (const finding of file.findings) {
      const part = partOf(finding, parts);
      const sheet = finding.sheet ?? part?.sheet ?? first;
      const row = rowPlace(finding.row).row || part?.headerRow || 1;
      const column =
        columnIndex(finding.column, part) ?? (await headers.find(sheet, row, finding.column)) ?? firstColumn(part);
      marks.push({ sheet, row, column, comment: commentOf(finding, file.importKind) });
    }
    const count = countComment(file);
    if (count !== null && marks.length > 0) {
      marks.unshift({ sheet: marks[0]!.sheet, row: 1, column: 0, comment: count });
    }
    return marks;
  } finally {
    await workbook.close();
  }
}

/** A header stands among the first rows of its sheet (formats). */
const LAST_HEADER_ROW = 64;

/** Finds headers that are none of a table's columns: unknown ones, and those that stand twice. */
class HeaderRows {
  private readonly rows = new Map<string, Map<number, readonly (string | null)[]>>();

  constructor(private readonly workbook: Workbook) {}

  async find(sheet: string, row: number, header: string): Promise<number | null> {
    if (header === '' || row > LAST_HEADER_ROW) return null;
    const known = this.rows.get(sheet) ?? (await this.read(sheet));
    this.rows.set(sheet, known);
    const texts = known.get(row) ?? [];
    // Of a header that stands twice the second is the one too many.
    const at = texts.lastIndexOf(header);
    return at < 0 ? null : at;
  }

  private async read(name: string): Promise<Map<number, readonly (string | null)[]>> {
    const rows = new Map<number, readonly (string | null)[]>();
    const sheet = this.workbook.sheets.find((each) => each.name === name);
    if (sheet === undefined) return rows;
    for await (const batch of this.workbook.readSheet(sheet.index).rows) {
      for (const { rowNo, texts } of batch) if (rowNo <= LAST_HEADER_ROW) rows.set(rowNo, texts);
      if ((batch.at(-1)?.rowNo ?? 0) > LAST_HEADER_ROW) break;
    }
    return rows;
  }
}
