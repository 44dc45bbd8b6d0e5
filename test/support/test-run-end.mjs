import { once } from 'node:events';

/** Jest's globalTeardown: nothing of the run is left when the command returns. */
export default async function endTestRun() {
  const sweeper = globalThis.testRunSweeper;
  const swept = once(sweeper, 'exit');
  sweeper.ref();
  sweeper.stdin.end();
  await swept;
}
