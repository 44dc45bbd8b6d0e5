import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A connection to a service on which a test sends as much of a request as it likes. */
export class RawRequest {
  private static readonly opened: RawRequest[] = [];
  private text = '';

  private constructor(private readonly socket: Socket) {
    socket.on('data', (chunk: Buffer) => (this.text += chunk.toString('latin1')));
    // A service that cuts is what is tested.
    socket.on('error', () => undefined);
  }

  static async open(url: string, head: readonly string[], body = ''): Promise<RawRequest> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    const request = new RawRequest(socket);
    this.opened.push(request);
    request.send(`${[head[0], 'Host: x', ...head.slice(1)].join('\r\n')}\r\n\r\n${body}`);
    return request;
  }

  send(text: string | Buffer): boolean {
    return this.socket.write(text);
  }

  /** Sends as fast as the service takes it, and not into this side's memory; ends also where the connection does. */
  handOver(bytes: Buffer): Promise<void> {
    return new Promise((resolve) => this.socket.write(bytes, () => resolve()));
  }

  /** Stops reading: what the service sends from here on stays on its side. */
  pause(): this {
    this.socket.pause();
    return this;
  }

  /** Everything that was answered until the service closed the connection. */
  async answer(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, 'close');
    return this.text;
  }

  get isClosed(): boolean {
    return this.socket.destroyed;
  }

  /** A service waits for its connections when it stops. */
  static leaveAll(): void {
    for (const request of this.opened.splice(0)) request.leave();
  }

  leave(): void {
    this.socket.destroy();
  }
}

/** The head of an upload of one file, and the beginning of its form. */
export const uploadHead = (length: string, key: string): readonly string[] => [
  'POST /api/v1/imports HTTP/1.1',
  'Content-Type: multipart/form-data; boundary=b',
  `X-Api-Key: ${key}`,
  length,
];
export const FORM_HEAD = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n';
