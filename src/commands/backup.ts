/** `backup DIR`: all that lasts, as one moment shows it, while the service runs or not (README.md). */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { MIGRATIONS_TABLE } from '../data-source.js';
import { BACKUP_SENTENCES } from '../modules/rules/messages/backup-sentences.js';
import { loadConfig } from '../platform/config/config.js';
import { MANIFEST_FILE, type Manifest } from '../platform/database/backup/manifest.js';
import { writeBackup } from '../platform/database/backup/write-backup.js';
import { acquireDatabase } from '../platform/database/embedded/embedded-database.js';
import { AppError } from '../platform/errors/app-error.js';
import { createLog } from '../platform/logging/log.js';
import { printable } from '../platform/terminal/printable.js';
import { Progress } from '../platform/terminal/progress.js';
import type { Terminal } from '../platform/terminal/terminal.js';
import type { ExitCode } from './exit-code.js';
import { oneFolder } from './one-folder.js';
import { programVersion } from './program-version.js';
import { writeSaid } from './said-refusal.js';

export async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const folder = oneFolder(args);
  try {
    await report(folder, await take(folder, terminal), terminal);
    return 0;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    writeSaid(terminal.stderr, folder, error, BACKUP_SENTENCES);
    return 1;
  }
}

/** As the owner, and without migrating: whoever is about to upgrade backs up what is there. */
async function take(folder: string, terminal: Terminal): Promise<Manifest> {
  const config = loadConfig(process.env, process.cwd());
  const lease = await acquireDatabase(config, createLog('warn', 'readable', process.stderr));
  const progress = new Progress(terminal.stderr);
  let areFilesBegun = false;
  const beginFiles = () => {
    if (!areFilesBegun) progress.begin('原件', null, '个');
    areFilesBegun = true;
  };
  progress.begin('数据表', null);
  try {
    const manifest = await writeBackup({
      ...{ ownerUrl: lease.ownerUrl, filesDir: config.filesDir, folder, program: await programVersion() },
      ...{ migrationsTable: MIGRATIONS_TABLE, facts: auditHeads },
      onRows: (rows) => progress.advance(rows, rows),
      onFile: (count) => {
        beginFiles();
        progress.advance(count, count);
      },
    });
    progress.end();
    return manifest;
  } finally {
    await lease.release();
  }
}

/** Where each mine's audit chain stood, so that a later rewriting of it is told from this backup too. */
async function auditHeads(client: pg.ClientBase): Promise<unknown> {
  const { rows } = await client.query<{ known: string | null }>(`SELECT to_regclass('public.audit_heads') AS known`);
  if (!rows[0]?.known) return { auditHeads: [] };
  const heads = await client.query(
    'SELECT mine_id AS mine, entries::text AS entries, hash FROM audit_heads ORDER BY mine_id',
  );
  return { auditHeads: heads.rows as unknown };
}

async function report(folder: string, manifest: Manifest, { stdout }: Terminal): Promise<void> {
  const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
  const { tables, files, takenAt } = manifest;
  const sha256 = createHash('sha256')
    .update(await readFile(join(folder, MANIFEST_FILE)))
    .digest('hex');
  stdout.write(
    `备份完成 ${printable(folder)}：${tables.length} 张表 ${rows} 行，原件 ${files.count} 个，数据截至 ${takenAt}\n` +
      `manifest.json 的 SHA-256（请另处记下）：${sha256}\n` +
      `Backed up: ${tables.length} tables, ${rows} rows, ${files.count} files, as of ${takenAt}.\n`,
  );
}
