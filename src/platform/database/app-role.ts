import { createHash, createHmac, pbkdf2Sync, randomBytes } from 'node:crypto';
import pg from 'pg';
import { StartError } from '../config/start-error.js';
import { withConnection } from './connect.js';
import { checkDurability } from './durability.js';

/** The role that serves requests; the migrations grant it its rights. */
export const APP_ROLE = 'six_synergies_app';

/**
 * The owner's URL with the application role and its password in place of the owner's. The password is derived, so that
 * every process that knows the owner's URL knows it and it is stored nowhere.
 * @throws StartError `owner_password_missing`
 */
export function appUrlOf(ownerUrl: string): string {
  const { password } = new pg.Client(ownerUrl);
  // Derived from nothing it could be derived by anyone.
  if (!password) {
    throw new StartError(
      'owner_password_missing',
      'DATABASE_URL 不含口令，无法据此推导服务账户的口令：请用 APP_DATABASE_URL 指定服务账户。',
      'DATABASE_URL has no password to derive that of the application role from: set APP_DATABASE_URL.',
    );
  }
  const url = new URL(ownerUrl);
  const words = { user: APP_ROLE, password: createHmac('sha256', password).update(APP_ROLE).digest('hex') };
  for (const name of Object.keys(words)) url.searchParams.delete(name);
  url.username = words.user;
  url.password = words.password;
  // A URL without a host (a socket named by ?host=) takes its user as a parameter only.
  if (url.username === '') for (const [name, value] of Object.entries(words)) url.searchParams.set(name, value);
  return url.href;
}

/**
 * Makes the application role, with the derived password, or mends its password; changes nothing when it signs in
 * already. Before the migrations, which only make it where it is missing: so it is never seen with rights but without
 * its password, and other databases of the server that start at this moment need not change it. `owner` is connected
 * as the owner.
 * @throws StartError `app_role_elsewhere`, `app_role_password`
 */
export async function ensureAppRole(owner: pg.Client, appUrl: string): Promise<void> {
  // The password itself could end in the server's log.
  const access = `LOGIN PASSWORD '${scramVerifier(new pg.Client(appUrl).password ?? '')}'`;
  const existing = await owner.query('SELECT FROM pg_roles WHERE rolname = $1', [APP_ROLE]);
  if (existing.rowCount === 0) await failureOf(owner.query(`CREATE ROLE ${APP_ROLE} ${access}`));
  if (await canSignIn(appUrl)) return;
  await refuseIfUsedElsewhere(owner);
  const failure = await failureOf(owner.query(`ALTER ROLE ${APP_ROLE} ${access}`));
  // What failed may have failed because somebody else did the same at the same moment.
  if (await canSignIn(appUrl)) return;
  const reason = failure?.message ?? 'sign-in refused';
  throw new StartError(
    'app_role_password',
    `无法让服务账户 ${APP_ROLE} 用口令登录（${reason}）：请用 APP_DATABASE_URL 指定服务账户。`,
    `The application role ${APP_ROLE} could not be given a password to sign in with (${reason}): set APP_DATABASE_URL.`,
    { cause: failure },
  );
}

async function failureOf(work: Promise<unknown>): Promise<Error | undefined> {
  return work.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
}

/** Roles belong to the whole server: a new password would lock out another database's service. */
async function refuseIfUsedElsewhere(owner: pg.Client): Promise<void> {
  const { rows } = await owner.query<{ name: string }>(
    `SELECT DISTINCT d.datname AS name FROM pg_shdepend s JOIN pg_database d ON d.oid = s.dbid
     WHERE s.refclassid = 'pg_authid'::regclass AND s.refobjid = $1::regrole AND d.datname <> current_database()`,
    [APP_ROLE],
  );
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new StartError(
    'app_role_elsewhere',
    `服务账户 ${APP_ROLE} 的口令不符，而它还服务于数据库 ${names}，故不改它：请用 APP_DATABASE_URL 指定另一个账户。`,
    `The application role ${APP_ROLE} has another password, and serves ${names} too, so it is left alone: set APP_DATABASE_URL to another role.`,
  );
}

/**
 * The second wall behind the checks of the program stands only while the role that serves requests can do no more than
 * it needs.
 * @throws StartError `app_role_too_strong`, `app_role_too_weak`, `app_role_of_other_database`, `not_durable`, or one of `withConnection`
 */
