import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg, { type PoolClient } from 'pg';
import type { DataSource } from 'typeorm';
import { originNow } from '../origin/origin.js';
import { abandon, Deadline } from './deadline.js';

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
   * @throws AppError `took_too_long` where a request's time ran out; then nothing was committed, unless just COMMIT hung
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
      const deadline = Deadline.of(client);
      try {
        await client.query(beginSql(sight, deadline));
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
        throw deadline.meaningOf(error);
      } finally {
        deadline.clear();
      }
    } finally {
      await runner.release();
    }
  }
}

/** In one round trip. SET takes no parameters; and it is no query, so that `work` may still choose its isolation level. */
function beginSql({ settings }: Sight, deadline: Deadline): string {
  const origin = originNow();
  const from = { 'app.request': origin?.request ?? '', 'app.address': origin?.address ?? '' };
  const all = { ...settings, ...from, ...deadline.settings };
  const set = Object.entries(all).map(([name, value]) => `SET LOCAL ${name} = ${pg.escapeLiteral(value)}`);
  return ['BEGIN', ...set].join('; ');
}

/** The five-letter SQLSTATE of an error of PostgreSQL, if it is one. */
export function sqlState(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) ? code : null;
}
