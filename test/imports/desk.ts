import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import type { Role } from '../../src/modules/access/index.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { zipOf } from '../support/zip.js';

export type Who = Readonly<Record<'X-Api-Key', string>>;

/** What `GET /imports/:id` says, of what tests look at. */
export interface Shown {
  readonly id: string;
  readonly status: string;
  readonly reason: string | null;
  readonly accepted: number;
  readonly controlTotals: { readonly rows: number; readonly amount: string };
  readonly approval: {
    readonly submissionId: string;
    readonly state: string;
    readonly steps: readonly string[];
    readonly stepsDone: number;
    readonly reason: string | null;
  } | null;
}

export const lines = (...rows: string[]) => rows.join('\n') + '\n';

export const zipped = (files: Readonly<Record<string, string>>) =>
  zipOf(Object.entries(files).map(([name, text]) => ({ name, content: Buffer.from(text) })));

/** A mine with the default path: records are approved by a reviewer and by finance, everything else by finance. */
export class Desk {
  private constructor(
    readonly running: HttpAppUnderTest,
    readonly clerk: Who,
    readonly reviewer: Who,
    readonly finance: Who,
  ) {}

  static async open(): Promise<Desk> {
    const running = await startHttpApp({ approval: true });
    const [clerk, reviewer, finance] = await Promise.all(
      (['clerk', 'reviewer', 'finance'] as const).map((role) => running.callerWith(role)),
    );
    return new Desk(running, clerk!, reviewer!, finance!);
  }

  close(): Promise<void> {
    return this.running.stop();
  }

  /** A caller of its own; no departments: of the whole mine. */
  caller(role: Role, ...departments: string[]): Promise<Who> {
    return this.running.callerWith(role, departments.length === 0 ? [''] : departments);
  }

  get(who: Who, path: string) {
    return this.running.http.get(`/api/v1${path}`).set(who);
  }

  post(who: Who, path: string, body: object = {}) {
    return this.running.http.post(`/api/v1${path}`).set(who).send(body);
  }

  upload(who: Who, kind: string, content: string | Buffer, name = `${kind}.csv`) {
    return this.running.http
      .post('/api/v1/imports')
      .set(who)
      .field('kind', kind)
      .attach('file', Buffer.from(content), name);
  }

  /** Hands a file in and answers the import once it is checked. */
  async send(who: Who, kind: string, content: string | Buffer, name?: string): Promise<Shown> {
    const { status, body } = await this.upload(who, kind, content, name);
    expect({ status, body }).toMatchObject({ status: 202, body: { isNew: true } });
    return this.until(who, body.id, ({ status: now }) => now === 'accepted' || now === 'refused');
  }

  sendFolder(who: Who, files: Readonly<Record<string, string>>): Promise<Shown> {
    return this.send(who, 'folder', zipped(files), 'folder.zip');
  }

  async show(who: Who, id: string): Promise<Shown> {
    return (await this.get(who, `/imports/${id}`).expect(200)).body as Shown;
  }

  async until(who: Who, id: string, isGood: (shown: Shown) => boolean): Promise<Shown> {
    for (const begun = performance.now(); ; await sleep(20)) {
      const shown = await this.show(who, id);
      if (isGood(shown) || performance.now() - begun > 30_000) return shown;
    }
  }

  /** The next step of an import, by whoever may take it. */
  async approve(who: Who, { approval }: Shown) {
    return (await this.post(who, `/submissions/${approval!.submissionId}/approve`)).body as Record<string, unknown>;
  }

  /** All steps in order; answers the import once it counts, or could not be posted. */
  async approveAll(shown: Shown): Promise<Shown> {
    if (shown.approval === null)
      throw new Error(`not waiting: ${JSON.stringify(await this.codes(this.finance, shown.id))}`);
    for (const role of shown.approval.steps) {
      const who = role === 'reviewer' ? this.reviewer : this.finance;
      expect(await this.approve(who, shown)).toMatchObject({ outcome: role === 'finance' ? 'posting' : 'reviewed' });
    }
    return this.until(this.finance, shown.id, ({ approval }) => approval?.state !== 'posting');
  }

  /** The bytes of the figures, and of what they are measured by. */
  async figures(): Promise<string> {
    const answers = [];
    for (const path of [
      '/synergy?period=2023-03&by=department,item,project',
      '/baselines',
      '/activities',
      '/rates',
      '/adjustments',
      '/projects',
      '/departments',
      '/records',
    ]) {
      const { text } = await this.get(this.finance, path).expect(200);
      answers.push(`${path} ${text}`);
    }
    return answers.join('\n');
  }

  async findings(who: Who, id: string): Promise<{ row: number; column: string; code: string; message: string }[]> {
    return (await this.get(who, `/imports/${id}/issues?limit=200`).expect(200)).body.data;
  }

  async codes(who: Who, id: string): Promise<(readonly [number, string, string])[]> {
    return (await this.findings(who, id)).map(({ row, column, code }) => [row, column, code] as const);
  }
}

export const DEPARTMENTS = lines(
  'code,name,parent',
  'MINE,柴里煤矿,',
  'CM1,采煤一区,MINE',
  'JD,机电区,MINE',
  'GY,供应部,MINE',
);

export const RECORDS =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary';
export const record = (id: string, department = 'CM1', amount = '1100.00') =>
  `${id},2023-03-05,${department},resource,0104,explicit,10,件,,${amount},,,,,`;

export const BASELINES =
  'code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume';
export const priceBaseline = (code: string, department: string, price: string) =>
  `${code},${department},resource,0104,explicit,,,,prior_year,${price},,,,,`;

export const ADJUSTMENTS = 'id,period,department,category,project,kind,amount,recognition,status,voucher';
export const gain = (id: string, department = 'CM1', amount = '5000.00') =>
  `${id},2023-03,${department},business,,gain,${amount},realised,confirmed,`;
