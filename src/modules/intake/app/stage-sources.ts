import { copyRows as csvToCopy } from '../../../platform/csv/csv-to-copy.js';
import { detectEncoding, utf8Chunks } from '../../../platform/csv/decode.js';
import { readHeader } from '../../../platform/csv/header.js';
import { CsvRefusal } from '../../../platform/csv/refusal.js';
import { copyBytes, copyRows } from '../../../platform/database/copy.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { stagingColumns } from '../../rules/check-sql.js';
import { COLUMNS } from '../../rules/columns.js';
import { refusalProblem, rowShapeProblem } from '../../rules/file-problems.js';
import { readHeaderOf } from '../../rules/header.js';
import type { Problem } from '../../rules/problem.js';
import type { Intake, Source, Staged } from './source.js';

/** Copies every source raw into a staging table of its own; what cannot be read as rows of its kind is said. */
export async function stageSources(tx: Tx, intake: Intake): Promise<{ staged: Staged[]; problems: Problem[] }> {
  const staged: Staged[] = [];
  const problems: Problem[] = [];
  let before = 0;
  for (const source of intake.sources) {
    const onRows = (rows: number) => intake.onProgress('reading', before + rows);
    const table: Staged['table'] = `scratch.import_${intake.importId}_${source.kind}`;
    await tx.rows(`CREATE UNLOGGED TABLE ${table} (${stagingColumns(source.kind)})`);
    const result = 'path' in source ? await stageFile(tx, table, source, onRows) : await stageRow(tx, table, source);
    before += result.rows;
    staged.push({ source, table, rows: result.rows, skipped: result.skipped, encoding: result.encoding });
    problems.push(...result.problems);
  }
  return { staged, problems };
}

type Result = Pick<Staged, 'rows' | 'skipped' | 'encoding'> & { readonly problems: readonly Problem[] };

const columnNames = (source: Source) => ['row_no', ...COLUMNS[source.kind].map(({ name }) => `"${name}"`)];

async function stageFile(
  tx: Tx,
  table: string,
  source: Extract<Source, { path: string }>,
  onRows: (rows: number) => void,
): Promise<Result> {
  try {
    const detected = await detectEncoding(source.path);
    const header = await readHeader(utf8Chunks(source.path, detected));
    const reading = readHeaderOf(source.kind, header.names);
    const headerProblems = reading.problems.map((problem) => ({
      file: source.name,
      row: header.row,
      ...problem,
      params: {},
    }));
    if (headerProblems.length > 0) {
      return { rows: 0, skipped: 0, encoding: detected.encoding, problems: headerProblems };
    }
    const plan = { columns: header.names.length, targets: reading.sources };
    const run = csvToCopy(utf8Chunks(source.path, detected), plan, ({ rows }) => onRows(rows));
    await copyBytes(tx, table, columnNames(source), run.output);
    const { rows, skippedBlank, errorCount, errors } = run.result;
    const problems = errors.map((error) => rowShapeProblem(source.name, error));
    return { rows: rows + errorCount, skipped: skippedBlank, encoding: detected.encoding, problems };
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    return { rows: 0, skipped: 0, encoding: null, problems: [refusalProblem(source.name, error)] };
  }
}

async function stageRow(tx: Tx, table: string, source: Extract<Source, { values: unknown }>): Promise<Result> {
  const row = [1, ...COLUMNS[source.kind].map(({ name }) => source.values[name] ?? null)];
  await copyRows(tx, table, columnNames(source), [row]);
  return { rows: 1, skipped: 0, encoding: null, problems: [] };
}
