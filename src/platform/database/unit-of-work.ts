import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg, { type PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { originNow } from '../origin/origin.js';

/** One open transaction. Everything that writes takes it as its first argument. */
export interface Tx {
  /** The connection itself, for COPY. */
  readonly client: PoolClient;
  /** Runs one statement and answers its rows. */
  rows<Row>(sql: string, parameters?: readonly unknown[]): Promise<Row[]>;
}

/** What row-level security lets a transaction see: settings (`app.…`) that hold for it alone. */
export interface Sight {
  readonly settings: Readonly<Record<`app.${string}`, string>>;
}

/** Serialization failure and deadlock: PostgreSQL undid the transaction and it may be tried again. */
const REPLAYED = new Set(['40001', '40P01']);
const MAX_ATTEMPTS = 6;

@Injectable()
export class UnitOfWork {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Runs `work` in a transaction that sees what `sight` allows; the whole function is replayed when PostgreSQL undid it for the sake of others.
   * `work` must therefore have no effect outside its transaction that it cannot repeat.
   */
  async run<Result>(sight: Sight, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await this.attempt(sight, work);
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !REPLAYED.has(sqlState(error) ?? '')) throw error;
      }
    }
  }

  private async attempt<Result>(sight: Sight, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    const runner = this.dataSource.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      try {
        await client.query(beginSql(sight));
        const tx: Tx = {
          client,
          rows: async <Row>(sql: string, parameters: readonly unknown[] = []) =>
            (await client.query(sql, [...parameters])).rows as Row[],
        };
        const result = await work(tx);
        await originNow()?.beforeCommit?.((sql, parameters) => tx.rows(sql, parameters));
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch(() => abandon(client));
        throw error;
      }
    } finally {
      await runner.release();
    }
  }
}

/** A connection that cannot even roll back must not carry its transaction into the pool, which drops those that end. */
function abandon(client: PoolClient): void {
  (client as unknown as pg.Client).end().catch(() => undefined);
}

/** In one round trip. SET takes no parameters; and it is no query, so that `work` may still choose its isolation level. */
function beginSql({ settings }: Sight): string {
  const origin = originNow();
  const all = { ...settings, 'app.request': origin?.request ?? '', 'app.address': origin?.address ?? '' };
  const set = Object.entries(all).map(([name, value]) => `SET LOCAL ${name} = ${pg.escapeLiteral(value)}`);
  return ['BEGIN', ...set].join('; ');
}

/** The five-letter SQLSTATE of an error of PostgreSQL, if it is one. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
