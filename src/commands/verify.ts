/** `verify [FILE] [--anchor ENTRIES:HASH] [--mine CODE]`: checks audit chains, of the database or of an export alone (docs/operations.md). */
import { parseArgs } from 'node:util';
import { Anchors, AUDIT_SENTENCES, chainedMines, verifyChain, verifyExport } from '../modules/audit/index.js';
import { EVERY_MINE, MINE_SENTENCES, Mines } from '../modules/mines/index.js';
import { filled, type Sentence } from '../modules/rules/messages/sentence.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { AppError } from '../platform/errors/app-error.js';
import { printable } from '../platform/terminal/printable.js';
import { UsageError, type Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { CONSOLE_ACTOR, withService } from './with-service.js';

type Anchor = Awaited<ReturnType<Anchors['outside']>>[number];

interface Request {
  /** An export; null: the database. */
  readonly file: string | null;
  /** A head that whoever asks has on paper. */
  readonly known: readonly Anchor[];
  readonly mine: string | null;
}

/** Something that does not hold, in the terms of a refusal: of which mine or file, at which entry. */
interface Fault {
  readonly place: string;
  readonly seq: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

interface Checked {
  readonly mine: string;
  readonly entries: string;
  readonly hash: string;
  readonly broken: number;
  readonly faults: readonly Fault[];
}

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = readRequest(args);
  try {
    const checked = request.file === null ? await checkDatabase(request) : await checkFile(request.file, request.known);
    return report(checked, terminal);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    writeFaults([{ place: request.file ?? '', seq: '0', code: error.code, params: error.params }], terminal);
    return 1;
  }
}

async function checkDatabase({ mine, known }: Request): Promise<Checked[]> {
  return withService('verify', async (app) => {
    const [uow, anchors] = [app.get(UnitOfWork), app.get(Anchors)];
    const mines = mine === null ? await uow.run(EVERY_MINE, chainedMines) : [await app.get(Mines).resolve(mine)];
    const checked: Checked[] = [];
    for (const code of mines) {
      const outside = [...(await anchors.outside(code)), ...known];
      const { entries, hash, broken, breaks, brokenSeals } = await verifyChain(uow, code, CONSOLE_ACTOR, outside);
      const seals = brokenSeals.map(({ period, version }) => {
        const params = { period, version: String(version) };
        return { place: code, seq: '0', code: 'closed_figures_changed', params };
      });
      const faults = [...breaks.map((each) => ({ place: code, ...each })), ...seals];
      checked.push({ mine: code, entries, hash, broken: broken + seals.length, faults });
    }
    return checked;
  });
}

async function checkFile(file: string, known: readonly Anchor[]): Promise<Checked[]> {
  const verdict = await verifyExport(file, known);
  if (verdict === null) throw new AppError('malformed', 'no_audit_export', { file });
  return [{ ...verdict, faults: verdict.breaks.map((each) => ({ place: file, ...each })) }];
}

function report(checked: readonly Checked[], terminal: Terminal): ExitCode {
  for (const { mine, entries, hash, broken, faults } of checked) {
    const state = broken === 0 ? '完好 intact' : `有 ${broken} 处不符 ${broken} faults`;
    terminal.stdout.write(`${mine}\t${entries} 条 entries\t${hash}\t${state}\n`);
    writeFaults(faults, terminal);
  }
  return checked.every(({ broken }) => broken === 0) ? 0 : 1;
}

const SENTENCES: Readonly<Record<string, Sentence>> = { ...MINE_SENTENCES, ...AUDIT_SENTENCES };

/** Exit 1 of the contract: reasons, one a line: file (or mine), entry, column (none), code, message, by tabs. */
function writeFaults(faults: readonly Fault[], terminal: Terminal): void {
  for (const { place, seq, code, params } of faults) {
    const { zh, en } = SENTENCES[code]!;
    const message = `${filled(zh, params)} / ${filled(en, params)}`;
    terminal.stderr.write(`${[place, seq, '', code, message].map((text) => printable(text)).join('\t')}\n`);
  }
}

function readRequest(args: readonly string[]): Request {
  let parsed;
  try {
    const options = { anchor: { type: 'string' }, mine: { type: 'string' } } as const;
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError('参数有误。', (error as Error).message);
  }
  const { positionals, values } = parsed;
  const anchor = /^(\d{1,18}):([0-9a-f]{64})$/.exec(values.anchor ?? '');
  if (values.anchor !== undefined && anchor === null) {
    throw new UsageError('--anchor 应为 条数:哈希，如报告上所印。', '--anchor is ENTRIES:HASH, as a report prints it.');
  }
  if (positionals.length > 1) throw new UsageError('一次只能核对一个文件。', 'Only one FILE can be checked at a time.');
  if (positionals.length === 1 && values.mine !== undefined) {
    throw new UsageError('核对文件时不用 --mine。', 'A FILE names its mine itself.');
  }
  return {
    file: positionals[0] ?? null,
    known: anchor === null ? [] : [{ occasion: '--anchor', entries: anchor[1]!, hash: anchor[2]! }],
    mine: values.mine ?? null,
  };
}
