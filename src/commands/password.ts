/** `password USERNAME [--mine CODE]`: a one-time password, for whoever holds the machine (docs/operations.md). */
import { parseArgs } from 'node:util';
import { ACCESS_SENTENCES, Administrators } from '../modules/access/index.js';
import { FIRST_MINE, MINE_SENTENCES, Mines } from '../modules/mines/index.js';
import { filled, type Sentence } from '../modules/rules/messages/sentence.js';
import { AppError } from '../platform/errors/app-error.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { oneTimePasswordLines } from './one-time-password-lines.js';
import { withService } from './with-service.js';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { username, mine } = readRequest(args);
  try {
    const issued = await withService('password', async (app) => {
      const mines = app.get(Mines);
      await mines.ensure(FIRST_MINE);
      return app.get(Administrators).issue(await mines.resolve(mine), username);
    });
    terminal.stdout.write(`${oneTimePasswordLines(issued).join('\n')}\n`);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const said = REFUSALS[error.code];
    if (said === undefined) throw error;
    terminal.stderr.write(`${filled(said.zh, error.params)} ${filled(said.en, error.params)}\n`);
    return 1;
  }
}

const REFUSALS: Readonly<Record<string, Sentence>> = { ...MINE_SENTENCES, ...ACCESS_SENTENCES };

function readRequest(args: readonly string[]): { readonly username: string; readonly mine: string | null } {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { mine: { type: 'string' } },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const [username, ...others] = parsed.positionals;
  if (!username || others.length > 0) throw new UsageError('请给出一个用户名。', 'Please name one USERNAME.');
  return { username, mine: parsed.values.mine ?? null };
}
