/** `report PERIOD --out DIR [--language zh|en] [--mine CODE]`: makes the committee's report and writes its documents into a folder. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { MINE_SENTENCES, Mines, wholeMine } from '../modules/mines/index.js';
import {
  FORMATS,
  MakeReport,
  PERIODS_PATTERN,
  REPORT_SENTENCES,
  ReportDocuments,
  periodsOf,
} from '../modules/reports/index.js';
import { SYNERGY_SENTENCES } from '../modules/synergy/index.js';
import { AppError } from '../platform/errors/app-error.js';
import { printable } from '../platform/terminal/printable.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { writeSaid } from './said-refusal.js';
import { CONSOLE_ACTOR, withService } from './with-service.js';

interface Request {
  /** As it was named: `2023-12` or `2023-01..2023-12`. */
  readonly periods: string;
  /** Absolute. */
  readonly folder: string;
  readonly language: 'zh' | 'en';
  readonly mine: string | null;
}

interface Written {
  readonly path: string;
  readonly sha256: string;
}

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = readRequest(args);
  try {
    for (const { path, sha256 } of await writeReport(request)) {
      terminal.stdout.write(`${sha256}  ${printable(path)}\n`);
    }
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    writeSaid(terminal.stderr, request.periods, error, SENTENCES);
    return 1;
  }
}

const SENTENCES = { ...MINE_SENTENCES, ...SYNERGY_SENTENCES, ...REPORT_SENTENCES };

function writeReport({ periods, folder, language, mine }: Request): Promise<Written[]> {
  return withService('report', async (app) => {
    const reach = wholeMine(await app.get(Mines).resolve(mine), CONSOLE_ACTOR);
    const report = await app.get(MakeReport, { strict: false }).make(reach, periodsOf(periods), language);
    const documents = app.get(ReportDocuments, { strict: false });
    await mkdir(folder, { recursive: true });
    const written: Written[] = [];
    for (const format of FORMATS) {
      const { file, content } = await documents.get(reach, report, format, language);
      const path = join(folder, `${reach.mine}-${periods}-v${report.version}-${language}.${format}`);
      await writeFile(path, content);
      written.push({ path, sha256: file.sha256 });
    }
    return written;
  });
}

function readRequest(args: readonly string[]): Request {
  let parsed;
  try {
    const text = { type: 'string' } as const;
    const options = { out: text, language: text, mine: text };
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const { positionals, values } = parsed;
  const [periods, ...others] = positionals;
  if (periods === undefined || others.length > 0 || !PERIODS_PATTERN.test(periods)) {
    const example = '2023-12 或 2023-01..2023-12';
    throw new UsageError(`请给出期间，如 ${example}。`, 'Please name a PERIOD, such as 2023-12 or 2023-01..2023-12.');
  }
  if (values.out === undefined || values.out === '') {
    throw new UsageError('请用 --out 给出一个目录。', 'Please name a folder by --out DIR.');
  }
  const language = values.language ?? 'zh';
  if (language !== 'zh' && language !== 'en') {
    throw new UsageError('--language 为 zh 或 en。', '--language is zh or en.');
  }
  return { periods, folder: resolve(values.out), language, mine: values.mine ?? null };
}
