import { mkdtemp, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { ImportFolder } from '../../src/modules/intake/index.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { runFolder } from '../support/database.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

export const MINE = 'chaili';

/** Two districts; CM1 buys 0104 at a baseline price of 10 yuan a piece. */
const FOLDER = {
  'departments.csv': 'code,name,parent\nMINE,柴里煤矿,\nCM1,采煤一区,MINE\nCM2,采煤二区,MINE\n',
  'baselines.csv':
    'code,department,category,item,nature,project,valid_from,valid_to,basis,unit_price,norm,driver,quantity,amount,planned_volume\n' +
    'B1,CM1,resource,0104,explicit,,,,contract,10,,,,,\n',
};

type Headers = Readonly<Record<string, string>>;

/** Who works at the desk: every one is a program with a key of its own. */
export interface People {
  readonly clerk: Headers;
  readonly colleague: Headers;
  readonly reviewer: Headers;
  readonly finance: Headers;
  readonly clerk2: Headers;
  readonly reviewer2: Headers;
}

/** The service with a mine whose records take two steps: the reviewer of their department, then finance. */
export class Desk {
  private constructor(
    readonly running: HttpAppUnderTest,
    readonly people: People,
  ) {}

  static async open(): Promise<Desk> {
    const running = await startHttpApp({ approval: true });
    const steps = await running.query('DELETE FROM approval_steps RETURNING *');
    const path = await mkdtemp(join(runFolder(), 'folder-'));
    for (const [name, text] of Object.entries(FOLDER)) await writeFile(join(path, name), text);
    const folders = running.app.get(ImportFolder, { strict: false });
    const taken = await folders.take(wholeMine(MINE, 'console'), path, () => undefined);
    expect({ status: taken.import.status, findings: taken.findings }).toEqual({ status: 'accepted', findings: [] });
    await running.query('INSERT INTO approval_steps SELECT * FROM json_populate_recordset(NULL::approval_steps, $1)', [
      JSON.stringify(steps),
    ]);
    const people: People = {
      clerk: await running.callerWith('clerk', ['CM1']),
      colleague: await running.callerWith('clerk', ['CM1']),
      reviewer: await running.callerWith('reviewer', ['CM1']),
      finance: await running.callerWith('finance'),
      clerk2: await running.callerWith('clerk', ['CM2']),
      reviewer2: await running.callerWith('reviewer', ['CM2']),
    };
    return new Desk(running, people);
  }

  leave(): Promise<void> {
    return this.running.stop();
  }

  post(who: Headers, path: string, body: object = {}) {
    return this.running.http
      .post(`/api/v1/records${path}`)
      .set({ ...who })
      .send(body);
  }

  put(who: Headers, path: string, body: object) {
    return this.running.http
      .put(`/api/v1/records${path}`)
      .set({ ...who })
      .send(body);
  }

  get(who: Headers, path: string) {
    return this.running.http.get(`/api/v1/records${path}`).set({ ...who });
  }

  /** Enters a record and hands it in. */
  async handIn(who: Headers, body: object): Promise<void> {
    const { status, body: answer } = await this.post(who, '?submit=true', body);
    expect({ status, answer }).toMatchObject({ status: 201, answer: { status: 'submitted' } });
  }

  /** Enters a record and takes it through all steps. */
  async takeThrough(who: Headers, reviewer: Headers, body: { readonly id: string }): Promise<void> {
    await this.handIn(who, body);
    await this.post(reviewer, `/${body.id}/approve`).expect(200);
    const { body: posted } = await this.post(this.people.finance, `/${body.id}/approve`).expect(200);
    expect(posted).toEqual({ id: body.id, outcome: 'posted' });
  }

  /** Seals a month once all departments declared it. */
  async close(period: string, departments: readonly string[]): Promise<void> {
    const { http } = this.running;
    await http.post(`/api/v1/periods/${period}/declarations`).send({ departments }).expect(200);
    const { status, body } = await http.post(`/api/v1/periods/${period}/close`).send({});
    expect({ status, body }).toMatchObject({ status: 200, body: { period } });
  }

  /** Figures as bytes: all of 2023, or of one month as it is known or was reported. */
  async figures(period = '2023-01..2023-12', asOf: 'known' | 'reported' = 'known'): Promise<string> {
    const query = `period=${period}&by=department,period,category,item&asOf=${asOf}`;
    const { body } = await this.running.http.get(`/api/v1/synergy?${query}`).expect(200);
    const { rows, total, issues } = body as Record<string, unknown>;
    return JSON.stringify({ rows, total, issues });
  }

  async explicitCost(period: string): Promise<string> {
    const { body } = await this.running.http.get(`/api/v1/synergy?period=${period}&by=department`).expect(200);
    return (body as { total: { explicit_actual: string } }).total.explicit_actual;
  }
}

/** `count` pieces of 0104 bought by CM1 at 9.50 yuan: 9.5 × count. */
export const purchase = (id: string, count = 10, date = '2023-03-05') => ({
  ...{ id, date, department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
  ...{ quantity: String(count), unit_price: '9.50', amount: `${(95 * count) / 10}`, summary: `配件 ${id}` },
});
