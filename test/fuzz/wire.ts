import { connect, type Socket } from 'node:net';

/** What goes over the line, byte for byte. */
export interface Sent {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Buffer | null;
  /** `cut`: the sender leaves in the middle of the body; `chunked`: its length is not said. */
  readonly as: 'whole' | 'cut' | 'chunked';
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What became of a request that got no answer. */
export type NoAnswer = 'closed' | 'silent';

const PATIENCE_MS = 30_000;

/**
 * One keep-alive connection that sends whatever it is told: a client that checks what it sends could not say anything
 * hostile. Of an event stream only the head is read.
 */
export class Wire {
  private socket: Socket | null = null;

  constructor(
    private readonly port: number,
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  async send(sent: Sent): Promise<Answer | NoAnswer> {
    const isFresh = this.socket === null;
    const outcome = await this.exchange(sent);
    // The server may close a connection that rests at the very moment that it is used again.
    return outcome === 'closed' && !isFresh && sent.as !== 'cut' ? this.exchange(sent) : outcome;
  }

  close(): void {
    this.socket?.destroy();
    this.socket = null;
  }

  private exchange(sent: Sent): Promise<Answer | NoAnswer> {
    // Of one that ended while it rested nothing would be told any more.
    if (this.socket?.destroyed === true || this.socket?.readableEnded === true) this.socket = null;
    const socket = (this.socket ??= connect({ port: this.port, host: '127.0.0.1', noDelay: true }));
    return new Promise((resolve) => {
      let received = Buffer.alloc(0);
      const timer = setTimeout(() => done('silent', false), this.patienceMs);
      const done = (outcome: Answer | NoAnswer, isReusable: boolean) => {
        clearTimeout(timer);
        socket.removeAllListeners();
        socket.on('error', () => undefined);
        if (!isReusable) this.close();
        resolve(outcome);
      };
      const look = (isEnded: boolean) => {
        const answer = answerIn(received, sent.method, isEnded);
        if (answer !== null) done(answer, !isEnded && sent.as !== 'cut' && staysOpen(answer));
        else if (isEnded) done('closed', false);
      };
      socket.on('data', (chunk) => {
        received = received.length === 0 ? chunk : Buffer.concat([received, chunk]);
        look(false);
      });
      socket.on('end', () => look(true)).on('close', () => look(true));
      socket.on('error', () => undefined);
      write(socket, sent);
    });
  }
}

const staysOpen = ({ headers }: Answer) =>
  headers['connection'] !== 'close' && headers['content-type']?.startsWith('text/event-stream') !== true;

function write(socket: Socket, { method, target, headers, body, as }: Sent): void {
  const length: [string, string][] =
    body === null ? [] : as === 'chunked' ? [['Transfer-Encoding', 'chunked']] : [['Content-Length', `${body.length}`]];
  const lines = [...headers, ...(said(headers, 'content-length') ? [] : length)].map(
    ([name, value]) => `${name}: ${value}`,
  );
  // Latin-1: each character is the byte of its number, so that headers may hold any bytes.
  socket.write(
    Buffer.from([`${method} ${target} HTTP/1.1`, 'Host: mine.test', ...lines, '', ''].join('\r\n'), 'latin1'),
  );
  if (body === null) {
    if (as === 'cut') socket.end();
  } else if (as === 'cut') socket.end(body.subarray(0, body.length >> 1));
  else if (as === 'chunked') socket.write(Buffer.concat(chunks(body)));
  else socket.write(body);
}

const said = (headers: Sent['headers'], name: string) => headers.some(([given]) => given.toLowerCase() === name);

const CHUNK = 1000;

function chunks(body: Buffer): Buffer[] {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += CHUNK) {
    const part = body.subarray(at, at + CHUNK);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return [...parts, Buffer.from('0\r\n\r\n')];
}

/** The answer, once all of it is there. */
function answerIn(received: Buffer, method: string, isEnded: boolean): Answer | null {
  const headEnd = received.indexOf('\r\n\r\n');
  if (headEnd < 0) return null;
  const [first = '', ...lines] = received.subarray(0, headEnd).toString('latin1').split('\r\n');
  const status = Number(first.split(' ')[1]);
  const rest = received.subarray(headEnd + 4);
  if (status === 100) return answerIn(rest, method, isEnded);
  const headers: Record<string, string> = {};
  for (const line of lines) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const body = bodyIn(rest, method, status, headers, isEnded);
  return body === null ? null : { status, headers, body };
}

function bodyIn(
  rest: Buffer,
  method: string,
  status: number,
  headers: Readonly<Record<string, string>>,
  isEnded: boolean,
): Buffer | null {
  const isStream = headers['content-type']?.startsWith('text/event-stream') === true;
  if (method === 'HEAD' || status === 204 || status === 304 || isStream) return Buffer.alloc(0);
  if (headers['transfer-encoding'] === 'chunked') return unchunked(rest);
  const length = headers['content-length'];
  if (length === undefined) return isEnded ? rest : null;
  return rest.length >= Number(length) ? rest.subarray(0, Number(length)) : null;
}

function unchunked(rest: Buffer): Buffer | null {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = rest.indexOf('\r\n', at);
    if (lineEnd < 0) return null;
    const size = Number.parseInt(rest.subarray(at, lineEnd).toString('latin1'), 16);
    if (rest.length < lineEnd + 2 + size + 2) return null;
    if (size === 0) return Buffer.concat(parts);
    parts.push(rest.subarray(lineEnd + 2, lineEnd + 2 + size));
    at = lineEnd + 2 + size + 2;
  }
}
