import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { publishSql } from '../../src/platform/events/event-hub.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { FIRST_MINE } from '../../src/modules/mines/index.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp();
});
afterEach(() => Listener.closeAll());
afterAll(() => service.stop());

interface Heard {
  readonly id: string;
  readonly event: string;
  readonly data: Record<string, unknown>;
}

/** Follows the events of a mine, until it is closed or its test ends. */
class Listener {
  private static readonly opened: Listener[] = [];
  private text = '';
  private ended = false;

  private constructor(
    private readonly abort: AbortController,
    readonly response: Response,
  ) {
    void this.read();
  }

  static async open(mine?: string, url = service.url): Promise<Listener> {
    const abort = new AbortController();
    const headers: Record<string, string> = mine === undefined ? {} : { 'x-mine': mine };
    const response = await fetch(`${url}/api/v1/events`, { signal: abort.signal, headers });
    const listener = new Listener(abort, response);
    Listener.opened.push(listener);
    return listener;
  }

  /** What one test leaves open must not fail the next. */
  static closeAll(): void {
    for (const listener of Listener.opened.splice(0)) listener.close();
  }

  private async read(): Promise<void> {
    const decoder = new TextDecoder();
    try {
      for await (const chunk of this.response.body as unknown as AsyncIterable<Uint8Array>) {
        this.text += decoder.decode(chunk, { stream: true });
      }
    } catch {
      // Closed from this side.
    }
    this.ended = true;
  }

  get heard(): Heard[] {
    return [...this.text.matchAll(/id: (\S+)\nevent: (\S+)\ndata: (.*)\n\n/g)].map(([, id, event, data]) => ({
      id: id!,
      event: event!,
      data: JSON.parse(data!) as Record<string, unknown>,
    }));
  }

  get isEnded(): boolean {
    return this.ended;
  }

  async until(isGood: (listener: this) => boolean, patienceMs = 15_000): Promise<this> {
    for (const begun = performance.now(); !isGood(this) && performance.now() - begun < patienceMs;) await sleep(10);
    return this;
  }

  close(): void {
    this.abort.abort();
  }
}

const upload = async (csv: string): Promise<string> => {
  const { body } = await service.http
    .post('/api/v1/imports')
    .field('kind', 'departments')
    .attach('file', Buffer.from(csv), 'departments.csv')
    .expect(202);
  return body.id as string;
};

/** As any other process of the database would. */
const publish = (...events: readonly (readonly [mine: string, name: string, data: string])[]) =>
  withConnection(service.database.appUrl, async (other) => {
    for (const event of events)
      await other.query(`SELECT ${publishSql('$1::text', '$2::text', '$3::json')}`, [...event]);
  });

