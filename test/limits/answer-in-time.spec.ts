import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import fastify, { type FastifyInstance } from 'fastify';
import { guardServer } from '../../src/platform/limits/guard-server.js';
import { RequestThrottle } from '../../src/platform/limits/request-throttle.js';

const AT_LAST_MS = 100;

let server: FastifyInstance;
afterEach(() => server.close());

function guarded(): FastifyInstance {
  server = fastify();
  guardServer(server, new RequestThrottle(100, 100), 10, AT_LAST_MS);
  return server;
}

async function answered(): Promise<[number, string]> {
  const answer = await fetch(await server.listen({ port: 0 }));
  return [answer.status, await answer.text()];
}

describe('nobody waits for ever', () => {
  it('a handler that does not end is answered for', async () => {
    guarded().get('/', () => sleep(5 * AT_LAST_MS, { late: true }));
    expect(await answered()).toEqual([500, expect.stringContaining('took_too_long')]);
  });

  it('an answer that is being kept before it is sent is sent, and no second one in its place', async () => {
    // As the answers under a key, whose keeping may take as long as the database is silent.
    guarded().get('/', () => ({ done: true }));
    server.addHook('onSend', async (_request, _reply, payload) => {
      await sleep(3 * AT_LAST_MS);
      return payload;
    });
    expect(await answered()).toEqual([200, '{"done":true}']);
  });
});
