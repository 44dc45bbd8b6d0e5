import { mkdir, writeFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { exact, fixed } from '../../analytics/kernel/exact.js';
import { MEASURES } from '../../analytics/synergy/measures.js';
import type { Dimension } from '../../analytics/synergy/roll-up.js';
import { dataSourceOptions } from '../../src/data-source.js';
import { Approvals } from '../../src/modules/approval/index.js';
import { EnterRecord } from '../../src/modules/intake/app/enter-record.js';
import { ImportApproval } from '../../src/modules/intake/app/import-approval.js';
import { RegisterImport, type HandIn } from '../../src/modules/intake/app/register-import.js';
import { RunImport } from '../../src/modules/intake/app/run-import.js';
import { TakeRow } from '../../src/modules/intake/app/take-row.js';
import type { ImportKind } from '../../src/modules/intake/db/import-queries.js';
import { Mines } from '../../src/modules/mines/app/mines.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import type { Answer } from '../../src/modules/offline/compute-folder.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import type { Problem } from '../../src/modules/rules/problem.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { loadConfig } from '../../src/platform/config/config.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { AppError } from '../../src/platform/errors/app-error.js';
import { FileStore } from '../../src/platform/files/file-store.js';
import { freshDatabase, ownerPool, runFolder, type TestDatabase } from './database.js';

/** What became of something handed in. */
export interface Fate {
  /** null where it was refused before it became an import. */
  readonly importId: string | null;
  readonly status: 'accepted' | 'refused' | 'queued' | 'running';
  readonly reason: string | null;
  /** By file, row, column and code. */
  readonly problems: readonly Problem[];
}

export const FILE_LIMITS = loadConfig({}, '/').fileLimits;

/** What a refused import may write. */
const LOG_TABLES = ['imports', 'import_files', 'row_fates', 'control_totals', 'audit_entries', 'audit_heads'];

/** The door for single rows, in transactions of a test's choice. */
export const takeRowOf = (uow: UnitOfWork): TakeRow =>
  new TakeRow(uow, FILE_LIMITS, new ImportApproval(new Approvals(uow)));

/**
 * The real door on a database of its own, connected as the role that serves requests, without HTTP around it.
 * Close it at the end.
 */
export class Door {
  readonly uow: UnitOfWork;
  readonly register: RegisterImport;
  readonly runImport: RunImport;
  private readonly takeRow: TakeRow;
  private readonly enterRecord: EnterRecord;

  private constructor(
    readonly database: TestDatabase,
    readonly dataSource: DataSource,
    /** Where the bytes of files are kept. */
    readonly storeFolder: string,
    private readonly owner: pg.Pool,
  ) {
    this.uow = new UnitOfWork(dataSource);
    const store = new FileStore(storeFolder);
    this.register = new RegisterImport(this.uow, store);
    const approvals = new Approvals(this.uow);
    const approval = new ImportApproval(approvals);
    this.runImport = new RunImport(this.uow, store, FILE_LIMITS, approval);
    this.takeRow = new TakeRow(this.uow, FILE_LIMITS, approval);
    this.enterRecord = new EnterRecord(this.uow, approvals, new Clock());
  }

  static async open(poolSize = 4): Promise<Door> {
    const database = await freshDatabase();
    const dataSource = await new DataSource(dataSourceOptions(database.appUrl, poolSize)).initialize();
    return new Door(database, dataSource, join(runFolder(), `store-${randomUUID()}`), ownerPool(database));
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.owner.end();
    await this.database.drop();
  }

  /** A new mine with nothing in it but the built-in items. */
  async newMine(code = `m-${randomUUID().slice(0, 8)}`): Promise<string> {
    await new Mines(this.uow, this.dataSource).ensure({ code, name: '柴里煤矿' });
    return code;
  }

  /** Takes a folder (file name → text or bytes) in. */
  async takeFolder(mine: string, files: Readonly<Record<string, string | Uint8Array>>): Promise<Fate> {
    const path = join(runFolder(), `folder-${randomUUID()}`);
    await mkdir(path);
    for (const [name, content] of Object.entries(files)) await writeFile(join(path, name), content);
    return this.taken(mine, () => this.register.folder(wholeMine(mine, 'test'), path));
  }

  /** Takes one file in. */
  takeFile(
    mine: string,
    kind: ImportKind,
    csv: string | Uint8Array,
    name = `${kind}.csv`,
    options: Pick<HandIn, 'wishes'> = {},
  ): Promise<Fate> {
    return this.taken(mine, async () => {
      const stored = await this.register.store.put(Readable.from([Buffer.from(csv)]));
      return this.register.stored(wholeMine(mine, 'test'), { kind, fileName: name, ...options }, stored);
    });
  }

  /** Takes one row in, as an HTTP body would bring it. */
  async takeOne(mine: string, kind: Kind, values: Readonly<Record<string, string | null>>): Promise<Fate> {
    try {
      return await this.fateOf(mine, await this.importOfOne(mine, kind, values));
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'row_refused') throw error;
      return this.fateOf(mine, error.params.import_id!);
    }
  }

  private async importOfOne(
    mine: string,
    kind: Kind,
    values: Readonly<Record<string, string | null>>,
  ): Promise<string> {
    const reach = wholeMine(mine, 'test');
    if (kind !== 'records') return (await this.takeRow.take(reach, kind, values)).importId;
    const by = { mine, actor: 'test', reach, roles: [] };
    return String((await this.enterRecord.enter(by, values, { submit: false })).import_id);
  }

  /** The fate of an import as it stands. */
  async fateOf(mine: string, importId: string): Promise<Fate> {
    const [row] = await this.query<Pick<Fate, 'status' | 'reason'>>(
      'SELECT status, reason FROM imports WHERE mine_id = $1 AND id = $2',
      [mine, importId],
    );
    const problems = await this.query<Problem>(
      `SELECT file, row_no AS row, column_name AS column, code, params FROM row_fates
       WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused'`,
      [mine, importId],
    );
    return { importId, ...row!, problems: sortedProblems(problems) };
  }

  /** The stored cells and issues as `compute` answers them. */
  async answer(mine: string, by: readonly Dimension[] = ['department', 'period', 'category']): Promise<Answer> {
    const sums = MEASURES.map((measure) => `sum(m_${measure}) AS ${measure}`).join(', ');
    const keys = by.map((dimension) => `${dimension} COLLATE "C"`).join(', ');
    const rows = await this.query<Record<string, string>>(
      by.length === 0
        ? `SELECT ${sums} FROM cells WHERE mine_id = $1 HAVING count(*) > 0`
        : `SELECT ${by.join(', ')}, ${sums} FROM cells WHERE mine_id = $1 GROUP BY ${by.join(', ')} ORDER BY ${keys}`,
      [mine],
    );
    const [total] = await this.query<Record<string, string | null>>(`SELECT ${sums} FROM cells WHERE mine_id = $1`, [
      mine,
    ]);
    const issues = await this.query<Answer['issues'][number]>(
      `SELECT code, department, period, category, item, nature, baseline FROM cell_issues
       WHERE mine_id = $1 ORDER BY department, period, category, item, nature, code, baseline`,
      [mine],
    );
    const [method] = await this.query<Answer['method']>(
      `SELECT price_reduction AS "priceReduction", opportunity_saving AS "opportunitySaving" FROM methods
       WHERE mine_id = $1 ORDER BY version DESC LIMIT 1`,
      [mine],
    );
    const shownRows = rows.map((row) => ({
      ...Object.fromEntries(by.map((dimension) => [dimension, row[dimension]!])),
      measures: shownMeasures(row),
    }));
    return { method: method!, by, rows: shownRows, total: shownMeasures(total!), issues };
  }

  /**
   * Everything the mine has outside the log of imports, table by table as a count and a hash; and under `scratch` what
   * is left of staging, of all mines.
   */
  async contents(mine: string): Promise<Record<string, string>> {
    const tables = await this.query<{ name: string }>(
      `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'mine_id'
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY 1`,
    );
    const counted = tables.filter(({ name }) => !LOG_TABLES.includes(name));
    const selects = counted.map(
      ({ name }) => `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n'
        ORDER BY t::text)), '') AS held FROM ${name} t WHERE mine_id = $1`,
    );
    const rows = await this.query<{ name: string; held: string }>(
      `${selects.join(' UNION ALL ')} UNION ALL SELECT 'scratch', count(*)::text FROM pg_class
       WHERE relnamespace = 'scratch'::regnamespace AND relkind = 'r'`,
      [mine],
    );
    return Object.fromEntries(rows.map(({ name, held }) => [name, held]));
  }

  /** As the owner, whom row-level security does not hold. */
  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.owner.query(sql, [...parameters])).rows as Row[];
  }

  private async taken(mine: string, register: () => Promise<{ importId: string }>): Promise<Fate> {
    try {
      const { importId } = await register();
      await this.runImport.run(mine, importId, () => undefined);
      return await this.fateOf(mine, importId);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const { file = '', ...params } = error.params;
      const problem = { file, row: 0, column: '', code: error.code, params };
      return { importId: null, status: 'refused', reason: null, problems: [problem] };
    }
  }
}

const shownMeasures = (row: Readonly<Record<string, string | null>>) =>
  Object.fromEntries(
    MEASURES.map((measure) => [measure, fixed(exact(row[measure] ?? '0'), 2)]),
  ) as Answer['rows'][number]['measures'];

/** By file, row, column, code and parameters, so that two ways of finding them can be compared. */
export function sortedProblems(problems: readonly Problem[]): Problem[] {
  const keyOf = ({ file, row, column, code, params }: Problem) =>
    [file, String(row).padStart(9, '0'), column, code, JSON.stringify(Object.entries(params).sort())].join('\u0000');
  return problems
    .map(({ file, row, column, code, params }) => ({ file, row, column, code, params }))
    .sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}
