import { copyRows, type CopyPlan, type CopyResult } from '../../src/platform/csv/csv-to-copy.js';
import { readHeader } from '../../src/platform/csv/header.js';
import { CsvRefusal } from '../../src/platform/csv/refusal.js';

export type Cells = (string | null)[];
/** Row number and values. */
export type Line = [number, ...Cells];

export function* inChunks(bytes: Buffer, sizes: readonly number[]): Generator<Buffer> {
  for (let at = 0, turn = 0; at < bytes.length; turn++) {
    const size = sizes[turn % sizes.length] as number;
    // A copy that is spoilt once it has been taken: nobody may hold on to a chunk.
    const chunk = Buffer.from(bytes.subarray(at, at + size));
    yield chunk;
    chunk.fill(0x21);
    at += size;
  }
}

/** Reads COPY text format back, by the rules of the PostgreSQL manual (COPY, "Text Format"). */
export function readCopyText(text: string): Cells[] {
  if (text === '') return [];
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  if (text.includes('\r')) throw new Error('a bare carriage return, which COPY refuses');
  const letters: Record<string, string> = { t: '\t', n: '\n', r: '\r', '\\': '\\' };
  const unescape = (cell: string) => cell.replace(/\\([\s\S])/g, (_, letter: string) => letters[letter] as string);
  const lines = text.slice(0, -1).split('\n');
  return lines.map((line) => line.split('\t').map((cell) => (cell === '\\N' ? null : unescape(cell))));
}

/** Runs copyRows with every column in its place, or as the plan says. */
export async function copied(
  bytes: Buffer,
  sizes: readonly number[] = [bytes.length || 1],
  plan: Partial<CopyPlan> = {},
): Promise<{ lines: Line[]; result: CopyResult }> {
  const columns = plan.columns ?? (await readHeader(inChunks(bytes, sizes), plan.maxFieldBytes)).names.length;
  const targets = Array.from({ length: columns }, (_, k) => k);
  const run = copyRows(inChunks(bytes, sizes), { columns, targets, ...plan });
  const parts: Buffer[] = [];
  for await (const part of run.output) parts.push(part);
  const cells = readCopyText(Buffer.concat(parts).toString('utf8'));
  const prefixed = plan.prefix?.length ?? 0;
  const lines = cells.map((line): Line => [Number(line[prefixed]), ...line.slice(prefixed + 1)]);
  return { lines, result: run.result };
}

/** `code@row:column` of the refusal that `work` ends in, or '' when it ends well. */
export async function refusalOf(work: () => unknown): Promise<string> {
  try {
    await work();
    return '';
  } catch (error) {
    if (!(error instanceof CsvRefusal)) throw error;
    return `${error.code}@${error.row ?? '-'}:${error.column ?? '-'}`;
  }
}
