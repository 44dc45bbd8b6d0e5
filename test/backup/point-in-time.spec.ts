import type { ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { chmod, chown, cp, mkdir, open, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions, migrateDatabase } from '../../src/data-source.js';
import { Mines } from '../../src/modules/mines/app/mines.js';
import { conservation } from '../../src/modules/synergy/index.js';
import { connectionSettings, withConnection } from '../../src/platform/database/connect.js';
import {
  clusterPaths,
  createCluster,
  ensurePassword,
  makeDataFolder,
  readPassword,
} from '../../src/platform/database/embedded/cluster.js';
import { spawnAs } from '../../src/platform/database/embedded/run-as.js';
import { chooseAccounts, chownTree, type Account } from '../../src/platform/database/embedded/server-account.js';
import { runnableServer, serverPackage } from '../../src/platform/database/embedded/server-binaries.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { runFolder } from '../support/database.js';

/** npm run test:point-in-time. The recipe of docs/operations.md, on a server with an archive of its log. */
const isWanted = process.env.POINT_IN_TIME === '1';
const PATIENCE_MS = 60_000;
const MINUTE = 60_000;

let folder: string;
let archive: string;
let account: Account | undefined;
let binaries: string;
let password: string;
const servers: ChildProcess[] = [];

beforeAll(async () => {
  if (!isWanted) return;
  folder = join(runFolder(), `point-in-time-${randomUUID()}`);
  archive = join(folder, 'archive');
  await makeDataFolder(folder);
  await mkdir(archive);
  const paths = clusterPaths(folder);
  const accounts = await chooseAccounts(folder, paths.cluster);
  account = accounts.server;
  binaries = await runnableServer(await serverPackage(), folder, account);
  await ensurePassword(paths, accounts.files);
  password = await readPassword(paths);
  await createCluster(paths, binaries, account);
  if (account !== undefined) await chown(archive, account.uid, account.gid);
}, 2 * MINUTE);
afterAll(async () => {
  for (const server of servers) await killed(server);
  if (isWanted) await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Answers the owner's URL once the server takes writes. */
async function startServer(cluster: string, settings: Readonly<Record<string, string>>) {
  const port = await freePort();
  const all = { listen_addresses: '127.0.0.1', unix_socket_directories: '', port: String(port), ...settings };
  const words = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const log = await open(join(folder, 'server.log'), 'a');
  const server = spawnAs(
    account,
    join(binaries, 'bin', 'postgres'),
    ['-D', cluster, ...words],
    [...(['ignore', log.fd, log.fd] as const)],
  );
  servers.push(server);
  await log.close();
  const url = `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(20)) {
    const isReady = await withConnection(url, async (client) => {
      const { rows } = await client.query<{ recovering: boolean }>('SELECT pg_is_in_recovery() AS recovering');
      return !rows[0]!.recovering;
    }).catch(() => false);
    if (isReady) return { url, server };
  }
  throw new Error(`the server did not become ready:\n${await readFile(join(folder, 'server.log'), 'utf8')}`);
}

async function killed(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = once(server, 'exit');
  server.kill('SIGQUIT');
  await gone;
}

/** What a person at the service does at that moment, through the service's own code. */
async function found(url: string, code: string): Promise<void> {
  const source = await new DataSource(dataSourceOptions(await migrateDatabase(url), 2)).initialize();
  try {
    await new Mines(new UnitOfWork(source), source).ensure({ code, name: code });
  } finally {
    await source.destroy();
  }
}

/** The files of a running server, by its low-level protocol: it says when to begin, when to end, and the label. */
async function baseBackup(url: string, cluster: string, copy: string): Promise<void> {
  await withConnection(url, async (client) => {
    await client.query(`SELECT pg_backup_start('base', true)`);
    const isOurs = (path: string) => !path.endsWith('/postmaster.pid') && !/\/pg_wal\/[^/]+$/.test(path);
    await cp(cluster, copy, { recursive: true, filter: isOurs });
    const { rows } = await client.query<{ labelfile: string }>('SELECT labelfile FROM pg_backup_stop(true)');
    await writeFile(join(copy, 'backup_label'), rows[0]!.labelfile);
  });
}

async function archived(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ wal: string }>('SELECT pg_walfile_name(pg_switch_wal()) AS wal');
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(20)) {
    if ((await readdir(archive)).includes(rows[0]!.wal)) return;
  }
  throw new Error('the log was not archived');
}

describe('a server with an archive of its log', () => {
  (isWanted ? it : it.skip)(
    'is brought back as it was between two writes, after it was lost',
    async () => {
      const copy = join(folder, 'recovered');
      const first = await startServer(clusterPaths(folder).cluster, {
        ...{ wal_level: 'replica', archive_mode: 'on', archive_timeout: '60s' },
        archive_command: `test ! -f ${archive}/%f && cp %p ${archive}/%f.partial && mv ${archive}/%f.partial ${archive}/%f`,
      });
      await found(first.url, 'before-base');
      await baseBackup(first.url, clusterPaths(folder).cluster, copy);
      await found(first.url, 'first');
      const client = new pg.Client(connectionSettings(first.url));
      await client.connect();
      await sleep(50);
      const { rows } = await client.query<{ between: string }>('SELECT clock_timestamp()::text AS between');
      await sleep(50);
      await found(first.url, 'second');
      await archived(client);
      await client.end();
      await killed(first.server);

      await writeFile(join(copy, 'recovery.signal'), '');
      await chmod(copy, 0o700);
      if (account !== undefined) await chownTree(copy, account);
      const begun = performance.now();
      const recovered = await startServer(copy, {
        ...{ restore_command: `cp ${archive}/%f %p`, recovery_target_time: rows[0]!.between },
        ...{ recovery_target_action: 'promote', archive_mode: 'off' },
      });
      const tookMs = Math.round(performance.now() - begun);
      const mines = () =>
        withConnection(recovered.url, async (owner) => (await conservation(owner)).map(({ mine }) => mine));
      expect(await mines()).toEqual(['before-base', 'first']);
      // And the service goes on from there.
      await found(recovered.url, 'afterwards');
      expect(await mines()).toEqual(['afterwards', 'before-base', 'first']);
      console.info(`recovered to ${rows[0]!.between} in ${tookMs} ms, from ${(await readdir(archive)).length} files`);
    },
    3 * MINUTE,
  );
});
