/** `compute FOLDER`: a folder of files computed without a database (README.md). */
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_DIMENSIONS, DIMENSIONS, type Dimension } from '../../analytics/synergy/roll-up.js';
import { computeFolder } from '../modules/offline/compute-folder.js';
import { kindOfFile } from '../modules/rules/messages.js';
import { METHOD_FILE } from '../modules/rules/method.js';
import type { Problem } from '../modules/rules/problem.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { writeRefusal } from './refusal-lines.js';

/** A file is held in memory as a whole, and so are its rows. */
const MAX_FILE_MEGABYTES = 512;
const FORMATS = ['json', 'table'] as const;
type Format = (typeof FORMATS)[number];

interface Request {
  readonly folder: string;
  readonly by: readonly Dimension[];
  /** null: a table for a person at a terminal, JSON for a program. */
  readonly format: Format | null;
}

type Files = ReadonlyMap<string, Uint8Array>;

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { folder, by, format } = readRequest(args);
  const found = await readFolder(folder);
  const outcome = computeFolder(found.files, by);
  // A folder that could not be read as it stands is not judged by what is left of it.
  const problems = found.isWhole && 'problems' in outcome ? [...found.problems, ...outcome.problems] : found.problems;
  if (problems.length > 0) {
    writeRefusal(terminal.stderr, problems);
    return 1;
  }
  if (!('answer' in outcome)) throw new Error('a folder without problems has an answer');
  const { answer } = outcome;
  if ((format ?? (terminal.stdout.isTTY ? 'table' : 'json')) === 'json') {
    terminal.stdout.write(`${JSON.stringify(answer, null, 1)}\n`);
  } else {
    const { tableLines } = await import('./compute-table.js');
    terminal.stdout.write((await tableLines(answer, found.files)).map((line) => `${line}\n`).join(''));
  }
  return 0;
}

function readRequest(args: readonly string[]): Request {
  const { values, positionals } = parsed(args);
  const [folder, ...others] = positionals;
  if (folder === undefined || folder === '') throw new UsageError('请给出文件夹 FOLDER。', 'Please name the FOLDER.');
  if (others.length > 0) throw new UsageError('一次只能计算一个文件夹。', 'Only one folder can be computed at a time.');
  const format = FORMATS.find((known) => known === values.format);
  if (values.format !== undefined && !format) {
    throw new UsageError(`--format 只能是 json 或 table，不能是“${values.format}”。`, '--format is json or table.');
  }
  return { folder, by: values.by === undefined ? DEFAULT_DIMENSIONS : dimensionsOf(values.by), format: format ?? null };
}

function parsed(args: readonly string[]) {
  try {
    const options = { by: { type: 'string' }, format: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
}

/** `--by ''` asks for the total alone. */
function dimensionsOf(text: string): Dimension[] {
  const names = text.split(',').map((name) => name.trim());
  if (names.length === 1 && names[0] === '') return [];
  return names.map((name, i) => {
    const dimension = DIMENSIONS.find((known) => known === name);
    if (!dimension) throw new UsageError(`--by 中没有“${name}”这个维度。`, `--by knows no dimension “${name}”.`);
    if (names.indexOf(name) < i) throw new UsageError(`--by 中“${name}”重复。`, `--by names “${name}” twice.`);
    return dimension;
  });
}

interface FolderReading {
  readonly files: Files;
  readonly problems: readonly Problem[];
  readonly isWhole: boolean;
}

/** The CSV files and method.json that stand in the folder itself; whatever else is there is left alone. */
async function readFolder(folder: string): Promise<FolderReading> {
  const refused = (code: string): FolderReading => {
    return { files: new Map(), problems: [{ file: folder, row: 0, column: '', code, params: {} }], isWhole: false };
  };
  let names: string[];
  try {
    names = (await readdir(folder)).filter((name) => name === METHOD_FILE || /\.csv$/i.test(name)).sort();
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return refused(code === 'ENOENT' ? 'folder_not_found' : code === 'ENOTDIR' ? 'not_a_folder' : 'folder_unreadable');
  }
  const files = new Map<string, Uint8Array>();
  const problems: Problem[] = [];
  const misnamed: Problem[] = [];
  for (const name of names) {
    const problem = (code: string, params = {}): Problem => ({ file: name, row: 0, column: '', code, params });
    const bytes = await readBounded(join(folder, name));
    if (bytes === 'file_too_large') problems.push(problem(bytes, { limit: `${MAX_FILE_MEGABYTES} MB` }));
    else if (bytes === 'file_unreadable') problems.push(problem(bytes));
    // `Records.CSV` must not lose its rows silently.
    else if (!name.endsWith('.csv') && name !== METHOD_FILE) misnamed.push(problem('unknown_file'));
    else files.set(name, bytes);
  }
  const isWhole = problems.length === 0;
  if (isWhole && misnamed.length === 0 && !names.some(kindOfFile)) problems.push(...refused('empty_folder').problems);
  return { files, problems: [...problems, ...misnamed], isWhole };
}

async function readBounded(path: string): Promise<Uint8Array | 'file_too_large' | 'file_unreadable'> {
  try {
    const found = await stat(path);
    if (!found.isFile()) return 'file_unreadable';
    return found.size > MAX_FILE_MEGABYTES * 2 ** 20 ? 'file_too_large' : await readFile(path);
  } catch {
    return 'file_unreadable';
  }
}
