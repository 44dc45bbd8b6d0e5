import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { connectionOf } from '../database/own-connection.js';

const CHANNEL = 'six_synergies_events';
const RECONNECT_MS = 1_000;

/** Something that happened, in this process or in another one of the same database. */
export interface HubEvent {
  readonly name: string;
  /** JSON. */
  readonly data: string;
  /** Whom it is for, as its publisher says; never sent. */
  readonly audience: unknown;
}

type Receive = (event: HubEvent) => void;

/** Told to every subscriber after the connection was lost: what happened meanwhile is not known. */
const MISSED: HubEvent = { name: 'missed', data: '{}', audience: null };

/**
 * The SQL expression that publishes an event with the commit of its transaction: for whom (a text; and json that narrows
 * it down for those who subscribe), its name (a text) and its data (json), together less than 8,000 bytes.
 */
export const publishSql = (topic: string, name: string, data: string, audience = 'NULL::json') =>
  `pg_notify('${CHANNEL}', json_build_object('topic', ${topic}, 'name', ${name}, 'data', ${data},
    'audience', ${audience})::text)`;

/** Hears what any process publishes, on one connection, which is made for the first subscriber and renewed when lost. */
@Injectable()
export class EventHub implements OnApplicationShutdown {
  private readonly logger = new Logger(EventHub.name);
  private readonly topics = new Map<Receive, string>();
  private listening: Promise<pg.Client> | null = null;
  private retry: NodeJS.Timeout | undefined;
  private isClosed = false;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  /**
   * Resolves when the database is listened to: who subscribes then misses nothing from there on.
   * @throws what the driver says when it cannot be reached
   */
  async listen(): Promise<void> {
    this.listening ??= this.connect();
    await this.listening;
  }

  /** Answers how to unsubscribe. */
  subscribe(topic: string, receive: Receive): () => void {
    this.topics.set(receive, topic);
    return () => this.topics.delete(receive);
  }

  async onApplicationShutdown(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.retry);
    const client = await this.listening?.catch(() => null);
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<pg.Client> {
    const client = new pg.Client(connectionOf(this.dataSource));
    client.on('notification', ({ payload }) => this.deliver(payload));
    let isLost = false;
    const lose = () => {
      if (isLost) return;
      isLost = true;
      this.listening = null;
      if (!this.isClosed) this.listenAgain();
    };
    client.on('error', lose).on('end', lose);
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
      return client;
    } catch (error) {
      lose();
      void client.end().catch(() => undefined);
      throw error;
    }
  }

  private listenAgain(): void {
    clearTimeout(this.retry);
    this.retry = setTimeout(() => {
      if (this.topics.size === 0 || this.isClosed) return;
      this.listen().then(
        () => this.topics.forEach((_, receive) => receive(MISSED)),
        (error: unknown) => this.logger.debug(`not listening: ${String(error)}`),
      );
    }, RECONNECT_MS);
  }

  private deliver(payload: string | undefined): void {
    const { topic, name, data, audience } = JSON.parse(payload ?? '{}') as Partial<Record<string, unknown>>;
    if (typeof name !== 'string') return;
    const event = { name, data: JSON.stringify(data), audience };
    for (const [receive, ofTopic] of this.topics) if (ofTopic === topic) receive(event);
  }
}
