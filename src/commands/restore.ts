/** `restore DIR`: a backup into a fresh place; what does not agree with itself is not restored (README.md). */
import type { ClientBase } from 'pg';
import { MIGRATION_NAMES, MIGRATIONS_TABLE, migrateDatabase } from '../data-source.js';
import { BACKUP_SENTENCES } from '../modules/rules/messages/backup-sentences.js';
import { chainedMines, judgeChain, type Verdict } from '../modules/audit/index.js';
import { conservation, type Conserved } from '../modules/synergy/index.js';
import { loadConfig } from '../platform/config/config.js';
import { checkBackup, restoreBackup, type RestoreWanted } from '../platform/database/backup/restore-backup.js';
import { acquireDatabase } from '../platform/database/embedded/embedded-database.js';
import { AppError, type Finding } from '../platform/errors/app-error.js';
import { createLog } from '../platform/logging/log.js';
import { printable } from '../platform/terminal/printable.js';
import { Progress } from '../platform/terminal/progress.js';
import type { Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { oneFolder } from './one-folder.js';
import { writeSaid } from './said-refusal.js';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const folder = oneFolder(args);
  try {
    await restore(folder, terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    writeSaid(terminal.stderr, folder, error, BACKUP_SENTENCES);
    return 1;
  }
}

async function restore(folder: string, { stdout, stderr }: Terminal): Promise<void> {
  const config = loadConfig(process.env, process.cwd());
  const progress = new Progress(stderr);
  const found: Conserved[] = [];
  const chains: Verdict[] = [];
  const wanted: RestoreWanted = {
    ...{ folder, migrationsTable: MIGRATIONS_TABLE, migrations: MIGRATION_NAMES, ...shown(progress) },
    migrate: (ownerUrl, upTo) => migrateDatabase(ownerUrl, config.appDatabaseUrl, upTo),
    check: async (client) => {
      found.push(...(await conservation(client)));
      chains.push(...(await chainVerdicts(client)));
      return found.filter(({ differing }) => differing !== '0').map(differenceOf);
    },
  };
  progress.begin('核对备份', null, '字节');
  const manifest = await checkBackup(wanted);
  const lease = await acquireDatabase(config, createLog('warn', 'readable', process.stderr));
  try {
    await restoreBackup({ ownerUrl: lease.ownerUrl, filesDir: config.filesDir }, manifest, wanted);
  } finally {
    progress.end();
    await lease.release();
  }
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  stdout.write(
    `恢复完成：${manifest.tables.length} 张表 ${rows} 行，原件 ${manifest.files.count} 个，数据截至 ${manifest.takenAt}\n` +
      found.map(conservedLine).join('') +
      chains.map(chainLine).join('') +
      `Restored: ${manifest.tables.length} tables, ${rows} rows, ${manifest.files.count} files, as of ${manifest.takenAt}.\n`,
  );
}

/** Each phase begins with its first step. */
function shown(progress: Progress): Pick<RestoreWanted, 'onChecked' | 'onFile' | 'onRows'> {
  let current = '核对备份';
  const show = (name: string, unit: string, done: number, total: number | null) => {
    if (name !== current) progress.begin(name, total, unit);
    current = name;
    progress.advance(done, done);
  };
  return {
    onChecked: (bytes) => show('核对备份', '字节', bytes, null),
    onFile: (count, of) => show('原件', '个', count, of),
    onRows: (rows, of) => show('装入', '行', rows, of),
  };
}

/**
 * Of each mine's audit chain. One that does not hold is restored all the same, and said: it was so when the backup was
 * taken, and there may be no other. Backups of versions before the audit have none.
 */
async function chainVerdicts(client: ClientBase): Promise<Verdict[]> {
  const tx = {
    rows: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
      (await client.query(sql, [...parameters])).rows as Row[],
  };
  const [audit] = await tx.rows<{ is: boolean }>(`SELECT to_regclass('public.audit_entries') IS NOT NULL AS is`);
  const verdicts: Verdict[] = [];
  for (const mine of audit?.is === true ? await chainedMines(tx) : []) verdicts.push(await judgeChain(tx, mine, []));
  return verdicts;
}

function differenceOf({ mine, differing, place }: Conserved): Finding {
  return { row: 0, column: '', code: 'not_conserved', params: { mine, differing, place: place ?? '' } };
}

const conservedLine = ({ mine, records, amountYuan }: Conserved) =>
  `矿 ${printable(mine)}：已入账单据 ${records} 条，金额合计 ${amountYuan} 元；单据 = 各单元的和 = 单元\n`;

const chainLine = ({ mine, entries, hash, isIntact }: Verdict) =>
  `矿 ${printable(mine)}：审计链 ${entries} 条，链头 ${hash}，` +
  (isIntact ? '完好 the chain is intact\n' : '不完好，请运行 verify 查看 the chain does not hold: run verify\n');
