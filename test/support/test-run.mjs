import { spawn } from 'node:child_process';
import { access, chmod, constants, mkdtemp, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * Jest's globalSetup. Gives the run a folder, which every worker learns from the environment; the first spec that asks
 * database.ts for a database starts a server in it. A sweeper waits at the other end of a pipe: when the pipe closes,
 * because the run ended or because it was killed, it stops that server and removes the folder.
 */
export default async function beginTestRun() {
  const folder = await mkdtemp(join(await quickPlace(), 'six-synergies-test-'));
  // The server of a run under root works as another user, who must pass through.
  await chmod(folder, 0o711);
  process.env.TEST_RUN_FOLDER = folder;
  const sweeper = spawn(process.execPath, [join(import.meta.dirname, 'test-run-sweeper.mjs'), folder], {
    stdio: ['pipe', 'inherit', 'inherit'],
    // Ctrl-C reaches every process of the terminal's group; this one must survive it.
    detached: true,
  });
  sweeper.unref();
  sweeper.stdin.unref();
  globalThis.testRunSweeper = sweeper;
}

const ROOM_BYTES = 4 * 2 ** 30;

/**
 * In memory where there is room: the server's settings stay those of real use, fsync included, and yet a database costs
 * no wait for the disk.
 */
async function quickPlace() {
  try {
    await access('/dev/shm', constants.W_OK | constants.X_OK);
    const { bavail, bsize } = await statfs('/dev/shm');
    return bavail * bsize >= ROOM_BYTES ? '/dev/shm' : tmpdir();
  } catch {
    return tmpdir();
  }
}
