import type { ServerResponse } from 'node:http';
import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AppError } from '../errors/app-error.js';
import { REQUEST_PATIENCE_MS, withOrigin } from '../origin/origin.js';
import { EventHub, type HubEvent } from './event-hub.js';

export const EVENT_SENTENCES = {
  too_many_streams: {
    zh: '同时接收进度的连接已达 {max} 个，请稍后再试，或改为查询导入。',
    en: 'There are {max} event streams already; try again later, or ask for the import instead.',
  },
} as const;

const MAX_STREAMS = 200;
/** Shorter than what proxies on the way, and our own server, wait for a connection without traffic. */
const HEARTBEAT_MS = 15_000;
const RECONNECT_MS = 3_000;
/** Who lets this much wait unread is cut off; the client connects again by itself. */
const MAX_UNREAD_BYTES = 256 * 1024;

/**
 * What a listener hears of an event: the event, another in its place, or nothing (null). Asked one event after another;
 * where it throws, the stream ends.
 */
export type Hearing = (event: HubEvent) => Promise<HubEvent | null>;

/** Sends the events of a topic to whoever asks, as server-sent events (HTML Living Standard, 9.2). */
@Injectable()
export class EventStreams implements BeforeApplicationShutdown {
  private readonly streams = new Set<ServerResponse>();
  private opening = 0;
  private isStopping = false;
  private lastId = 0;
  /** Ids of another run of the service are other ids. */
  private readonly run = Date.now().toString(36);

  constructor(private readonly hub: EventHub) {}

  /**
   * Takes the reply over and sends events until the client leaves or the service stops.
   * @throws AppError `too_many_streams`; what the driver says when the database cannot be reached
   */
  async serve(topic: string, reply: FastifyReply, hearing: Hearing): Promise<void> {
    if (this.streams.size + this.opening >= MAX_STREAMS) {
      throw new AppError('unavailable', 'too_many_streams', { max: String(MAX_STREAMS) });
    }
    this.opening += 1;
    await this.hub.listen().finally(() => (this.opening -= 1));
    // A client that left meanwhile has closed already, and would be waited for in vain.
    if (reply.raw.destroyed) return;
    reply.hijack();
    this.begin(topic, reply, hearing);
  }

  /** Before the server waits for its connections to end. */
  beforeApplicationShutdown(): void {
    this.isStopping = true;
    for (const stream of this.streams) stream.end();
  }

  private begin(topic: string, reply: FastifyReply, hearing: Hearing): void {
    const stream = reply.raw;
    stream.writeHead(200, {
      ...(reply.getHeaders() as Record<string, string>),
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    if (this.isStopping || reply.request.method === 'HEAD') return void stream.end();
    this.streams.add(stream);
    let told = Promise.resolve();
    const tell = async (event: HubEvent) => {
      const heard = await hearing(event);
      if (heard !== null) this.send(stream, this.textOf(heard));
    };
    const unsubscribe = this.hub.subscribe(topic, (event) => {
      // Each event is work of its own, not of whichever request made the connection that it was heard on.
      const { id: request, ip: address } = reply.request;
      told = told
        .then(() =>
          withOrigin({ request, address, endsAt: performance.now() + REQUEST_PATIENCE_MS }, () => tell(event)),
        )
        .catch(() => void stream.end());
    });
    const heartbeat = setInterval(() => this.send(stream, ':\n\n'), HEARTBEAT_MS);
    stream
      .on('error', () => stream.destroy())
      .on('close', () => {
        unsubscribe();
        clearInterval(heartbeat);
        this.streams.delete(stream);
      });
    this.send(stream, `retry: ${RECONNECT_MS}\n\n`);
  }

  private textOf({ name, data }: HubEvent): string {
    // JSON has no line ends, so the data is one line.
    return `id: ${this.run}-${(this.lastId += 1)}\nevent: ${name}\ndata: ${data}\n\n`;
  }

  private send(stream: ServerResponse, text: string): void {
    if (stream.writableEnded) return;
    stream.write(text);
    if (stream.writableLength > MAX_UNREAD_BYTES) stream.destroy();
  }
}
