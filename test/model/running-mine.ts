import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { newApiKey } from '../../src/modules/access/index.js';
import { Mines } from '../../src/modules/mines/index.js';
import { connectionSettings } from '../../src/platform/database/connect.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ACTORS, DEPARTMENTS, FOREIGN_DEPARTMENT, PERIODS, PRICE_FEN, yuan, type Actor, type Grant } from './cast.js';

/** What the service answered: the status, and the JSON if there is any. */
export interface Answer<Body = unknown> {
  readonly status: number;
  readonly body: Body;
}

/** As `PublishEnd` of the service tells it on the database's channel. */
interface Told {
  readonly topic: string;
  readonly name: string;
  readonly data: { readonly importId?: string };
}

/** The service with the default paths of approval, and an ear for the ends of imports, so that nobody polls for them. */
export class ServiceOfMines {
  private readonly ends = new Map<string, number>();
  private readonly waiting = new Set<() => void>();

  private constructor(
    readonly running: HttpAppUnderTest,
    private readonly ear: pg.Client,
  ) {
    ear.on('notification', ({ payload }) => this.hear(JSON.parse(payload!) as Told));
  }

  static async start(): Promise<ServiceOfMines> {
    const running = await startHttpApp({ approval: true, anonymous: true });
    const ear = new pg.Client(connectionSettings(running.database.ownerUrl));
    await ear.connect();
    await ear.query('LISTEN six_synergies_events');
    return new ServiceOfMines(running, ear);
  }

  async stop(): Promise<void> {
    await this.ear.end();
    await this.running.stop();
  }

  /** A mine with the departments, the months and the baseline of the cast, and a key for each of its actors. */
  found(): Promise<RunningMine<Actor>> {
    return this.foundFor(ACTORS);
  }

  /** The same with other people. */
  async foundFor<Name extends string>(cast: Readonly<Record<Name, readonly Grant[]>>): Promise<RunningMine<Name>> {
    const code = `m-${randomUUID().slice(0, 12)}`;
    await this.running.app.get(Mines).ensure({ code, name: code });
    const keys = (Object.keys(cast) as Name[]).map((actor) => ({ actor, ...newApiKey(code) }));
    const grants = keys.flatMap(({ actor, id }) => cast[actor].map(([role, department]) => ({ id, role, department })));
    await this.running.query(FOUNDING, [
      ...[code, [...DEPARTMENTS, FOREIGN_DEPARTMENT], [...PERIODS], yuan(PRICE_FEN)],
      ...[JSON.stringify(keys.map(({ actor, id, sha256 }) => ({ actor, id, sha256 }))), JSON.stringify(grants)],
    ]);
    const texts = Object.fromEntries(keys.map(({ actor, text }) => [actor, text])) as Record<Name, string>;
    return new RunningMine(this, code, texts, new Map(keys.map(({ actor, id }) => [`key:${id}`, actor])));
  }

  /** How often an import came to an end: once checked, once posted. */
  endsOf(mine: string, importId: string): number {
    return this.ends.get(`${mine} ${importId}`) ?? 0;
  }

  async untilEnded(mine: string, importId: string, times: number): Promise<void> {
    while (this.endsOf(mine, importId) < times) {
      await new Promise<void>((resolve) => this.waiting.add(resolve));
    }
  }

  private hear({ topic, name, data }: Told): void {
    if (!['waiting', 'accepted', 'refused'].includes(name) || data.importId === undefined) return;
    const key = `${topic} ${data.importId}`;
    this.ends.set(key, (this.ends.get(key) ?? 0) + 1);
    const woken = [...this.waiting];
    this.waiting.clear();
    for (const wake of woken) wake();
  }
}

/** As the owner: what stands before a sequence begins is not what it is about. */
const FOUNDING = `WITH
  departments AS (INSERT INTO departments (mine_id, code, name) SELECT $1, code, code FROM unnest($2::text[]) AS code),
  periods AS (INSERT INTO periods (mine_id, code, start_date, end_date)
    SELECT $1, code, (code || '-01')::date, ((code || '-01')::date + interval '1 month' - interval '1 day')::date
    FROM unnest($3::text[]) AS code),
  baselines AS (INSERT INTO baselines (mine_id, code, kind, category, item, nature, basis, unit_price, unit)
    VALUES ($1, 'B1', 'price', 'resource', '0104', 'explicit', 'budget', $4::numeric, '件')),
  keys AS (INSERT INTO api_keys (mine_id, id, name, secret_sha256, created_by, expires_at)
    SELECT $1, id, actor, sha256, 'test', now() + interval '1 day'
    FROM jsonb_to_recordset($5::jsonb) AS k (actor text, id text, sha256 text))
  INSERT INTO grants (mine_id, principal, role, department, granted_by)
    SELECT $1, 'key:' || id, role, department, 'test'
    FROM jsonb_to_recordset($6::jsonb) AS g (id text, role text, department text)`;

/** One mine over HTTP, as its actors. */
export class RunningMine<Name extends string = Actor> {
  constructor(
    readonly service: ServiceOfMines,
    readonly code: string,
    private readonly keys: Readonly<Record<Name, string>>,
    /** Whom the service writes down, by the name of the cast. */
    readonly actorOf: ReadonlyMap<string, Name>,
  ) {}

  get<Body>(actor: Name, path: string): Promise<Answer<Body>> {
    return this.request(actor, path, { method: 'GET' });
  }

  post<Body>(actor: Name, path: string, body?: object): Promise<Answer<Body>> {
    if (body === undefined) return this.request(actor, path, { method: 'POST' });
    const headers = { 'content-type': 'application/json' };
    return this.request(actor, path, { method: 'POST', headers, body: JSON.stringify(body) });
  }

  /** Hands a file of records in. */
  send(actor: Name, csv: string): Promise<Answer<{ readonly id: string; readonly isNew: boolean }>> {
    const form = new FormData();
    form.set('kind', 'records');
    form.set('file', new Blob([csv]), 'records.csv');
    return this.request(actor, '/imports', { method: 'POST', body: form });
  }

  private async request<Body>(actor: Name, path: string, init: RequestInit): Promise<Answer<Body>> {
    const headers = { ...(init.headers as Record<string, string>), 'x-api-key': this.keys[actor] };
    const response = await fetch(`${this.service.running.url}/api/v1${path}`, { ...init, headers });
    const text = await response.text();
    return { status: response.status, body: (text === '' ? undefined : JSON.parse(text)) as Body };
  }
}
