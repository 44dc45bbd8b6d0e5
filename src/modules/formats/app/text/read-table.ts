import { copyRows } from '../../../../platform/csv/csv-to-copy.js';
import type { ByteChunks, Delimiter } from '../../../../platform/csv/tokenizer.js';
import { contractColumns, type ContractTable } from '../contract-table.js';
import type { DocumentLines, Part } from '../opened-file.js';
import type { Reading } from '../reading.js';
import { refusalOf } from '../refusals.js';

export interface TextTable {
  readonly table: ContractTable;
  readonly columns: number;
  readonly delimiter: Delimiter;
  readonly headerRow: number;
  /** The rows above the header are nothing: a line sep=, is one. */
  readonly isHeaderStated: boolean;
}

/** A table of the contract from a text: the bytes of its fields go straight into the lines, no string is made of them. */
export async function* readTable(
  chunks: ByteChunks,
  { table, columns, delimiter, headerRow, isHeaderStated }: TextTable,
  reading: Reading,
  onRows: (rows: number) => void,
): AsyncGenerator<DocumentLines, void, undefined> {
  const document = table.kind;
  const plan = { columns, targets: table.reading.sources, delimiter, ...(isHeaderStated ? { headerRow } : {}) };
  const run = copyRows(chunks, plan, () => {
    const { rows, errorCount, skippedBlank } = run.result;
    reading.countRows(document, rows + errorCount, headerRow + rows + errorCount + skippedBlank, columns);
    onRows(rows);
  });
  try {
    for await (const lines of run.output) yield { document, lines };
  } catch (error) {
    throw refusalOf(error);
  }
  const { rows, errorCount, skippedBlank, errors } = run.result;
  reading.countRows(document, rows + errorCount, headerRow + rows + errorCount + skippedBlank, columns);
  reading.addBlank(document, skippedBlank);
  for (const { code, row, ...more } of errors) {
    const params: Record<string, string> =
      'expected' in more ? { expected: String(more.expected), found: String(more.found) } : {};
    reading.addProblem({ row, column: 'column' in more ? String(more.column) : '', code, params });
  }
  reading.problemCount += errorCount - errors.length;
}

export const tablePart = ({ table, headerRow }: TextTable): Part => ({
  ...{ sheet: null, sheetIndex: 0, document: table.kind, headerRow, columns: contractColumns(table), ignored: [] },
});
