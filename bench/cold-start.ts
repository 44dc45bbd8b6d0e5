/** From starting the process to ready: the first start ever in a folder (≤ 5 s), and a later one (≤ 2 s) (issue 2). */
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Bench } from './support/bench.js';
import { readOptions } from './support/options.js';
import { goalLine, print, printTable, SPREAD, spreadCells } from './support/report.js';
import { startService } from './support/service.js';
import { spreadOf } from './support/statistics.js';

const options = readOptions({ rounds: 5 });

const FIRST_GOAL_MS = 5000;
const LATER_GOAL_MS = 2000;

interface Start {
  readonly ms: number;
  /** Of which until PostgreSQL runs: initdb on the first start, and its own start. */
  readonly databaseMs: number;
}

async function start(bench: Bench, dataDir: string): Promise<Start> {
  await rm(`${dataDir}.log`, { force: true });
  const service = await startService(bench, dataDir);
  await service.stop();
  const log = await readFile(`${dataDir}.log`, 'utf8');
  const line = log.split('\n').find((text) => text.includes('"embedded database started"'));
  return { ms: service.readyMs, databaseMs: line === undefined ? Number.NaN : (JSON.parse(line) as { ms: number }).ms };
}

await Bench.run('冷启动：从启动进程到就绪 Cold start: process start to ready', async (bench) => {
  const first: Start[] = [];
  const later: Start[] = [];
  for (let round = 1; round <= options.rounds; round += 1) {
    const dataDir = join(bench.folder, `data-${round}`);
    first.push(await start(bench, dataDir));
    later.push(await start(bench, dataDir));
    await rm(dataDir, { recursive: true });
  }
  const line = (what: string, times: readonly number[]) => [what, ...spreadCells(spreadOf(times), 0)];
  const lines = (what: string, starts: readonly Start[]) => [
    line(
      what,
      starts.map(({ ms }) => ms),
    ),
    line(
      '  其中数据库 of which the database',
      starts.map(({ databaseMs }) => databaseMs),
    ),
  ];
  printTable(
    '毫秒 milliseconds',
    ['', ...SPREAD],
    [...lines('首次启动 first start ever', first), ...lines('再次启动 later start', later)],
  );
  print('程序文件已在系统缓存中 program files are in the cache of the operating system\n');
  print(goalLine('首次 first ≤ 5 s', spreadOf(first.map(({ ms }) => ms)).median <= FIRST_GOAL_MS));
  print(goalLine('再次 later ≤ 2 s', spreadOf(later.map(({ ms }) => ms)).median <= LATER_GOAL_MS));
});
