/**
 * Records by HTTP upload, first byte to `accepted`, against pg-copy-streams into a logged table with the same columns and
 * key (issue 2, a and d): the rate, where the time goes, the memory, and the cost of a record at several sizes.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { Caller } from './support/http-client.js';
import {
  printGoals,
  printPhases,
  printSizes,
  printStatements,
  type Measured,
  type Round,
} from './support/import-report.js';
import { watchImport } from './support/import-watch.js';
import { makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import {
  familyProcessorSeconds,
  forgetPeak,
  peakBytes,
  processorSeconds,
  watchMemory,
  type FamilyMemory,
} from './support/processes.js';
import { writeRecordFiles } from './support/record-rows.js';
import { ServerLog } from './support/server-log.js';
import { startService, type Service } from './support/service.js';

/** `accounts`: 60 make the most cells there can be; a mine's departments use some ten. */
const options = readOptions({ rows: 1_000_000, rounds: 5, accounts: 60 });

/** Looks at a short import are closer together, or its end would be known to a third of its duration only. */
const lookEveryMs = (rows: number) => (rows >= 500_000 ? 50 : 10);
const MEMORY_EVERY_MS = 200;
/** Shorter statements are not logged: writing them down would itself cost time. */
const LOGGED_FROM_MS = 10;

interface Sides {
  readonly bench: Bench;
  readonly service: Service;
  readonly owner: OwnerConnection;
}

interface Files {
  readonly mine: string;
  readonly csv: string;
  readonly copy: string;
}

async function prepare({ bench, service }: Sides, rows: number, round: number): Promise<Files> {
  const mine = `m${rows}-${round}`;
  await makeMine(service.port, mine, bench.folder);
  const files = { mine, csv: join(bench.folder, 'records.csv'), copy: join(bench.folder, 'records.copy') };
  await writeRecordFiles(
    {
      ...{ seed: `import ${rows} ${round}`, count: rows, idPrefix: `R${round}-` },
      ...{ months: MONTHS, accounts: options.accounts },
    },
    files.csv,
    files.copy,
  );
  return files;
}

async function timeImport({ service }: Sides, { mine, csv }: Files, rows: number): Promise<Round['service']> {
  const log = await ServerLog.fromNow(service.dataDir);
  const cpu = async () => [await processorSeconds(service.pid), await familyProcessorSeconds(service.postmaster)];
  await forgetPeak(service.pid);
  const [nodeBefore, serverBefore] = await cpu();
  const caller = new Caller(service.port, mine);
  const { ms, phasesMs } = await watchImport(caller, csv, rows, lookEveryMs(rows));
  caller.close();
  const [nodeAfter, serverAfter] = await cpu();
  return {
    ...{ ms, phasesMs, statementsMs: await log.durations(), peakBytes: await peakBytes(service.pid) },
    nodeCpuSeconds: nodeAfter! - nodeBefore!,
    serverCpuSeconds: serverAfter! - serverBefore!,
  };
}

async function timeYardstick({ owner }: Sides, { copy }: Files): Promise<number> {
  const begun = performance.now();
  await owner.copy(copy);
  return performance.now() - begun;
}

/** Both sides with the same rows; who goes first changes from round to round. */
async function measureRound(sides: Sides, rows: number, round: number): Promise<Round> {
  const files = await prepare(sides, rows, round);
  await sides.owner.emptyYardstick();
  const yardstick = async () => {
    await sides.owner.settle();
    return timeYardstick(sides, files);
  };
  const copiedFirst = round % 2 === 1 ? await yardstick() : undefined;
  await sides.owner.settle();
  const service = await timeImport(sides, files, rows);
  return { service, yardstickMs: copiedFirst ?? (await yardstick()) };
}

/** Once without the clock: both sides are warm afterwards and have done the same, and the memory has been looked at. */
async function rehearse(sides: Sides, rows: number): Promise<{ serverMemory: FamilyMemory; cells: number }> {
  const files = await prepare(sides, rows, 0);
  await sides.owner.emptyYardstick();
  await timeYardstick(sides, files);
  const memory = watchMemory(sides.service.postmaster, MEMORY_EVERY_MS);
  await timeImport(sides, files, rows).finally(() => memory.stop());
  await sides.owner.compareRecords(files.mine, rows);
  return { serverMemory: await memory.stop(), cells: await sides.owner.cellsOf(files.mine) };
}

async function measureSize(sides: Sides, rows: number): Promise<Measured> {
  const rehearsal = await rehearse(sides, rows);
  const rounds: Round[] = [];
  for (let round = 1; round <= options.rounds; round += 1) rounds.push(await measureRound(sides, rows, round));
  await Promise.all(['records.csv', 'records.copy'].map((name) => rm(join(sides.bench.folder, name))));
  return { rows, rounds, ...rehearsal };
}

await Bench.run('导入：记录文件经 HTTP 入账 Import: a file of records by HTTP upload', async (bench) => {
  const service = await startService(bench, join(bench.folder, 'data'));
  const owner = await OwnerConnection.open(service.ownerUrl);
  bench.onEnd(() => owner.close());
  await owner.makeYardstick();
  await owner.logStatements(LOGGED_FROM_MS);
  const sides = { bench, service, owner };
  const sizes = [options.rows / 100, options.rows / 10, options.rows].map(Math.ceil);
  const measured: Measured[] = [];
  for (const rows of sizes) measured.push(await measureSize(sides, rows));
  const largest = measured.at(-1)!;
  printSizes(measured);
  printPhases(largest);
  printStatements(largest);
  printGoals(largest);
});
