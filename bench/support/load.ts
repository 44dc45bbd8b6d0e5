import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** What a load did: each connection sent its next request when the answer to the last one was complete. */
export interface Load {
  readonly latenciesMs: readonly number[];
  /** Of these, answers by which the service said that it had too much to do. */
  readonly refused: number;
  readonly perSecond: number;
}

export interface LoadWanted {
  readonly port: number;
  readonly connections: number;
  readonly seconds: number;
  /** The nth request, whole. */
  readonly request: (n: number) => Buffer;
  /** Bytes that every answer must have, where they are known. */
  readonly answerBytes?: number;
  /** How long each connection rests after an answer, as a person does; absent: not at all. */
  readonly restMs?: number;
  /** 503 is an answer, too: of whoever asks for more than their share. */
  readonly mayBeRefused?: boolean;
}

/** A whole GET request with some headers more. */
export function getRequest(path: string, headers: Readonly<Record<string, string>> = {}): Buffer {
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${more.join('')}\r\n`);
}

/**
 * Asks on so many connections for so long. It speaks to bare sockets and reads no more of an answer than its status and
 * length: node:http would use up the processor that both sides of a comparison need, and so flatter the slower.
 */
export async function load(wanted: LoadWanted): Promise<Load> {
  const latenciesMs: number[] = [];
  let [asked, refused] = [0, 0];
  const begun = performance.now();
  const untilMs = begun + wanted.seconds * 1000;
  const one = async () => {
    const line = await Line.open(wanted.port);
    try {
      while (performance.now() < untilMs) {
        const sentAt = performance.now();
        const { status, bytes } = await line.ask(wanted.request(asked++));
        latenciesMs.push(performance.now() - sentAt);
        if (status === 503 && wanted.mayBeRefused === true) refused += 1;
        else if (status !== 200) throw new Error(`answered ${status} under load`);
        if (wanted.answerBytes !== undefined && bytes !== wanted.answerBytes) {
          throw new Error(`answered ${bytes} bytes, not ${wanted.answerBytes}`);
        }
        if (wanted.restMs !== undefined) await sleep(wanted.restMs);
      }
    } finally {
      line.close();
    }
  };
  await Promise.all(Array.from({ length: wanted.connections }, one));
  return { latenciesMs, refused, perSecond: (latenciesMs.length * 1000) / (performance.now() - begun) };
}

interface Received {
  readonly status: number;
  readonly bytes: number;
}

const HEAD_END = '\r\n\r\n';

/** One connection with one request under way. */
class Line {
  private head: Buffer | null = null;
  private received: Received = { status: 0, bytes: 0 };
  private left = 0;
  private answer: ((received: Received) => void) | undefined;
  private fail: ((error: Error) => void) | undefined;

  private constructor(private readonly socket: Socket) {
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', (error) => this.fail?.(error));
    socket.on('close', () => this.fail?.(new Error('the connection was closed')));
  }

  static open(port: number): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port }, () => resolve(new Line(socket)));
      socket.once('error', reject);
    });
  }

  ask(request: Buffer): Promise<Received> {
    return new Promise((resolve, reject) => {
      [this.answer, this.fail] = [resolve, reject];
      this.socket.write(request);
    });
  }

  close(): void {
    this.fail = undefined;
    this.socket.destroy();
  }

  private take(chunk: Buffer): void {
    if (this.left > 0) {
      this.left -= chunk.length;
    } else {
      const head = this.head === null ? chunk : Buffer.concat([this.head, chunk]);
      const end = head.indexOf(HEAD_END);
      this.head = end < 0 ? head : null;
      if (end < 0) return;
      const text = head.toString('latin1', 0, end);
      const length = /^content-length: *(\d+)/im.exec(text)?.[1];
      if (length === undefined) return this.fail?.(new Error('an answer without a length'));
      this.received = { status: Number(text.slice(9, 12)), bytes: Number(length) };
      this.left = Number(length) - (head.length - end - HEAD_END.length);
    }
    if (this.left <= 0) this.answer?.(this.received);
  }
}
