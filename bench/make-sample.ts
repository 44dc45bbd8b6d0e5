/**
 * Writes the illustrative example folders docs/sample/2022 and docs/sample/2023 (示例数据，非真实数据). Deterministic: the same
 * bytes on every run. 2023 is tuned to the mine's published sentence “协同4045万元，实现协同创效108万元，价格降本83万元”.
 */
import { join } from 'node:path';
import { buildYear } from './sample/build-year.js';
import { evaluate, total, valueOf } from './sample/evaluate.js';
import { micro, ONE, show, TRIPLE } from './sample/micro.js';
import { Folder } from './sample/rows.js';
import { writeFolder } from './sample/write-folder.js';

const GOAL_2023 = {
  turnover: micro('40450000.00'),
  synergyValue: micro('1080000.00'),
  priceReduction: micro('830000.00'),
};

function announce(year: number, folder: Folder): void {
  const { lines } = evaluate(folder);
  const yuan = (exact: bigint): string => show(exact / (TRIPLE / ONE), 2);
  console.log(
    `${year}: ${folder.records.length} records, ${folder.baselines.length} baselines; turnover ${yuan(total(lines, (line) => line.turnover))}, ` +
      `synergy value ${yuan(total(lines, valueOf))}, price reduction ${yuan(total(lines, (line) => line.priceReduction))}`,
  );
}

const directory = process.argv[2] ?? join('docs', 'sample');
for (const [year, goal] of [
  [2022, undefined],
  [2023, GOAL_2023],
] as const) {
  const folder = buildYear(year, goal);
  writeFolder(join(directory, String(year)), folder);
  announce(year, folder);
}
