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
