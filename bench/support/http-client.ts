import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Agent, request, type IncomingMessage, type RequestOptions } from 'node:http';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { senderOf } from './senders.js';

const HOST = '127.0.0.1';
const BOUNDARY = 'six-synergies-bench-0123456789abcdef';

export interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** The status with which a service on this machine answers, on a connection of its own. */
export async function answers(port: number, path: string): Promise<number> {
  return (await exchange({ host: HOST, port, path, agent: false })).status;
}

/** One caller of one mine, on one connection that it keeps. */
export class Caller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    readonly port: number,
    private readonly mine: string | null = null,
    /** Who sends the requests: the headers that say so; a program with every right where nobody is named. */
    private readonly sender?: Readonly<Record<string, string>>,
  ) {}

  /** @throws Error unless the answer is a success */
  async get(path: string): Promise<Buffer> {
    return successful(`GET ${path}`, await exchange(await this.options('GET', path, {})));
  }

  /** @throws Error unless the answer is a success */
  async post(path: string, content: object): Promise<Buffer> {
    const body = Buffer.from(JSON.stringify(content));
    const headers = { 'content-type': 'application/json', 'content-length': body.length };
    return successful(
      `POST ${path}`,
      await exchange(await this.options('POST', path, headers), (sent) => sent.end(body)),
    );
  }

  /**
   * Sends a file in as it is read, never whole in memory; answers the id of its import. Without a kind the service tells
   * from the content what it is.
   */
  async upload(kind: string | null, file: string): Promise<string> {
    const stated =
      kind === null ? '' : `--${BOUNDARY}\r\nContent-Disposition: form-data; name="kind"\r\n\r\n${kind}\r\n`;
    const head = Buffer.from(
      `${stated}--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="${basename(file)}"\r\n` +
        `Content-Type: text/csv\r\n\r\n`,
    );
    const tail = Buffer.from(`\r\n--${BOUNDARY}--\r\n`);
    const headers = {
      'content-type': `multipart/form-data; boundary=${BOUNDARY}`,
      'content-length': head.length + (await stat(file)).size + tail.length,
    };
    const answer = await exchange(await this.options('POST', '/api/v1/imports', headers), async (sent) => {
      sent.write(head);
      await pipeline(createReadStream(file, { highWaterMark: 256 * 1024 }), sent, { end: false });
      sent.end(tail);
    });
    const { id } = JSON.parse(successful(`import of ${kind ?? basename(file)}`, answer).toString()) as { id: string };
    return id;
  }

  close(): void {
    this.agent.destroy();
  }

  private async options(
    method: string,
    path: string,
    headers: Readonly<Record<string, string | number>>,
  ): Promise<RequestOptions> {
    const sender = this.sender ?? (await senderOf(this.port, this.mine));
    const named = this.mine === null ? {} : { 'x-mine': this.mine };
    return {
      host: HOST,
      port: this.port,
      agent: this.agent,
      method,
      path,
      headers: { ...headers, ...named, ...sender },
    };
  }
}

type Send = (sent: ReturnType<typeof request>) => unknown;

function exchange(options: RequestOptions, send: Send = (sent) => sent.end()): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(options, (received) => {
      bodyOf(received).then((body) => resolve({ status: received.statusCode ?? 0, body }), reject);
    });
    sent.on('error', reject);
    Promise.resolve(send(sent)).catch(reject);
  });
}

async function bodyOf(received: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of received) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function successful(what: string, { status, body }: Answer): Buffer {
  if (status < 200 || status > 299) throw new Error(`${what}: ${status} ${body.toString().slice(0, 2000)}`);
  return body;
}
