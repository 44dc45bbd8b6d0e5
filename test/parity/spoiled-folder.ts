/** Random folders with one to four defects, as people make them: for comparing what two judges say of one folder. */
import { csvCells, type Folder } from '../support/naive/table.js';
import { COLUMNS, type FileName } from '../support/naive/words.js';
import { randomFolder } from '../support/random-folder.js';
import { Random } from '../support/random-folder/random.js';
import { CELL_DEFECTS } from './spoiled-folder/cells.js';
import { FILE_DEFECTS } from './spoiled-folder/files.js';
import { ROW_DEFECTS, TABLE_DEFECTS } from './spoiled-folder/rows.js';
import { Sheets } from './spoiled-folder/sheets.js';

/** File name → bytes. */
export type SpoiledFolder = Readonly<Record<string, Buffer>>;

export interface Spoiled {
  readonly files: SpoiledFolder;
  /** What was done to it, for a person who looks into a failure. */
  readonly defects: readonly string[];
}

/** The same seed always gives the same folder. Now and then the defects leave it valid: then its figures are compared. */
export function spoiledFolder(seed: number): Spoiled {
  const random = new Random(seed * 7919);
  const sheets = new Sheets(tablesOf(randomFolder(seed)));
  const defects: string[] = [];
  const wanted = random.between(1, 4);
  // What is wrong with a row hides what is wrong between rows: every other folder has only that.
  const kinds = random.chance(50) ? [TABLE_DEFECTS] : [CELL_DEFECTS, ROW_DEFECTS, TABLE_DEFECTS];
  for (let done = 0; done < wanted; done += 1) {
    const [name, spoil] = random.pick(random.pick(kinds));
    const where = spoil(random, sheets);
    if (where !== null) defects.push(`${name}: ${where}`);
  }
  const files = new Map(Object.entries(sheets.asFiles()));
  const method = randomFolder(seed)['method.json'];
  if (method !== undefined) files.set('method.json', Buffer.from(method));
  if (defects.length === 0 || (kinds.length > 1 && random.chance(40))) {
    const [name, spoil] = random.pick(FILE_DEFECTS);
    defects.push(`${name}: ${spoil(random, files)}`);
  }
  return { files: Object.fromEntries(files), defects };
}

function tablesOf(folder: Folder): Map<FileName, string[][]> {
  const names = Object.keys(COLUMNS) as FileName[];
  return new Map(
    names.flatMap((name) => (folder[name] === undefined ? [] : [[name, csvCells(folder[name])] as const])),
  );
}