export async function checkAppRole(owner: pg.Client, appUrl: string): Promise<void> {
  await withConnection(appUrl, async (app) => {
    if ((await placeOf(app)) !== (await placeOf(owner))) {
      throw new StartError(
        'app_role_of_other_database',
        'APP_DATABASE_URL 与 DATABASE_URL 指向不同的数据库。',
        'APP_DATABASE_URL and DATABASE_URL lead to different databases.',
      );
    }
    const { rows } = await app.query<RoleFacts>(ROLE_FACTS);
    const [facts] = rows;
    await checkDurability(app);
    if (facts?.excess) throw tooStrong(facts.role, facts.excess);
    if (facts?.unreadable) throw tooWeak(facts.role, facts.unreadable);
  });
}

interface RoleFacts {
  readonly role: string;
  readonly excess: string | null;
  readonly unreadable: string | null;
}

/** Built-in roles that read or write past every table's rights, or reach the server's own files and programs. */
const POWERFUL_ROLES = `{pg_read_all_data,pg_write_all_data,pg_read_server_files,pg_write_server_files,pg_execute_server_program}`;

const PUBLIC_TABLES = `pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`;
const ROLE_FACTS = `SELECT r.rolname AS role,
    CASE WHEN r.rolsuper THEN 'SUPERUSER' WHEN r.rolbypassrls THEN 'BYPASSRLS' WHEN r.rolcreaterole THEN 'CREATEROLE'
      WHEN r.rolreplication THEN 'REPLICATION'
      WHEN EXISTS (SELECT FROM pg_roles s WHERE (s.rolsuper OR s.rolbypassrls OR s.rolname = ANY ('${POWERFUL_ROLES}'))
        AND pg_has_role(s.oid, 'MEMBER')) THEN 'MEMBER'
      WHEN EXISTS (SELECT FROM ${PUBLIC_TABLES} AND pg_has_role(c.relowner, 'MEMBER')) THEN 'OWNER'
      WHEN has_schema_privilege('public', 'CREATE') THEN 'CREATE' END AS excess,
    (SELECT min(c.relname) FROM ${PUBLIC_TABLES} AND NOT has_table_privilege(c.oid, 'SELECT')) AS unreadable
  FROM pg_roles r WHERE r.rolname = current_user`;

function tooStrong(role: string, excess: string): StartError {
  return new StartError(
    'app_role_too_strong',
    `服务账户 ${role} 权限过大（${excess}）：它不得是超级用户，不得拥有或新建业务表。`,
    `The application role ${role} may do too much (${excess}): it must not be a superuser, nor own or create tables of the schema.`,
  );
}

function tooWeak(role: string, table: string): StartError {
  return new StartError(
    'app_role_too_weak',
    `服务账户 ${role} 读不到表 ${table}：请执行 GRANT ${APP_ROLE} TO ${role}。`,
    `The application role ${role} may not read the table ${table}: run GRANT ${APP_ROLE} TO ${role}.`,
  );
}

/** The same for two connections exactly when they lead to one database of one running server. */
async function placeOf(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ place: string }>(
    `SELECT concat_ws('/', pg_postmaster_start_time(), oid) AS place FROM pg_database WHERE datname = current_database()`,
  );
  return rows[0]?.place ?? '';
}

async function canSignIn(url: string): Promise<boolean> {
  try {
    return await withConnection(url, () => Promise.resolve(true));
  } catch (error) {
    if (error instanceof StartError && error.code === 'database_sign_in_failed') return false;
    throw error;
  }
}

const SCRAM_ROUNDS = 4096;

/** What PostgreSQL stores of a password under SCRAM-SHA-256 (RFC 5803); an ASCII password needs no SASLprep. */
function scramVerifier(password: string): string {
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, SCRAM_ROUNDS, 32, 'sha256');
  const keyed = (text: string) => createHmac('sha256', salted).update(text).digest();
  const stored = createHash('sha256').update(keyed('Client Key')).digest('base64');
  return `SCRAM-SHA-256$${SCRAM_ROUNDS}:${salt.toString('base64')}$${stored}:${keyed('Server Key').toString('base64')}`;
}
