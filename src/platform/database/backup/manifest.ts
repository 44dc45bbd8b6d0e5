import type { LastingTable, SequenceState } from './catalog.js';
import { isSha256 } from './digest.js';
import { Shape, ShapeError } from './shape.js';

/** The layout of the folder that this program writes and reads. */
export const FORMAT = 'six-synergies-backup';
export const FORMAT_VERSION = 1;

/** One file of the backup: what its bytes must be. */
export interface FileFacts {
  readonly bytes: number;
  readonly sha256: string;
}

export interface TableFacts extends LastingTable, FileFacts {
  readonly rows: number;
}

/** What a backup holds. It is written last: a folder without it is no backup. */
export interface Manifest {
  /** The moment that the whole backup shows, ISO 8601. */
  readonly takenAt: string;
  /** Version of the program that wrote it. */
  readonly program: string;
  /** Version of the server that it was taken from. */
  readonly postgres: string;
  /** Names, the oldest first. */
  readonly migrations: readonly string[];
  readonly tables: readonly TableFacts[];
  readonly sequences: readonly SequenceState[];
  /** The list of the stored files, and how many stand on it. */
  readonly files: FileFacts & { readonly count: number };
  /** What the caller wants noted of the same moment. */
  readonly facts: unknown;
}

/** Names inside the folder. That of a table's file is made from the table's name, so a manifest can name no path. */
export const MANIFEST_FILE = 'manifest.json';
export const FILES_LIST = 'files.list';
export const FILES_FOLDER = 'files';
export const TABLES_FOLDER = 'tables';
export const tableFile = (table: string): string => `${TABLES_FOLDER}/${table}.copy.gz`;
export const storedFile = (sha256: string): string => `${FILES_FOLDER}/${sha256.slice(0, 2)}/${sha256}`;

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify({ format: FORMAT, version: FORMAT_VERSION, ...manifest }, null, 2)}\n`;
}

/** A layout of a later program. */
export class NewerFormat extends Error {}

const NAME = /^[a-z_][a-z0-9_]{0,62}$/;
const MIGRATION = /^[A-Za-z_][A-Za-z0-9_]{0,199}$/;
const WHOLE = /^-?\d{1,19}$/;

/**
 * Takes nothing for granted: the text comes from outside, and its names go into statements and paths.
 * @throws ShapeError naming the place that is not as it should be
 * @throws NewerFormat
 */
export function parseManifest(text: string): Manifest {
  const top = Shape.of(text);
  top.at('format').matching(new RegExp(`^${FORMAT}$`));
  const version = top.at('version').wholeNumber();
  if (version > FORMAT_VERSION) throw new NewerFormat(String(version));
  const files = top.at('files');
  const manifest: Manifest = {
    takenAt: top.at('takenAt').matching(/^\d{4}-\d\d-\d\dT[\d:.]{8,15}Z$/),
    program: top.at('program').matching(/^[\w.+-]{1,40}$/),
    postgres: top.at('postgres').matching(/^[\w.+() ~-]{1,100}$/),
    migrations: top.at('migrations').each((name) => name.matching(MIGRATION)),
    tables: top.at('tables').each((table) => ({
      name: table.at('name').matching(NAME),
      columns: table.at('columns').each((column) => column.matching(NAME)),
      rows: table.at('rows').wholeNumber(),
      ...fileFacts(table),
    })),
    sequences: top.at('sequences').each((sequence) => ({
      name: sequence.at('name').matching(NAME),
      lastValue: sequence.at('lastValue').matching(WHOLE),
      isCalled: sequence.at('isCalled').flag(),
    })),
    files: { count: files.at('count').wholeNumber(), ...fileFacts(files) },
    facts: top.at('facts').value,
  };
  refuseDoubled('tables', manifest.tables);
  refuseDoubled('sequences', manifest.sequences);
  return manifest;
}

function fileFacts(shape: Shape): FileFacts {
  const sha256 = shape.at('sha256');
  if (!isSha256(sha256.text())) throw new ShapeError(sha256.path);
  return { bytes: shape.at('bytes').wholeNumber(), sha256: sha256.text() };
}

function refuseDoubled(path: string, named: readonly { readonly name: string }[]): void {
  const seen = new Set<string>();
  for (const [i, { name }] of named.entries()) {
    if (seen.has(name)) throw new ShapeError(`${path}[${i}].name`);
    seen.add(name);
  }
}
