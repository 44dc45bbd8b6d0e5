import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { ImportFolder } from '../../src/modules/intake/index.js';
import { Mines, wholeMine } from '../../src/modules/mines/index.js';
import type { SynergyAnswer } from '../../src/modules/synergy/app/answer-synergy.js';
import type { Page } from '../../src/platform/http/paging.js';
import { runFolder } from './database.js';
import { startHttpApp, type HttpAppUnderTest } from './http-app.js';
import type { Folder, NaiveLine } from './naive.js';

type Query = Readonly<Record<string, string>>;

/** The service with folders taken in, one to a mine, and its figures asked for over HTTP. */
export class SynergyService {
  private constructor(readonly running: HttpAppUnderTest) {}

  static async start(): Promise<SynergyService> {
    return new SynergyService(await startHttpApp());
  }

  stop(): Promise<void> {
    return this.running.stop();
  }

  /** Takes a folder into a mine of its own, or into one that is there. */
  async take(mine: string, folder: Folder): Promise<void> {
    const { app } = this.running;
    await app.get(Mines).ensure({ code: mine, name: mine });
    const path = await mkdtemp(join(runFolder(), 'folder-'));
    for (const [name, text] of Object.entries(folder)) await writeFile(join(path, name), text);
    const taken = await app.get(ImportFolder, { strict: false }).take(wholeMine(mine, 'test'), path, () => undefined);
    expect({ status: taken.import.status, findings: taken.findings }).toEqual({ status: 'accepted', findings: [] });
  }

  address(query: Query, path = ''): string {
    return `/api/v1/synergy${path}?${new URLSearchParams(query).toString()}`;
  }

  ask(mine: string, query: Query, path = '') {
    return this.running.http.get(this.address(query, path)).set('X-Mine', mine);
  }

  /** The answer, which must be one. */
  async get<Answer = SynergyAnswer>(mine: string, query: Query, path = ''): Promise<Answer> {
    const response = await this.ask(mine, query, path);
    expect({ status: response.status, body: response.body }).toMatchObject({ status: 200 });
    return response.body as Answer;
  }

  /** All lines, page by page. */
  async lines(mine: string, query: Query): Promise<NaiveLine[]> {
    const lines: NaiveLine[] = [];
    const seen = new Set<string | null>();
    let cursor: string | null = null;
    do {
      const place: Query = cursor === null ? query : { ...query, cursor };
      const page: Page<NaiveLine> = await this.get<Page<NaiveLine>>(mine, place, '/lines');
      lines.push(...page.data);
      if (page.next !== null && seen.has(page.next)) throw new Error('a page leads back to an earlier one');
      seen.add(page.next);
      cursor = page.next;
    } while (cursor !== null);
    return lines;
  }

  /** What closing a period does to it, as far as figures can tell. */
  async setStatus(mine: string, period: string, status: 'open' | 'closed'): Promise<void> {
    await this.running.query(
      'UPDATE periods SET status = $3, data_version = data_version + 1 WHERE mine_id = $1 AND code = $2',
      [mine, period, status],
    );
  }

  /** The periods that the mine has, by start date, and the one before each: '' before the first of a table. */
  async calendar(mine: string): Promise<{ periods: string[]; before: (code: string) => string }> {
    const [head] = await this.running.query<{ hasTable: boolean }>(
      'SELECT has_period_table AS "hasTable" FROM mines WHERE mine_id = $1',
      [mine],
    );
    const rows = await this.running.query<{ code: string }>(
      'SELECT code FROM periods WHERE mine_id = $1 ORDER BY start_date',
      [mine],
    );
    const periods = rows.map(({ code }) => code);
    const monthBefore = (code: string) => new Date(Date.parse(`${code}-01`) - 1).toISOString().slice(0, 7);
    return {
      periods,
      before: (code) => (head?.hasTable ? (periods[periods.indexOf(code) - 1] ?? '?') : monthBefore(code)),
    };
  }
}
