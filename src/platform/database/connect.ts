import pg from 'pg';
import { StartError } from '../config/start-error.js';
import { readAsText } from './type-parsers.js';

const CONNECT_PATIENCE_MS = 10_000;
/** An idle connection is asked so soon whether it still stands; the operating system gives it up ten seconds later. */
const KEEP_ALIVE_AFTER_MS = 10_000;

/**
 * The pg settings of every connection. Dates are read as the text PostgreSQL sends (see type-parsers.ts), so their form
 * must not depend on how a server, a database or a role happens to be set.
 */
export function connectionSettings(url: string) {
  readAsText();
  return {
    connectionString: url,
    connectionTimeoutMillis: CONNECT_PATIENCE_MS,
    application_name: 'six-synergies',
    options: '-c DateStyle=ISO',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
  } as const;
}

/**
 * Runs `work` on a connection of its own, outside any pool, and closes it.
 * @throws StartError `database_unreachable`, `database_missing`, `database_sign_in_failed`
 */
export async function withConnection<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client(connectionSettings(url));
  // A connection lost between two statements would else end the process; the next statement reports it.
  client.on('error', () => undefined);
  try {
    await client.connect().catch((error: unknown) => {
      throw explainConnecting(client, error);
    });
    return await work(client);
  } finally {
    await client.end();
  }
}

const NO_SUCH_DATABASE = '3D000';
const REFUSED_SIGN_IN = new Set(['28P01', '28000', '42501']);

function explainConnecting(client: pg.Client, cause: unknown): StartError {
  const place = `${client.host}:${client.port}`;
  const { code, message } = cause as { readonly code?: string; readonly message?: string };
  // Both addresses of a name refused: Node then gives an AggregateError without a message.
  const reason = message || code || String(cause);
  if (code === NO_SUCH_DATABASE) {
    return new StartError(
      'database_missing',
      `数据库服务器 ${place} 上没有数据库 ${client.database}：请先建立它。`,
      `There is no database ${client.database} on the server ${place}: create it first.`,
      { cause },
    );
  }
  if (REFUSED_SIGN_IN.has(code ?? '')) {
    return new StartError(
      'database_sign_in_failed',
      `数据库服务器 ${place} 拒绝用户 ${client.user} 登录：${reason}。`,
      `The database server ${place} refused the user ${client.user}: ${reason}.`,
      { cause },
    );
  }
  return new StartError(
    'database_unreachable',
    `连接不上数据库服务器 ${place}：${reason}。`,
    `The database server ${place} cannot be reached: ${reason}.`,
    { cause },
  );
}
