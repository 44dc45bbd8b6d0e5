/**
 * The yardstick of warm answers, a process of its own: a bare Fastify handler that runs `select 1` on a pool like the
 * service's and sends bytes ready made. Its settings come as one message, its port goes back as one.
 */
import { readFile } from 'node:fs/promises';
import fastify from 'fastify';
import pg from 'pg';
import { connectionSettings } from '../../src/platform/database/connect.js';

export interface BareSettings {
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly bodyFile: string;
}

async function serve({ databaseUrl, poolSize, bodyFile }: BareSettings): Promise<void> {
  const body = await readFile(bodyFile);
  const pool = new pg.Pool({ ...connectionSettings(databaseUrl), max: poolSize });
  // When the database is stopped at the end, its connections are cut.
  pool.on('error', () => undefined);
  const server = fastify({ logger: false });
  server.get('/bare', async (_request, reply) => {
    await pool.query('select 1');
    return reply.type('application/json; charset=utf-8').send(body);
  });
  const address = await server.listen({ host: '127.0.0.1', port: 0 });
  process.send!({ port: Number(new URL(address).port) });
}

process.once('message', (settings) => void serve(settings as BareSettings));
// Whoever measured is gone.
process.once('disconnect', () => process.exit(0));
