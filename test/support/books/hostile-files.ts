import { Random } from '../random-folder/random.js';
import { cellFiles } from './hostile-cells.js';
import { containerFiles } from './hostile-containers.js';
import { csvFiles } from './hostile-csv.js';
import type { HostileFile } from './hostile-file.js';
import { rowFiles } from './hostile-rows.js';
import { sheetFiles } from './hostile-sheets.js';
import { textFiles } from './hostile-texts.js';
import { u8Files } from './hostile-u8.js';
import { xmlFiles } from './hostile-xml.js';

/** Several hundred odd and hostile files with their verdicts, the same for the same seed. */
export const hostileFiles = (seed: number): HostileFile[] => [
  ...[...containerFiles(seed), ...cellFiles, ...textFiles, ...sheetFiles],
  ...[...csvFiles, ...rowFiles, ...xmlFiles(seed), ...u8Files],
];

/** One file of every kind, picked by chance: files are of a kind when they are made alike and have the same verdict. */
export function oneOfEveryKind(files: readonly HostileFile[], seed: number): HostileFile[] {
  const kinds = new Map<string, HostileFile[]>();
  for (const file of files) {
    const { sums, codes } = file.verdict;
    const kind = JSON.stringify([file.name.split(':')[0], sums.length > 0, codes]);
    kinds.set(kind, [...(kinds.get(kind) ?? []), file]);
  }
  const random = new Random(seed);
  return [...kinds.values()].map((ofKind) => random.pick(ofKind));
}
