#!/usr/bin/env node
/** The command line: `npm run -s cli -- …`. */
import { dispatch } from './commands/dispatch.js';
import { StartError } from './platform/config/start-error.js';

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // A reader who has seen enough (`| head`) is no error of ours.
  if (error.code === 'EPIPE') process.exit(0);
  process.stderr.write(failure(error));
  process.exit(1);
});

try {
  // Not process.exit: what was written to a pipe must first get there.
  process.exitCode = await dispatch(process.argv.slice(2), process);
} catch (error) {
  process.stderr.write(error instanceof StartError ? `${error.message}\n` : failure(error));
  process.exitCode = 1;
}

function failure(error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `程序内部出错，没有完成。The program failed and did not finish.\n${detail}\n`;
}