describe('GET /api/v1/events', () => {
  it('tells how an import goes, what became of it, and that figures are new', async () => {
    const listener = await Listener.open();
    expect(listener.response.status).toBe(200);
    expect(listener.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(listener.response.headers.get('x-content-type-options')).toBe('nosniff');
    // Whoever holds the mine holds the import up, so that its progress is there to be heard, however quick it is.
    const importId = await withConnection(service.database.appUrl, async (holder) => {
      await holder.query('SELECT pg_advisory_lock(hashtextextended($1, 6))', [`mine ${FIRST_MINE.code}`]);
      const id = await upload('code,name,parent\nCM1,采煤一区,\n');
      await listener.until(({ heard }) => heard.some(({ event }) => event === 'progress'));
      return id;
    });
    await listener.until(({ heard }) => heard.some(({ event }) => event === 'figures'));
    const ofImport = listener.heard.filter(({ data }) => data.importId === importId);
    expect(ofImport.filter(({ event }) => event !== 'progress').map(({ event }) => event)).toEqual([
      'accepted',
      'figures',
    ]);
    expect(ofImport).toContainEqual({
      id: expect.any(String),
      event: 'progress',
      data: expect.objectContaining({ importId, status: 'running' }),
    });
    expect(ofImport.find(({ event }) => event === 'accepted')!.data).toMatchObject({
      ...{ importId, status: 'accepted', reason: null, phase: null, rows: 1, accepted: 1, refused: 0 },
    });
    const ids = listener.heard.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    listener.close();
  });

  it('tells that an import was refused, and no new figures', async () => {
    const listener = await Listener.open();
    const importId = await upload('code,name\nCM1,采煤一区\n');
    await listener.until(({ heard }) => heard.some(({ event }) => event === 'refused'));
    await publish([FIRST_MINE.code, 'last', '{}']);
    await listener.until(({ heard }) => heard.at(-1)?.event === 'last');
    expect(listener.heard.filter(({ event }) => event !== 'progress')).toMatchObject([
      { event: 'refused', data: { importId, status: 'refused' } },
      { event: 'last' },
    ]);
    listener.close();
  });

  it('tells what other processes do, of its own mine only, and with the commit only', async () => {
    await service.http.post('/api/v1/mines').send({ code: 'other', name: '另一矿' }).expect(201);
    const [own, other] = await Promise.all([Listener.open(FIRST_MINE.code), Listener.open('other')]);
    await withConnection(service.database.appUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`SELECT ${publishSql(`'other'`, `'undone'`, `'{}'::json`)}`);
      await client.query('ROLLBACK');
    });
    await publish(['other', 'a', '{"n":1}'], [FIRST_MINE.code, 'b', '{"text":"一\\n二"}']);
    await other.until(({ heard }) => heard.length === 1);
    await own.until(({ heard }) => heard.length === 1);
    expect(other.heard).toMatchObject([{ event: 'a', data: { n: 1 } }]);
    expect(own.heard).toMatchObject([{ event: 'b', data: { text: '一\n二' } }]);
    own.close();
    other.close();
  });

  it('refuses an unknown mine, and the 201st listener until one leaves', async () => {
    const unknown = await fetch(`${service.url}/api/v1/events`, { headers: { 'x-mine': 'none' } });
    expect([unknown.status, ((await unknown.json()) as { code: string }).code]).toEqual([404, 'unknown_mine']);
    const all = await Promise.all(Array.from({ length: 200 }, () => Listener.open(FIRST_MINE.code)));
    expect(new Set(all.map(({ response }) => response.status))).toEqual(new Set([200]));
    const late = await fetch(`${service.url}/api/v1/events`, { headers: { 'x-mine': FIRST_MINE.code } });
    expect([late.status, ((await late.json()) as { code: string }).code]).toEqual([503, 'too_many_streams']);
    all[0]!.close();
    await sleep(200);
    const next = await Listener.open(FIRST_MINE.code);
    expect(next.response.status).toBe(200);
    await publish([FIRST_MINE.code, 'all', '{}']);
    for (const listener of [...all.slice(1), next]) await listener.until(({ heard }) => heard.length === 1);
    expect([...all.slice(1), next].filter(({ heard }) => heard.length !== 1)).toEqual([]);
    for (const listener of [...all, next]) listener.close();
  });

  it('cuts off a client that does not read, and serves the others', async () => {
    const reader = await Listener.open(FIRST_MINE.code);
    const slow = connect(Number(new URL(service.url).port), '127.0.0.1');
    slow.write(`GET /api/v1/events HTTP/1.1\r\nHost: x\r\nX-Mine: ${FIRST_MINE.code}\r\n\r\n`);
    const isClosed = new Promise((resolve) => slow.once('close', resolve).on('error', () => undefined));
    await new Promise((resolve) => slow.once('readable', resolve));
    const flood = Array.from(
      { length: 1_500 },
      (_, at) => [FIRST_MINE.code, 'flood', JSON.stringify({ at, x: 'x'.repeat(7_000) })] as const,
    );
    await publish(...flood);
    await reader.until(({ heard }) => heard.length === flood.length);
    expect(reader.heard.map(({ data }) => data.at)).toEqual(flood.map((_, at) => at));
    // Whatever the socket still holds ends before all was sent.
    let bytes = 0;
    slow.on('data', (chunk) => (bytes += chunk.length));
    await isClosed;
    expect(bytes).toBeLessThan(flood.length * 7_000);
    reader.close();
  });

  it('says so when the connection to the database was lost, and goes on', async () => {
    const listener = await Listener.open(FIRST_MINE.code);
    await withConnection(service.database.ownerUrl, (owner) =>
      owner.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN six_synergies%'
         AND datname = current_database()`,
      ),
    );
    await listener.until(({ heard }) => heard.length === 1);
    await publish([FIRST_MINE.code, 'after', '{}']);
    await listener.until(({ heard }) => heard.length === 2);
    expect(listener.heard.map(({ event }) => event)).toEqual(['missed', 'after']);
    listener.close();
  });

  it('answers HEAD, and when the service stops ends every stream and waits for no connection made ahead', async () => {
    const passing = await startHttpApp();
    const head = await fetch(`${passing.url}/api/v1/events`, { method: 'HEAD' });
    expect(head.status).toBe(200);
    const listener = await Listener.open(undefined, passing.url);
    const ahead = connect(Number(new URL(passing.url).port), '127.0.0.1');
    await new Promise((resolve) => ahead.once('connect', resolve).on('error', () => undefined));
    const begun = performance.now();
    await passing.stop();
    expect(performance.now() - begun).toBeLessThan(8_000);
    await listener.until(({ isEnded }) => isEnded);
    expect(listener.isEnded).toBe(true);
  });
});
