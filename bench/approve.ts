/**
 * One record over HTTP until it counts, with sign-in, departments and approval on, against all of them off (issue 4): on
 * one connection, in one run, round by round. On: a clerk enters and hands it in, the reviewer of the department and
 * finance approve it, each with a key of their own; the steps one by one, or a hundred at once. Off: the path of the mine
 * is empty, and the guard is passed over, which the service has no switch for (support/open-guard.ts).
 */
import { join } from 'node:path';
import pg from 'pg';
import { newApiKey } from '../src/modules/access/index.js';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { Caller } from './support/http-client.js';
import { DEPARTMENTS, fillMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { recordsToPost } from './support/post-record.js';
import type { RecordRow } from './support/record-rows.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './support/report.js';
import { startService } from './support/service.js';
import { ratioOf, spreadOf } from './support/statistics.js';

const options = readOptions({ rounds: 5, records: 100, accounts: 60 });
const RATIO_GOAL = 0.6;
const OPEN = { 'x-bench-open': '1' };

type Roles = readonly (readonly [role: string, department: string])[];

/** A key with some roles, written past the service as an administrator would have made it. */
async function keyOf(owner: pg.Client, mine: string, roles: Roles): Promise<Record<string, string>> {
  const { id, text, sha256 } = newApiKey(mine);
  await owner.query(
    `INSERT INTO api_keys (mine_id, id, name, secret_sha256, created_by, expires_at)
     VALUES ($1, $2, 'bench', $3, 'bench', now() + interval '1 day')`,
    [mine, id, sha256],
  );
  for (const [role, department] of roles) {
    await owner.query(
      `INSERT INTO grants (mine_id, principal, role, department, granted_by) VALUES ($1, $2, $3, $4, 'bench')`,
      [mine, `key:${id}`, role, department],
    );
  }
  return { 'x-api-key': text };
}

/** A mine whose reference data was taken in while nobody had to approve it; answers its path. */
async function mineWithoutPath(owner: pg.Client, port: number, mine: string, folder: string): Promise<unknown[]> {
  const founder = new Caller(port, mine, OPEN);
  await founder.post('/api/v1/mines', { code: mine, name: `测量 ${mine}` });
  founder.close();
  const { rows } = await owner.query('DELETE FROM approval_steps WHERE mine_id = $1 RETURNING *', [mine]);
  await fillMine(new Caller(port, mine, OPEN), folder);
  return rows;
}

const bodyOf = (row: RecordRow) => Object.fromEntries(Object.entries(row).filter(([, text]) => text !== ''));

/** Records a second. */
async function rate(rows: readonly RecordRow[], work: () => Promise<void>): Promise<number> {
  const begun = performance.now();
  await work();
  return (rows.length * 1000) / (performance.now() - begun);
}

interface People {
  readonly clerk: Caller;
  readonly reviewer: Caller;
  readonly finance: Caller;
}

async function oneByOne({ clerk, reviewer, finance }: People, rows: readonly RecordRow[]): Promise<void> {
  for (const row of rows) {
    await clerk.post('/api/v1/records?submit=true', bodyOf(row));
    await reviewer.post(`/api/v1/records/${row.id}/approve`, {});
    await finance.post(`/api/v1/records/${row.id}/approve`, {});
  }
}

async function together({ clerk, reviewer, finance }: People, rows: readonly RecordRow[]): Promise<void> {
  for (const row of rows) await clerk.post('/api/v1/records?submit=true', bodyOf(row));
  const ids = rows.map(({ id }) => id);
  for (const checker of [reviewer, finance]) {
    const answer = (await checker.post('/api/v1/records/approve', { ids })).toString();
    if (answer.includes('"refused"')) throw new Error(answer.slice(0, 500));
  }
}

async function atOnce(anybody: Caller, rows: readonly RecordRow[]): Promise<void> {
  for (const row of rows) await anybody.post('/api/v1/records', bodyOf(row));
}

function take<Row>(rows: Iterator<Row, never>, count: number): Row[] {
  return Array.from({ length: count }, () => rows.next().value);
}

await Bench.run(
  '一条记录入账：审批、权限全开对全关 One record until it counts: all on against all off',
  async (bench) => {
    const service = await startService(
      bench,
      join(bench.folder, 'data'),
      new URL('support/open-guard.js', import.meta.url),
    );
    const owner = new pg.Client({ connectionString: service.ownerUrl });
    await owner.connect();
    owner.on('error', () => undefined);
    const settling = await OwnerConnection.open(service.ownerUrl);
    bench.onEnd(() => settling.close());
    bench.onEnd(() => owner.end());
    await mineWithoutPath(owner, service.port, 'off', bench.folder);
    const path = await mineWithoutPath(owner, service.port, 'on', bench.folder);
    await owner.query('INSERT INTO approval_steps SELECT * FROM json_populate_recordset(NULL::approval_steps, $1)', [
      JSON.stringify(path),
    ]);
    const callerOf = async (roles: Roles) => new Caller(service.port, 'on', await keyOf(owner, 'on', roles));
    const everywhere = (role: string): Roles => DEPARTMENTS.map((department) => [role, department]);
    const people: People = {
      clerk: await callerOf(everywhere('clerk')),
      reviewer: await callerOf(everywhere('reviewer')),
      finance: await callerOf([['finance', '']]),
    };
    const anybody = new Caller(service.port, 'off', OPEN);
    bench.onEnd(() => Promise.resolve([...Object.values(people), anybody].forEach((each: Caller) => each.close())));

    const sides = {
      off: { rows: recordsToPost('A', MONTHS, options.accounts), rates: [] as number[] },
      single: { rows: recordsToPost('B', MONTHS, options.accounts), rates: [] as number[] },
      bulk: { rows: recordsToPost('C', MONTHS, options.accounts), rates: [] as number[] },
    };
    const works = {
      off: (rows: readonly RecordRow[]) => atOnce(anybody, rows),
      single: (rows: readonly RecordRow[]) => oneByOne(people, rows),
      bulk: (rows: readonly RecordRow[]) => together(people, rows),
    };
    const names = ['off', 'single', 'bulk'] as const;
    for (let round = 0; round <= options.rounds; round += 1) {
      await settling.settle();
      for (const name of round % 2 === 0 ? names : [...names].reverse()) {
        const rows = take(sides[name].rows, options.records);
        const measured = await rate(rows, () => works[name](rows));
        // The first round warms up.
        if (round > 0) sides[name].rates.push(measured);
      }
    }
    const line = (what: string, name: (typeof names)[number]) => [what, ...spreadCells(spreadOf(sides[name].rates), 1)];
    printTable(
      `每秒记录数，${options.rounds} 轮，每轮 ${shown(options.records, 0)} 条 records a second`,
      ['', ...SPREAD],
      [
        line('全关 all off', 'off'),
        line('全开，逐条 on, one by one', 'single'),
        line('全开，成批审批 on, steps together', 'bulk'),
      ],
    );
    const single = ratioOf(sides.single.rates, sides.off.rates);
    const bulk = ratioOf(sides.bulk.rates, sides.off.rates);
    print(ratioLine('逐条 one by one : off', single));
    print(ratioLine('成批 together : off', bulk));
    print(goalLine('≥ 60 %（逐条 one by one）', single.ofMedians >= RATIO_GOAL));
    print(goalLine('≥ 60 %（成批 together）', bulk.ofMedians >= RATIO_GOAL));
  },
);
