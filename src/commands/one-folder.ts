import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UsageError } from '../platform/terminal/terminal.js';

/** The one folder that a command line names, absolute. @throws UsageError */
export function oneFolder(args: readonly string[]): string {
  let positionals;
  try {
    ({ positionals } = parseArgs({ args: [...args], options: {}, allowPositionals: true, strict: true }));
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const [folder, ...others] = positionals;
  if (!folder || others.length > 0) throw new UsageError('请给出一个目录。', 'Please name one DIR.');
  return resolve(folder);
}
