/**
 * Deliberate defects: a copy of the sources with one text replaced, loaded beside the real ones, must be told from the
 * oracle. A defect that nothing notices is a hole in the tests.
 */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, posix } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformSync } from '@swc/core';
import { DIMENSIONS } from '../../analytics/synergy/roll-up.js';
import type { computeFolder } from '../../src/modules/offline/compute-folder.js';
import { naive, type Folder } from './naive.js';
import { csvCells } from './naive/table.js';
import { randomFolder } from './random-folder.js';

export interface Mutant {
  readonly clause: string;
  readonly defect: string;
  /** From the root of the project. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

type ComputeFolder = typeof computeFolder;

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ENTRY = 'src/modules/offline/compute-folder.ts';
const FOLDERS = 240;

const scripts = new Map<string, string>();

function transpiled(path: string, source: string): string {
  return transformSync(source, {
    filename: path,
    configFile: false,
    swcrc: false,
    module: { type: 'es6' },
    jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
  }).code;
}

function sourceOf(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function scriptOf(path: string): string {
  let script = scripts.get(path);
  if (script === undefined) scripts.set(path, (script = transpiled(path, sourceOf(path))));
  return script;
}

/** The scripts that `entry` loads, itself among them, by the path of their source. */
function scriptsUnder(entry: string): Map<string, string> {
  const found = new Map([[entry, scriptOf(entry)]]);
  // A Map may grow while it is walked: the new ones come last.
  for (const [path, script] of found) {
    for (const [, target] of script.matchAll(/from ['"](\.[^'"]+)\.js['"]/g)) {
      const loaded = posix.join(posix.dirname(path), `${target}.ts`);
      if (!found.has(loaded)) found.set(loaded, scriptOf(loaded));
    }
  }
  return found;
}

/** @throws Error when the text to replace does not stand in the file exactly once, or the file is not loaded at all. */
function scriptsWith(mutant: Mutant | null, entry: string): Map<string, string> {
  const all = scriptsUnder(entry);
  if (mutant === null) return all;
  const source = sourceOf(mutant.file);
  const occurrences = source.split(mutant.from).length - 1;
  if (occurrences !== 1) throw new Error(`${mutant.file} has ${occurrences} × ${JSON.stringify(mutant.from)}, not one`);
  if (!all.has(mutant.file)) throw new Error(`${entry} does not load ${mutant.file}`);
  return all.set(
    mutant.file,
    transpiled(
      mutant.file,
      source.replace(mutant.from, () => mutant.to),
    ),
  );
}

/** Loads `entry` with the mutant in it, or, for null, an exact copy; nothing stays on the disk. */
export async function loadWith<Module>(mutant: Mutant | null, entry: string): Promise<Module> {
  const directory = mkdtempSync(join(tmpdir(), 'six-synergies-mutant-'));
  try {
    writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
    for (const [path, script] of scriptsWith(mutant, entry)) {
      const file = join(directory, path.replace(/\.ts$/, '.js'));
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, script);
    }
    return (await import(pathToFileURL(join(directory, entry.replace(/\.ts$/, '.js'))).href)) as Module;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

export const bytesOf = (folder: Folder): Map<string, Uint8Array> =>
  new Map(Object.entries(folder).map(([name, text]) => [name, Buffer.from(text)]));

/**
 * The folders that mutants meet, made once. Random ones have volumes in every period and seldom two gains in one place,
 * so some go without volumes, some without volumes and records, and some claim every adjustment twice (COV-3, GAI-1).
 */
export const mutantFolders: readonly Folder[] = Array.from({ length: FOLDERS }, (_, at) => {
  const folder = randomFolder(at + 1);
  const headerOf = (file: string) => ({ [file]: folder[file]!.slice(0, folder[file]!.indexOf('\n') + 1) });
  switch (at % 8) {
    case 1:
      return { ...folder, ...headerOf('activities.csv') };
    case 3:
      return { ...folder, ...headerOf('activities.csv'), ...headerOf('records.csv') };
    case 5:
      return { ...folder, 'adjustments.csv': withRowsTwice(folder['adjustments.csv']!, ['id', '编号']) };
    default:
      return folder;
  }
});

function withRowsTwice(text: string, keyNames: readonly string[]): string {
  const [header, ...rows] = csvCells(text);
  const key = header!.findIndex((name) => keyNames.includes(name.trim()));
  const again = rows.map((row) => row.map((cell, at) => (at === key ? `${cell.trim()}-again` : cell)));
  const quoted = (cell: string) => `"${cell.replaceAll('"', '""')}"`;
  return [header!, ...rows, ...again].map((row) => row.map(quoted).join(',') + '\n').join('');
}

const expected: string[] = [];

/**
 * The number of the first folder whose figures or issues are not the oracle's; null when there is none. A crash or a
 * refusal does not count: it may come from the way the defect was written, and figures that are wrong must be seen.
 */
export function firstDifference(compute: ComputeFolder): number | null {
  for (const [at, folder] of mutantFolders.entries()) {
    const answer = answerOf(compute, folder);
    expected[at] ??= inOneText(naive(folder, DIMENSIONS));
    if (answer !== null && inOneText(answer) !== expected[at]) return at + 1;
  }
  return null;
}

/** @returns null for a crash or a refusal. */
function answerOf(compute: ComputeFolder, folder: Folder) {
  try {
    const outcome = compute(bytesOf(folder), DIMENSIONS);
    return 'answer' in outcome ? outcome.answer : null;
  } catch {
    return null;
  }
}

/** Whatever the order of keys within rows and measures. */
function inOneText({ rows, total, issues }: Pick<ReturnType<typeof naive>, 'rows' | 'total' | 'issues'>): string {
  return JSON.stringify({ rows, total, issues }, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

export async function computeWith(mutant: Mutant | null): Promise<ComputeFolder> {
  return (await loadWith<{ computeFolder: ComputeFolder }>(mutant, ENTRY)).computeFolder;
}
