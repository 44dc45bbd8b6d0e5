import type pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { StartError } from '../config/start-error.js';
import { migrateJobs } from '../jobs/job-schema.js';
import { appUrlOf, APP_ROLE, checkAppRole, ensureAppRole } from './app-role.js';
import { withConnection } from './connect.js';
import { checkDurability } from './durability.js';
import { sqlState } from './unit-of-work.js';

/** Any constant will do; nobody else takes advisory locks with it. */
const MIGRATION_LOCK = 1_699_283_661;
const LOCK_PATIENCE_S = 120;
const LOCK_NOT_AVAILABLE = '55P03';
const OLDEST_SERVER = 160_000;

/**
 * Brings the schema up to date and answers the URL to serve requests with: `appUrl` if given, else that of the
 * application role. Processes that start at once wait for one another. `options` name the migrations and connect as the
 * owner.
 * @throws StartError for everything the operator can mend
 */
export async function migrate(
  ownerUrl: string,
  appUrl: string | undefined,
  options: DataSourceOptions,
): Promise<string> {
  return withConnection(ownerUrl, async (owner) => {
    await checkServer(owner);
    await checkDurability(owner);
    await lock(owner);
    await checkOwner(owner);
    const url = appUrl ?? appUrlOf(ownerUrl);
    if (appUrl === undefined) await ensureAppRole(owner, url);
    await runMigrations(options);
    await migrateJobs(owner, ownerUrl);
    await checkAppRole(owner, url);
    return url;
  });
}

/** A lock of the session: it ends with the connection, however the process dies. */
async function lock(owner: pg.Client): Promise<void> {
  try {
    await owner.query(`SET lock_timeout = '${LOCK_PATIENCE_S}s'`);
    await owner.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  } catch (cause) {
    if (sqlState(cause) !== LOCK_NOT_AVAILABLE) throw cause;
    throw new StartError(
      'migration_busy',
      `另一个进程正在升级数据库结构，${LOCK_PATIENCE_S} 秒内没有结束。`,
      `Another process has been migrating the database for ${LOCK_PATIENCE_S} seconds.`,
      { cause },
    );
  }
}

async function checkServer(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<ServerFacts>(
    `SELECT current_setting('server_version_num')::int AS "versionNumber", current_setting('server_version') AS version,
     current_setting('server_encoding') AS encoding`,
  );
  if (rows[0] !== undefined) refuseServer(rows[0]);
}

export interface ServerFacts {
  readonly versionNumber: number;
  readonly version: string;
  readonly encoding: string;
}

/** @throws StartError `database_too_old`, `database_not_utf8` */
export function refuseServer({ versionNumber, version, encoding }: ServerFacts): void {
  if (versionNumber < OLDEST_SERVER) {
    throw new StartError(
      'database_too_old',
      `数据库服务器是 PostgreSQL ${version}，本程序需要 16 或更新的版本。`,
      `The database server is PostgreSQL ${version}; this program needs 16 or newer.`,
    );
  }
  if (encoding !== 'UTF8') {
    throw new StartError(
      'database_not_utf8',
      `数据库的编码是 ${encoding}，应为 UTF8：请新建 UTF8 编码的数据库。`,
      `The database is encoded in ${encoding} and must be in UTF8: create another one.`,
    );
  }
}

/** Said before the migrations, which would otherwise stop in the middle with a sentence that names no remedy. */
async function checkOwner(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ role: string; hasRole: boolean; mayMakeRole: boolean; mayMakeTables: boolean }>(
    `SELECT r.rolname AS role, EXISTS (SELECT FROM pg_roles WHERE rolname = $1) AS "hasRole",
       r.rolsuper OR r.rolcreaterole AS "mayMakeRole",
       has_schema_privilege('public', 'CREATE') AND (has_database_privilege(current_database(), 'CREATE')
         OR to_regnamespace('scratch') IS NOT NULL AND to_regnamespace('graphile_worker') IS NOT NULL) AS "mayMakeTables"
     FROM pg_roles r WHERE r.rolname = current_user`,
    [APP_ROLE],
  );
  const [facts] = rows;
  if (facts === undefined) return;
  if (!facts.mayMakeTables) {
    throw new StartError(
      'owner_may_not_create',
      `用户 ${facts.role} 不能在数据库中建表：请在 DATABASE_URL 中使用数据库的所有者。`,
      `The user ${facts.role} may not create tables and schemas: let DATABASE_URL name the database's owner.`,
    );
  }
  if (!facts.hasRole && !facts.mayMakeRole) {
    throw new StartError(
      'owner_may_not_create_roles',
      `用户 ${facts.role} 不能新建角色：请由管理员执行 CREATE ROLE ${APP_ROLE}，把它授予一个登录账户，并用 APP_DATABASE_URL 指定该账户。`,
      `The user ${facts.role} may not create roles: let an administrator run CREATE ROLE ${APP_ROLE}, grant it to a login role, and set APP_DATABASE_URL to that one.`,
    );
  }
}

/** @throws StartError `database_newer` */
async function runMigrations(options: DataSourceOptions): Promise<void> {
  const source = await new DataSource(options).initialize();
  try {
    const [unknown] = await unknownMigrations(source);
    if (unknown !== undefined) {
      throw new StartError(
        'database_newer',
        `数据库结构来自更新的版本（${unknown}）：请升级本程序。`,
        `The schema of the database is that of a newer version (${unknown}): upgrade this program.`,
      );
    }
    await source.runMigrations({ transaction: 'all' });
  } finally {
    await source.destroy();
  }
}

async function unknownMigrations(source: DataSource): Promise<string[]> {
  const table = source.options.migrationsTableName;
  const found = await source.query<{ known: string | null }[]>(`SELECT to_regclass($1) AS known`, [table]);
  if (!found[0]?.known) return [];
  const ran = await source.query<{ name: string }[]>(`SELECT name FROM ${table} ORDER BY id`);
  return ran.map(({ name }) => name).filter((name) => !source.migrations.some((known) => known.name === name));
}
