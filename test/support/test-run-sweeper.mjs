import { readdir, readFile, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';

/** See test-run.mjs. Started with the run's folder; sweeps once its input closes. */
const [folder] = process.argv.slice(2);
const STOP_PATIENCE_MS = 20_000;

process.stdin.resume();
process.stdin.once('close', async () => {
  await Promise.all((await serverPids()).map(stop));
  if (process.env.TEST_DATABASE_URL) await dropDatabases(process.env.TEST_DATABASE_URL);
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
});

/** Every server whose data folder lies in the run's folder, so also those that a killed spec left. */
async function serverPids() {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const pids = names
    .filter((name) => basename(name) === 'postmaster.pid')
    .map(async (name) => {
      const [pid, , , port] = (await readFile(join(folder, name), 'utf8')).split('\n');
      const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => undefined);
      // A crashed server's number may be somebody else's by now; where there is no /proc the file is believed.
      return command === undefined || command.split('\0').includes(`port=${port}`) ? Number(pid) : undefined;
    });
  return (await Promise.all(pids)).filter((pid) => pid > 1);
}

/** In order, so that the server gives back its shared memory too. */
async function stop(pid) {
  for (let waited = 0; waited < STOP_PATIENCE_MS; waited += 20) {
    try {
      process.kill(pid, waited === 0 ? 'SIGINT' : 0);
    } catch {
      return;
    }
    await sleep(20);
  }
  console.error(`test database server ${pid} did not stop`);
}

async function dropDatabases(url) {
  const client = new pg.Client(url);
  await client.connect();
  const { rows } = await client.query('SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    basename(folder).toLowerCase(),
  ]);
  for (const { datname } of rows) await client.query(`DROP DATABASE IF EXISTS "${datname}" WITH (FORCE)`);
  await client.end();
}
