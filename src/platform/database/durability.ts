import type pg from 'pg';
import { StartError } from '../config/start-error.js';

/** Without these, what was acknowledged may be gone after a power failure. */
const NEEDED = ['fsync', 'full_page_writes', 'synchronous_commit'] as const;

/**
 * Checks how a connection is set; settings may differ by server, database and role, so each role is asked on its own.
 * @throws StartError `not_durable`
 */
export async function checkDurability(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; setting: string }>(
    'SELECT name, setting FROM pg_settings WHERE name = ANY ($1)',
    [NEEDED],
  );
  refuseNotDurable(new Map(rows.map(({ name, setting }) => [name, setting])));
}

/** Of `synchronous_commit` every value but `off` waits for this server's disk. @throws StartError `not_durable` */
export function refuseNotDurable(settings: ReadonlyMap<string, string>): void {
  const off = NEEDED.filter((name) => settings.get(name) === 'off').map((name) => `${name} = off`);
  if (off.length === 0) return;
  throw new StartError(
    'not_durable',
    `数据库的设置 ${off.join('、')} 会在断电时丢失已应答的数据：请改为 on（ALTER SYSTEM、ALTER DATABASE 或 ALTER ROLE … SET）后再启动。`,
    `The database is set to ${off.join(', ')}, which loses acknowledged data at a power failure: set it on (ALTER SYSTEM, ALTER DATABASE or ALTER ROLE … SET), then start.`,
  );
}
