import { statfs } from 'node:fs/promises';

const GIB = 2 ** 30;

/**
 * How the embedded server runs, passed on its command line, so that the settings are those of this version of the code
 * and not of the day the folder was made.
 */
export async function serverSettings(port: number): Promise<string[]> {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // What was acknowledged is durable. Said here, no ALTER SYSTEM changes it.
    ...{ fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on' },
    // TCP alone: a socket's path may be no longer than 107 bytes, which a data folder's path often is.
    unix_socket_directories: '',
    // A service keeps some twenty; another beside it, a backup and whoever looks in find room too.
    max_connections: '200',
    shared_buffers: '512MB',
    work_mem: '64MB',
    maintenance_work_mem: '256MB',
    // Bulk imports write gigabytes; few checkpoints mean few full-page images. wal_compression stays off: the binaries
    // have no lz4, and pglz costs more processor time than it saves disk.
    max_wal_size: '8GB',
    min_wal_size: '1GB',
    checkpoint_timeout: '30min',
    max_parallel_workers_per_gather: '2',
    max_parallel_workers: '4',
    // Compiling a query costs more than it saves until millions of rows are read one by one.
    jit: 'off',
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    log_line_prefix: '%m [%p] ',
    // A killed client's long statement must not go on holding its locks.
    client_connection_check_interval: '2s',
    logging_collector: 'off',
    dynamic_shared_memory_type: await sharedMemoryKind(),
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** Containers give /dev/shm 64 MB, on which a parallel index build fails; files in the cluster have no such bound. */
async function sharedMemoryKind(): Promise<'posix' | 'mmap'> {
  if (process.platform !== 'linux') return 'posix';
  const size = await statfs('/dev/shm').then(
    ({ blocks, bsize }) => blocks * bsize,
    () => 0,
  );
  return size < GIB ? 'mmap' : 'posix';
}
