/** `close PERIOD [--mine CODE]`: seals a month in the database that the service uses, running or not (README.md). */
import { parseArgs } from 'node:util';
import { MINE_SENTENCES, Mines, wholeMine } from '../modules/mines/index.js';
import { PERIOD_SENTENCES, SealPeriod } from '../modules/periods/index.js';
import { filled, type Sentence } from '../modules/rules/messages/sentence.js';
import { AppError } from '../platform/errors/app-error.js';
import { printable } from '../platform/terminal/printable.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { CONSOLE_ACTOR, withService } from './with-service.js';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { period, mine } = readRequest(args);
  try {
    const version = await withService('close', async (app) => {
      const code = await app.get(Mines).resolve(mine);
      return app.get(SealPeriod, { strict: false }).close(wholeMine(code, CONSOLE_ACTOR), period);
    });
    terminal.stdout.write(
      `期间 ${period} 已结账（第 ${version} 次） Period ${period} is closed (closing ${version})\n`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    refuse(error, period, terminal);
    return 1;
  }
}

function readRequest(args: readonly string[]): { period: string; mine: string | null } {
  let parsed;
  try {
    const options = { mine: { type: 'string' } } as const;
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const [period, ...others] = parsed.positionals;
  if (period === undefined || others.length > 0 || !/^\d{4}-\d{2}$/.test(period)) {
    throw new UsageError('请给出一个期间，如 2023-03。', 'Please name one PERIOD, such as 2023-03.');
  }
  return { period, mine: parsed.values.mine ?? null };
}

const SENTENCES: Readonly<Record<string, Sentence>> = { ...MINE_SENTENCES, ...PERIOD_SENTENCES };

/** Exit 1 of the contract: reasons, one a line: file (none), row, column, code, message, by tabs. */
function refuse({ code, params, findings }: AppError, period: string, terminal: Terminal): void {
  const reasons = findings.length > 0 ? findings : [{ code, params }];
  for (const reason of reasons) {
    const said = SENTENCES[reason.code];
    const message = said === undefined ? '' : `${filled(said.zh, reason.params)} / ${filled(said.en, reason.params)}`;
    terminal.stderr.write(`${[period, '0', '', reason.code, message].map((text) => printable(text)).join('\t')}\n`);
  }
}
