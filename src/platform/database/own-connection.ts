import type { ClientConfig } from 'pg';
import type { DataSource } from 'typeorm';

/** How a data source connects, for what needs a connection of its own: to listen on, or to hold a lock of the session. */
export function connectionOf({ options }: DataSource): ClientConfig {
  return (options as { readonly extra: ClientConfig }).extra;
}
