import { printable } from '../platform/terminal/printable.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';

export interface Command {
  /** Throws UsageError where the arguments are wrong. */
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}

interface Entry {
  readonly usage: string;
  readonly zh: string;
  readonly en: string;
  /** Loaded when called: what one command needs, another should not wait for. */
  readonly load: () => Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  compute: {
    usage: 'compute FOLDER [--by department,period,category] [--format json|table]',
    zh: '不用数据库，计算一个文件夹（CSV 文件和 method.json）；--by 可取 department、period、category、item、nature、project',
    en: 'computes a folder of CSV files and method.json without a database; --by takes department, period, category, item, nature, project',
    load: () => import('./compute.js'),
  },
  import: {
    usage:
      'import FILE|FOLDER [--mine CODE] [--profile NAME] [--supersedes ID] [--control-rows N] [--control-amount YUAN]',
    zh: '把文件夹、文件夹的 zip 或单个文件（Excel、CSV、U8 文本、XML，按内容识别）导入数据库；服务是否在运行都可以',
    en: 'takes a folder, a zip of one, or a single file (Excel, CSV, U8 text, XML, told from the content) into the database, whether the service runs or not',
    load: () => import('./import.js'),
  },
  close: {
    usage: 'close PERIOD [--mine CODE]',
    zh: '结账一个期间；结账清单上还有未了的原因时逐条列出，不结账',
    en: 'closes a period, or lists what still stands in the way on its checklist',
    load: () => import('./close.js'),
  },
  report: {
    usage: 'report PERIOD --out DIR [--language zh|en] [--mine CODE]',
    zh: '生成一个期间（或 起..止）的协同报告，把 JSON、网页、Word、PDF、Excel 写入目录；都结了账为正式版，否则为草稿',
    en: 'makes the report of a period (or FROM..TO) and writes it as JSON, page, Word, PDF and Excel: final where all is closed, else a draft',
    load: () => import('./report.js'),
  },
  verify: {
    usage: 'verify [FILE] [--anchor ENTRIES:HASH] [--mine CODE]',
    zh: '核对审计链和结账封存的数；给出 FILE 时只核对这份导出，不用数据库',
    en: 'checks the audit chain and the sealed figures; with a FILE, that export alone and without a database',
    load: () => import('./verify.js'),
  },
  password: {
    usage: 'password USERNAME [--mine CODE]',
    zh: '给一个用户发一次性密码（72 小时内有效），代替原密码；供掌管本机的人使用',
    en: 'issues a one-time password (good for 72 hours) in place of the one there was, for whoever holds the machine',
    load: () => import('./password.js'),
  },
  backup: {
    usage: 'backup DIR',
    zh: '把数据库和原件备份到一个新的（或空的）目录，服务开不开都行；签名密钥不在其中',
    en: 'backs the database and the stored files up into a new or empty folder, whether the service runs or not; the signing key is not in it',
    load: () => import('./backup.js'),
  },
  restore: {
    usage: 'restore DIR',
    zh: '把备份恢复到空的地方（新的 DATA_DIR 或空的数据库）；备份有一处不对就不恢复',
    en: 'restores a backup into an empty place (a new DATA_DIR or an empty database), or not at all where anything is wrong with it',
    load: () => import('./restore.js'),
  },
};

/** Runs one command line (without the program's own name). */
export async function dispatch(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (args.includes('--help') || name === '-h' || name === 'help') {
    terminal.stdout.write(usageText());
    return 0;
  }
  try {
    if (name === undefined) throw new UsageError('请给出命令。', 'Please name a command.');
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!entry) throw new UsageError(`没有“${name}”这个命令。`, `There is no command “${name}”.`);
    return await (await entry.load()).run(rest, terminal);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    terminal.stderr.write(`${printable(error.zh)}\n${printable(error.en)}\n\n${usageText()}`);
    return 2;
  }
}

function usageText(): string {
  const lines = Object.values(COMMANDS).flatMap(({ usage, zh, en }) => [`  ${usage}`, `      ${zh}`, `      ${en}`]);
  return [
    '用法 / Usage: six-synergies COMMAND …',
    ...lines,
    '退出码：0 完成，1 拒绝（原因逐行写在标准错误：文件、行、列、代码、说明），2 用法有误',
    'Exit: 0 done, 1 refused (reasons on stderr, one a line: file, row, column, code, message), 2 wrong usage',
    '',
  ].join('\n');
}
