import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Wire, type Sent } from './wire.js';

const ASKED: Sent = { method: 'GET', target: '/', headers: [], body: null, as: 'whole' };

/** Answers once and ends the connection a moment later, as a server does with one that rests. */
const server = createServer((socket) => {
  socket.once('data', () => {
    socket.write('HTTP/1.1 204 No Content\r\n\r\n');
    setTimeout(() => socket.destroy(), 50);
  });
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

describe('a keep-alive connection', () => {
  it('that the server ended while it rested is opened anew', async () => {
    const wire = new Wire((server.address() as AddressInfo).port, 2_000);
    expect(await wire.send(ASKED)).toMatchObject({ status: 204 });
    await sleep(200);
    expect(await wire.send(ASKED)).toMatchObject({ status: 204 });
    wire.close();
  });
});
