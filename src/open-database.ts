import { migrateDatabase } from './data-source.js';
import type { Config } from './platform/config/config.js';
import { acquireDatabase, type DatabaseLog } from './platform/database/embedded/embedded-database.js';

export interface OpenDatabase {
  /** URL of the role that serves requests. */
  readonly url: string;
  /** Lets go of the embedded server, which stops with its last user. Close every connection first. */
  readonly release: () => Promise<void>;
}

/** A database with an up-to-date schema, for the service and the command line alike: joined if it runs, started if not. */
export async function openDatabase(config: Config, log: DatabaseLog): Promise<OpenDatabase> {
  const lease = await acquireDatabase(config, log);
  try {
    return { url: await migrateDatabase(lease.ownerUrl, config.appDatabaseUrl), release: () => lease.release() };
  } catch (error) {
    await lease.release();
    throw error;
  }
}
