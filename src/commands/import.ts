/** `import FILE|FOLDER [--profile NAME] [--supersedes ID] …`: takes it into the database that the service uses, running or not (README.md). */
import { parseArgs } from 'node:util';
import { ImportFolder, INTAKE_SENTENCES, type FolderImport, type Wishes } from '../modules/intake/index.js';
import { PROFILE_SENTENCES } from '../modules/mapping/index.js';
import { FIRST_MINE, MINE_SENTENCES, Mines, wholeMine } from '../modules/mines/index.js';
import { filled, type Sentence } from '../modules/rules/messages/sentence.js';
import type { Problem } from '../modules/rules/problem.js';
import { AppError } from '../platform/errors/app-error.js';
import { Progress } from '../platform/terminal/progress.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { showing } from './import-progress.js';
import { writeRefusal } from './refusal-lines.js';
import { CONSOLE_ACTOR, withService } from './with-service.js';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { path, mine, wishes } = readRequest(args);
  try {
    const taken = await withService('import', async (app) => {
      const code = await ensureMine(app.get(Mines), mine, terminal);
      const progress = new Progress(terminal.stderr);
      const done = await app.get(ImportFolder).take(wholeMine(code, CONSOLE_ACTOR), path, showing(progress), wishes);
      progress.end();
      return done;
    });
    return report(taken, terminal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    refuse(error, path, terminal);
    return 1;
  }
}

const REFUSALS: Readonly<Record<string, Sentence>> = { ...MINE_SENTENCES, ...INTAKE_SENTENCES, ...PROFILE_SENTENCES };

/** What keeps an import from even beginning. */
function refuse({ code, params }: AppError, path: string, terminal: Terminal): void {
  const said = REFUSALS[code];
  if (said) terminal.stderr.write(`${filled(said.zh, params)} ${filled(said.en, params)}\n`);
  else writeRefusal(terminal.stderr, [{ file: path, row: 0, column: '', code, params }]);
}

const ROLE_NAMES: Readonly<Record<string, string>> = {
  ...{
    reviewer: '部门审核',
    finance: '财务',
    quality: '信息质量监督',
    committee: '党委/综合办',
    supervisor: '监督考核',
  },
};

interface Request {
  readonly path: string;
  readonly mine: string | null;
  readonly wishes: Wishes;
}

const TEXT = { type: 'string' } as const;

function readRequest(args: readonly string[]): Request {
  let parsed;
  try {
    parsed = parseArgs({
      args: [...args],
      options: { mine: TEXT, profile: TEXT, supersedes: TEXT, 'control-rows': TEXT, 'control-amount': TEXT },
      allowPositionals: true,
      strict: true,
    });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const [path, ...others] = parsed.positionals;
  if (!path) throw new UsageError('请给出文件或文件夹。', 'Please name a FILE or FOLDER.');
  if (others.length > 0) throw new UsageError('一次只能导入一个。', 'Only one can be imported at a time.');
  return { path, mine: parsed.values.mine ?? null, wishes: wishesIn(parsed.values) };
}

function wishesIn(values: Readonly<Record<string, string | undefined>>): Wishes {
  const value = (name: string, pattern: RegExp): string | null => {
    const text = values[name];
    if (text === undefined) return null;
    if (!pattern.test(text)) throw new UsageError(`--${name} 填写有误。`, `--${name} is not written as it should be.`);
    return text;
  };
  const rows = value('control-rows', /^\d{1,9}$/);
  const amountYuan = value('control-amount', /^-?\d{1,18}(\.\d{1,2})?$/);
  return {
    profile: value('profile', /^.{1,64}$/u),
    typed: { rows: rows === null ? null : Number(rows), amountYuan },
    supersedes: value('supersedes', /^\d{1,18}$/),
  };
}

/** Whoever has the command line of the machine is its administrator: a mine that is named and new is made. */
async function ensureMine(mines: Mines, named: string | null, terminal: Terminal): Promise<string> {
  await mines.ensure(FIRST_MINE);
  if (named === null) return mines.resolve(null);
  const { isNew } = await mines.ensure({ code: named, name: named });
  if (isNew) terminal.stderr.write(`已新建矿井 ${named}。 The mine ${named} was made.\n`);
  return named;
}

function report({ import: row, approval, isNew, findings }: FolderImport, terminal: Terminal): ExitCode {
  const said = isNew ? '' : '（内容与此前的导入相同，没有重复入账）';
  if (row.status === 'waiting' && approval !== null) {
    const left = approval.steps.slice(approval.stepsDone).map((role) => ROLE_NAMES[role] ?? role);
    terminal.stdout.write(
      `导入 ${row.id} 检查无误，等待审批，尚未计入${said}：${row.rows_accepted} 行，单据金额合计 ${row.control_amount} 元；` +
        `还要${left.join('、')}批准（审批事项 ${approval.submissionId}）\n` +
        `Import ${row.id} waits for approval by ${approval.steps.slice(approval.stepsDone).join(', ')}.\n`,
    );
    return 0;
  }
  if (row.status === 'accepted') {
    terminal.stdout.write(
      `导入 ${row.id} 已入账${said}：${row.rows_accepted} 行，单据金额合计 ${row.control_amount} 元\n`,
    );
    return 0;
  }
  const problems = findings.map(({ file, sheet, document, row: rowNo, column, code, params }): Problem => ({
    ...{ file, row: rowNo, column, code, params },
    ...(sheet === null ? {} : { sheet }),
    ...(document === null ? {} : { document }),
  }));
  if (row.reason) problems.push({ file: row.file_name, row: 0, column: '', code: row.reason, params: {} });
  writeRefusal(terminal.stderr, problems);
  return 1;
}
