import { randomUUID } from 'node:crypto';
import type pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/data-source.js';
import { Mines } from '../../src/modules/mines/app/mines.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { freshDatabase, ownerPool, type TestDatabase } from '../support/database.js';

type Columns = Readonly<Record<string, unknown>>;

/** A database in which the log of imports is written by hand. */
export class LogOfImports {
  readonly uow: UnitOfWork;

  private constructor(
    private readonly database: TestDatabase,
    private readonly dataSource: DataSource,
    readonly mine: string,
    private readonly owner: pg.Pool,
  ) {
    this.uow = new UnitOfWork(dataSource);
  }

  static async open(): Promise<LogOfImports> {
    const database = await freshDatabase();
    const dataSource = await new DataSource(dataSourceOptions(database.appUrl, 2)).initialize();
    const log = new LogOfImports(database, dataSource, 'chaili', ownerPool(database));
    await log.newMine('chaili');
    return log;
  }

  async close(): Promise<void> {
    await this.dataSource.destroy();
    await this.owner.end();
    await this.database.drop();
  }

  async newMine(code = `m-${randomUUID().slice(0, 8)}`): Promise<string> {
    await new Mines(this.uow, this.dataSource).ensure({ code, name: '柴里煤矿' });
    return code;
  }

  async query<Row>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
    return (await this.owner.query(sql, [...parameters])).rows;
  }

  /** An import as the door leaves it; answers its id. */
  async import(columns: Columns = {}): Promise<string> {
    const { id } = await this.insert<{ id: string }>('imports', {
      ...{ kind: 'vouchers', status: 'accepted', actor: '王会计', file_name: '三月.xlsx', size_bytes: 2048 },
      ...{ sha256: 'ab'.repeat(32), created_at: '2023-04-03T01:02:03Z', ...columns },
    });
    return id;
  }

  async file(importId: string, columns: Columns = {}): Promise<void> {
    const defaults = { name: '三月.xlsx', kind: 'vouchers', sha256: 'ab'.repeat(32) };
    await this.insert('import_files', { import_id: importId, ...defaults, ...columns });
  }

  async finding(importId: string, seq: number, columns: Columns = {}): Promise<void> {
    const defaults = { file: '三月.xlsx', row_no: seq + 1, column_name: 'debit', code: 'invalid_number' };
    await this.insert('row_fates', { import_id: importId, seq, fate: 'refused', ...defaults, ...columns });
  }

  private async insert<Row>(table: string, columns: Columns): Promise<Row> {
    const row: Columns = { mine_id: this.mine, ...columns };
    const values = Object.values(row).map((value) => (isPlainObject(value) ? JSON.stringify(value) : value));
    const [made] = await this.query<Row>(
      `INSERT INTO ${table} (${Object.keys(row).join(', ')}) VALUES (${values.map((_, i) => `$${i + 1}`).join(', ')})
       RETURNING *`,
      values,
    );
    return made!;
  }
}

const isPlainObject = (value: unknown): boolean => typeof value === 'object' && value !== null;
