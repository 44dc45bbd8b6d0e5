/**
 * `backup` while the service runs, and `restore` into a fresh embedded place, of a mine with a million records: at most
 * five minutes, and every table equal to the fen (issue 5, guarantee 14).
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { withConnection } from '../src/platform/database/connect.js';
import { acquireDatabase } from '../src/platform/database/embedded/embedded-database.js';
import { Bench } from './support/bench.js';
import { Caller } from './support/http-client.js';
import { watchImport } from './support/import-watch.js';
import { makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { peakBytes } from './support/processes.js';
import { goalLine, print, printTable, shown } from './support/report.js';
import { writeRecordFiles } from './support/record-rows.js';
import { startService } from './support/service.js';

const options = readOptions({ rows: 1_000_000, accounts: 60 });

const CLI = fileURLToPath(new URL('../src/cli.js', import.meta.url));
const MINE = 'year';
const LOOK_EVERY_MS = 200;
const MIB = 2 ** 20;
const RESTORE_GOAL_S = 300;

interface Ran {
  readonly seconds: number;
  /** The most bytes that Node had. */
  readonly peak: number;
}

/** A command in a process of its own, as an operator runs it. @throws Error unless it ends with 0 */
async function command(dataDir: string, ...words: string[]): Promise<Ran> {
  const begun = performance.now();
  const env = { ...process.env, DATABASE_URL: '', APP_DATABASE_URL: '', DATA_DIR: dataDir };
  const child = spawn(process.execPath, [CLI, ...words], { env, stdio: 'inherit' });
  let peak = 0;
  const ended = once(child, 'exit') as Promise<[number | null]>;
  let isOver = false;
  void ended.finally(() => (isOver = true));
  while (!isOver) {
    peak = Math.max(peak, await peakBytes(child.pid!).catch(() => 0));
    await Promise.race([ended, sleep(LOOK_EVERY_MS)]);
  }
  const [code] = await ended;
  if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}`);
  return { seconds: (performance.now() - begun) / 1000, peak };
}

/** By table: how many rows, and a sum over the hashes of all of them. */
async function contentsOf(dataDir: string): Promise<Map<string, string>> {
  const quiet = { info: () => undefined, warn: () => undefined };
  const lease = await acquireDatabase({ dataDir, databaseUrl: undefined }, quiet);
  try {
    return await withConnection(lease.ownerUrl, async (client) => {
      const { rows: tables } = await client.query<{ name: string }>(
        `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
           AND relname <> 'schema_migrations' ORDER BY 1`,
      );
      const contents = new Map<string, string>();
      for (const { name } of tables) {
        const { rows } = await client.query<{ held: string }>(
          `SELECT count(*) || ' ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) || ' ' ||
             coalesce(sum(hashtextextended(t::text, 1)::numeric), 0) AS held FROM ${name} t`,
        );
        contents.set(name, rows[0]!.held);
      }
      return contents;
    });
  } finally {
    await lease.release();
  }
}

async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await readdir(folder, { recursive: true })) {
    const found = await stat(join(folder, name));
    if (found.isFile()) bytes += found.size;
  }
  return bytes;
}

await Bench.run('备份与恢复 Backup and restore', async (bench) => {
  const [source, target, folder] = ['data', 'restored', 'backup'].map((name) => join(bench.folder, name)) as [
    string,
    string,
    string,
  ];
  const service = await startService(bench, source);
  await makeMine(service.port, MINE, bench.folder);
  const file = join(bench.folder, 'records.csv');
  const { rows, accounts } = options;
  await writeRecordFiles({ seed: MINE, count: rows, idPrefix: 'R', months: MONTHS, accounts }, file);
  const caller = new Caller(service.port, MINE);
  await watchImport(caller, file, rows, LOOK_EVERY_MS);
  caller.close();
  await rm(file);

  const backup = await command(source, 'backup', folder);
  await service.stop();
  const restore = await command(target, 'restore', folder);
  const [before, after] = [await contentsOf(source), await contentsOf(target)];
  const differing = [...before].filter(([name, held]) => after.get(name) !== held).map(([name]) => name);
  const held = before.get('records')?.split(' ')[0];
  if (held !== String(rows)) throw new Error(`${held} records were there, not ${rows}`);

  const line = (what: string, { seconds, peak }: Ran) => [
    ...[what, shown(seconds, 1), shown(rows / seconds, 0), shown(peak / MIB, 0)],
  ];
  printTable(
    `${shown(rows, 0)} 条记录 records; 备份 backup ${shown((await bytesBelow(folder)) / MIB, 0)} MiB`,
    ['', '秒 s', '记录/秒 records/s', '内存峰值 peak MiB'],
    [line('备份 backup', backup), line('恢复 restore', restore)],
  );
  print(goalLine(`恢复 restore ≤ ${RESTORE_GOAL_S} s`, restore.seconds <= RESTORE_GOAL_S));
  print(goalLine(`${before.size} 张表逐行相等 tables equal ${differing.join(', ')}`, differing.length === 0));
  if (differing.length > 0) process.exitCode = 1;
});
