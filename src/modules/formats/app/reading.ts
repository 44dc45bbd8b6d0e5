import { MAX_ROWS } from '../../rules/row-number.js';
import type { TableKind } from '../../rules/tables.js';
import type { LeftOut } from './left-out-lines.js';
import type { FileProblem, FormatLimits, ReadResult } from './opened-file.js';
import { refusal } from './refusals.js';

/** More problems than a person corrects one by one; all are counted. */
const MAX_PROBLEMS = 10_000;

/** What reading finds, as it goes on. */
export class Reading implements ReadResult {
  readonly documents = new Map<TableKind, { rows: number; blank: number }>();
  readonly problems: FileProblem[] = [];
  readonly skippedParts: { name: string; rows: number }[] = [];
  problemCount = 0;
  /** Rows of all documents. */
  rows = 0;
  private cells = 0;

  constructor(private readonly limits: Pick<FormatLimits, 'maxRows' | 'maxCells'>) {}

  addProblem(problem: FileProblem): void {
    this.problemCount++;
    if (this.problems.length < MAX_PROBLEMS) this.problems.push(problem);
  }

  /**
   * Counts a row, with a problem or without.
   * @throws FileRefusal too_many_rows, too_many_cells
   */
  addRow(document: TableKind, row: number, cells: number, sheet?: string): void {
    this.of(document).rows++;
    this.rows++;
    this.cells += cells;
    this.check(row, sheet);
  }

  /** The same for a document that is counted elsewhere: `rows` in all, the last of them row `row`. */
  countRows(document: TableKind, rows: number, row: number, columns: number): void {
    this.of(document).rows = rows;
    this.rows = rows;
    this.cells = rows * columns;
    this.check(row);
  }

  private check(row: number, sheet?: string): void {
    const at = { row, ...(sheet === undefined ? {} : { sheet }) };
    const { maxRows, maxCells } = this.limits;
    if (this.rows > maxRows || row > MAX_ROWS) {
      throw refusal('too_many_rows', at, { limit: String(Math.min(maxRows, MAX_ROWS)) });
    }
    if (this.cells > maxCells) throw refusal('too_many_cells', at, { limit: String(maxCells) });
  }

  /** No row of the table, but said. */
  addLeftOut(name: LeftOut): void {
    const known = this.skippedParts.find((part) => part.name === name);
    if (known === undefined) this.skippedParts.push({ name, rows: 1 });
    else known.rows++;
  }

  addBlank(document: TableKind, rows = 1): void {
    this.of(document).blank += rows;
  }

  of(document: TableKind): { rows: number; blank: number } {
    const known = this.documents.get(document);
    if (known !== undefined) return known;
    const fresh = { rows: 0, blank: 0 };
    this.documents.set(document, fresh);
    return fresh;
  }
}
