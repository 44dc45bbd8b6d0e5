import type { CsvRowError } from '../../../../platform/csv/refusal.js';
import {
  type ByteChunks,
  CsvTokenizer,
  DEFAULT_MAX_FIELD_BYTES,
  type Delimiter,
} from '../../../../platform/csv/tokenizer.js';
import { CopyLines } from '../copy-lines.js';
import { isErrorText } from '../ledger-texts.js';
import { leftOutAs, type LeftOut } from '../left-out-lines.js';
import type { DocumentLines } from '../opened-file.js';
import type { Reading } from '../reading.js';
import { refusalOf } from '../refusals.js';
import type { RowShape } from '../row-shape.js';

export interface ShapedText {
  readonly shape: RowShape;
  readonly delimiter: Delimiter;
  /** Rows down to this one are not read. */
  readonly headerRow: number;
  /** Fewest fields of a row. */
  readonly fewest: number;
  /** Fields beyond must be blank. */
  readonly most: number;
}

/** Books from a text: every row is shaped into the columns of its document. Throws FileRefusal where it cannot be read on. */
export async function* readShaped(
  chunks: ByteChunks,
  text: ShapedText,
  reading: Reading,
  onRows: (rows: number) => void,
): AsyncGenerator<DocumentLines, void, undefined> {
  const { document } = text.shape;
  const rows = new ShapedRows(text, reading);
  try {
    for await (const chunk of chunks) {
      rows.tokenizer.push(chunk);
      rows.readOn();
      const lines = rows.lines.take();
      if (lines !== null) yield { document, lines };
      onRows(reading.rows);
    }
    rows.tokenizer.end();
    rows.readOn();
  } catch (error) {
    throw refusalOf(error);
  }
  yield { document, lines: rows.lines.rest() };
  onRows(reading.rows);
}

class ShapedRows {
  readonly tokenizer: CsvTokenizer;
  readonly lines = new CopyLines();
  private readonly read: readonly (readonly [place: number, column: string])[];
  private readonly cells: (string | null)[];
  private readonly values: (string | null)[];
  private readonly cellAt = (place: number): string | null =>
    place < this.tokenizer.fieldCount ? this.tokenizer.text(place) : null;

  constructor(
    private readonly text: ShapedText,
    private readonly reading: Reading,
  ) {
    this.tokenizer = new CsvTokenizer(DEFAULT_MAX_FIELD_BYTES, text.delimiter);
    this.read = [...text.shape.read];
    this.cells = Array.from({ length: Math.max(0, ...this.read.map(([place]) => place + 1)) }, () => null);
    this.values = text.shape.values.map(() => null);
    reading.of(text.shape.document);
  }

  /** Reads the records that are complete. */
  readOn(): void {
    const { tokenizer, reading, text } = this;
    const { document } = text.shape;
    while (tokenizer.next()) {
      const { row } = tokenizer;
      if (row <= text.headerRow) continue;
      if (tokenizer.isBlank()) {
        reading.addBlank(document);
        continue;
      }
      const leftOut = this.leftOutAs();
      if (leftOut !== null) {
        text.shape.continued?.end();
        reading.addLeftOut(leftOut);
        continue;
      }
      reading.addRow(document, row, tokenizer.fieldCount);
      const error = this.errorOfRow();
      if (error === null) this.addRow(row);
      else this.refuseRow(error);
    }
  }

  private leftOutAs(): LeftOut | null {
    const { tokenizer, text, cellAt } = this;
    return tokenizer.problem === null ? leftOutAs(text.shape, { cellAt, columns: tokenizer.fieldCount }) : null;
  }

  private errorOfRow(): CsvRowError | null {
    const { tokenizer, text } = this;
    const { problem, fieldCount: found, row } = tokenizer;
    if (problem !== null) return problem;
    const isFitting = found >= text.fewest && (found <= text.most || tokenizer.isBlank(text.most));
    return isFitting
      ? null
      : { code: 'column_count', row, expected: found < text.fewest ? text.fewest : text.most, found };
  }

  private addRow(row: number): void {
    const { cells, values, text, reading } = this;
    for (const [place, column] of this.read) {
      const cell = this.cellAt(place);
      cells[place] = cell;
      if (cell === null || !isErrorText(cell)) continue;
      reading.addProblem({ row, column, code: 'error_cell', params: { value: cell } });
      return;
    }
    const shapes = text.shape.values;
    for (let i = 0; i < shapes.length; i++) values[i] = shapes[i]!(cells);
    text.shape.continued?.fill(values);
    this.lines.add(row, values);
  }

  private refuseRow(error: CsvRowError): void {
    const { code, row } = error;
    if ('expected' in error) {
      const params = { expected: String(error.expected), found: String(error.found) };
      this.reading.addProblem({ row, column: '', code, params });
      return;
    }
    const column = this.text.shape.read.get(error.column - 1) ?? String(error.column);
    this.reading.addProblem({ row, column, code, params: {} });
  }
}
