import { createServer, connect, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

type State =
  | 'whole'
  /** What stands is broken off, and nobody gets in. */
  | 'cut'
  /** Whoever comes is let in and hears nothing; what is said meanwhile arrives when the net is whole again. */
  | 'silent';

/** The network between a service and its database, which a test can break. */
export class Proxy {
  private readonly lines = new Set<Line>();
  private state: State = 'whole';
  private delayMs = 0;
  private swallowing: { readonly text: string; toPass: number } | null = null;
  private swallowed = 0;

  private constructor(
    private readonly server: Server,
    private readonly target: { readonly host: string; readonly port: number },
  ) {
    server.on('connection', (socket) => this.connected(socket));
  }

  /** Before the database of this URL. */
  static async before(url: string): Promise<Proxy> {
    const { hostname, port } = new URL(url);
    const server = createServer({ pauseOnConnect: true });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    return new Proxy(server, { host: hostname, port: Number(port) });
  }

  /** The same database, through here. */
  through(url: string): string {
    const changed = new URL(url);
    const address = this.server.address();
    if (address === null || typeof address === 'string') throw new Error('the proxy does not listen');
    changed.hostname = '127.0.0.1';
    changed.port = String(address.port);
    return changed.href;
  }

  cut(): void {
    this.state = 'cut';
    for (const line of this.lines) line.break();
  }

  silence(): void {
    this.state = 'silent';
    for (const line of this.lines) line.hold();
  }

  /** Every chunk, either way, takes so much longer. */
  delay(ms: number): void {
    this.delayMs = ms;
  }

  /** From here on, but for the first `toPass`, answers to messages that hold `text` are lost, and their connections. */
  swallowAnswersTo(text: string, toPass = 0): void {
    this.swallowing = { text, toPass };
  }

  /** How many answers were swallowed. */
  get swallowedAnswers(): number {
    return this.swallowed;
  }

  mend(): void {
    this.state = 'whole';
    this.delayMs = 0;
    this.swallowing = null;
    for (const line of this.lines) line.go();
  }

  async close(): Promise<void> {
    for (const line of this.lines) line.break();
    await new Promise((closed) => this.server.close(closed));
  }

  private connected(client: Socket): void {
    if (this.state === 'cut') {
      client.resetAndDestroy();
      return;
    }
    const line = new Line(client, this.target, {
      delayed: () => this.delayMs,
      swallows: (chunk) =>
        this.swallowing !== null && chunk.includes(this.swallowing.text) && this.swallowing.toPass-- <= 0,
      swallowed: () => (this.swallowed += 1),
      ended: () => this.lines.delete(line),
    });
    this.lines.add(line);
    if (this.state === 'whole') line.go();
  }
}

interface LineRules {
  delayed(): number;
  swallows(chunk: Buffer): boolean;
  swallowed(): void;
  ended(): void;
}

/** One connection and what it is passed on to. */
class Line {
  private server: Socket | null = null;
  private isSwallowing = false;

  constructor(
    private readonly client: Socket,
    private readonly target: { readonly host: string; readonly port: number },
    private readonly rules: LineRules,
  ) {
    client.setNoDelay(true).on('error', () => undefined);
    client.on('close', () => {
      this.server?.destroy();
      rules.ended();
    });
  }

  /** Passes on; the first time it connects. */
  go(): void {
    this.server ??= this.connected();
    this.server.resume();
    this.client.resume();
  }

  hold(): void {
    this.server?.pause();
    this.client.pause();
  }

  break(): void {
    this.client.resetAndDestroy();
    this.server?.resetAndDestroy();
  }

  private connected(): Socket {
    const server = connect(this.target).setNoDelay(true);
    const toServer = inOrder(server);
    const toClient = inOrder(this.client);
    server.on('error', () => undefined).on('close', () => this.client.destroy());
    this.client.on('data', (chunk: Buffer) => {
      if (this.rules.swallows(chunk)) this.isSwallowing = true;
      toServer(chunk, this.rules.delayed());
    });
    server.on('data', (chunk) => {
      if (!this.isSwallowing) return toClient(chunk, this.rules.delayed());
      this.rules.swallowed();
      this.break();
    });
    return server;
  }
}

/** Writes chunk after chunk, each after its delay. */
function inOrder(to: Socket): (chunk: Buffer, delayMs: number) => void {
  let last: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  return (chunk, delayMs) => {
    if (delayMs === 0 && waiting === 0) {
      to.write(chunk);
      return;
    }
    waiting += 1;
    const due = sleep(delayMs);
    last = last
      .then(() => due)
      .then(() => {
        waiting -= 1;
        if (!to.destroyed) to.write(chunk);
      });
  };
}
