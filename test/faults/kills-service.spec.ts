import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import iconv from 'iconv-lite';
import { withConnection } from '../../src/platform/database/connect.js';
import { makeChildInstall } from '../db/child-install.js';
import { csvOf, type Fields } from '../db/kept-books.js';
import { runFolder } from '../support/database.js';
import { ALL_ROLES, NO_PATH, TestKeys } from '../support/test-keys.js';
import { Random } from '../support/random-folder/random.js';
import { killPostgres, ownerUrlOf, ServiceProcess } from './service-process.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** npm run test:kills-ledger: 50 of the service and 20 of PostgreSQL. The ordinary run kills both in kills-under-load. */
const KILLS = Number(process.env.KILLS ?? 0);
const POSTGRES_KILLS = Number(process.env.POSTGRES_KILLS ?? 0);
const long = KILLS > 0 ? it : it.skip;
const ROWS = 5_000;
const PATIENCE_MS = 90_000;
const MINUTES = 60_000;

const PLACE = { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };
const REFERENCES: Readonly<Record<string, string>> = {
  departments: csvOf('departments', [{ code: 'CM1', name: '采煤一区' }]),
  baselines: csvOf('baselines', [
    { code: 'B1', ...PLACE, basis: 'budget', unit_price: '108', quantity: '500' },
  ] satisfies Fields[]),
};

/** A file, and what its records must add up to, in fen. */
interface Subject {
  readonly name: string;
  /** null: told from the content. */
  readonly kind: string | null;
  readonly content: Uint8Array;
  readonly sumFen: bigint;
}

const yuan = (fen: bigint) => {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  return `${fen < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
};

/** One row a record: the contract's own table, or a journal of a centre in which each voucher has two lines. */
function subjectsOf(random: Random): Subject[] {
  const fens = Array.from({ length: ROWS }, () => BigInt(random.between(-1_000, 1_000_000)) || 1n);
  const sumFen = fens.reduce((sum, fen) => sum + fen, 0n);
  const day = (at: number) => `2023-03-${String(1 + (at % 28)).padStart(2, '0')}`;
  const records = fens.map((fen, at): Fields => {
    return { id: `R${at}`, date: day(at), ...PLACE, quantity: String(1 + (at % 7)), amount: yuan(fen) };
  });
  const entries = fens.flatMap((fen, at) => {
    const head = `${day(at)},记-${at + 1}`;
    return [
      `${head},1,截齿,5001010104,生产成本_材料_配件,采煤一区,,${1 + (at % 7)},件,${yuan(fen)},`,
      `${head},2,截齿,1403,原材料,,,,,,${yuan(fen)}`,
    ];
  });
  const journal = [
    '序时账,,,,,,,,,,,',
    '单位：示例煤矿,,期间：2023年03月,,,,,,,,,单位：元',
    '凭证日期,凭证字号,分录号,摘要,科目编码,科目名称,部门,项目,数量,计量单位,借方金额,贷方金额',
    ...entries,
    `合计,,,,,,,,,,${yuan(sumFen)},${yuan(sumFen)}`,
  ];
  return [
    { name: 'records.csv', kind: 'records', content: Buffer.from(csvOf('records', records)), sumFen },
    { name: '三月序时账.csv', kind: null, content: iconv.encode(`${journal.join('\n')}\n`, 'gb18030'), sumFen },
  ];
}

let app: string;
let dataDir: string;
let service: ServiceProcess;
beforeAll(async () => {
  app = await makeChildInstall();
  dataDir = join(runFolder(), `kills-${randomUUID()}`);
  service = await ServiceProcess.start(app, dataDir);
  for (const statement of NO_PATH) await ask(statement);
}, 5 * MINUTES);
afterAll(async () => {
  // The last to leave stops the database, which a killed one would leave running.
  await service.stop();
  await ServiceProcess.killAll();
});

const ask = async <Row extends object>(sql: string, parameters: readonly unknown[] = []): Promise<Row[]> =>
  withConnection(await ownerUrlOf(dataDir), async (owner) => (await owner.query<Row>(sql, [...parameters])).rows);

/** A key with every right in a mine. */
const keyOf = async (mine: string): Promise<string> =>
  withConnection(await ownerUrlOf(dataDir), (owner) => new TestKeys(owner).make(mine, ALL_ROLES));

async function send(mine: string, kind: string | null, name: string, content: Uint8Array): Promise<string> {
  const form = new FormData();
  if (kind !== null) form.set('kind', kind);
  form.set('file', new Blob([new Uint8Array(content)]), name);
  const answer = await fetch(`${service.url}/api/v1/imports`, {
    method: 'POST',
    headers: { 'x-api-key': await keyOf(mine) },
    body: form,
  });
  const body = (await answer.json()) as { id?: string };
  if (answer.status !== 202) throw new Error(JSON.stringify(body));
  return body.id!;
}

/** Every look sees all of the file's rows or none of them; in the end the import has a fate. */
async function finished(mine: string, id: string): Promise<{ status: string; reason: string | null }> {
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(50)) {
    const [now] = await ask<{ status: string; reason: string | null; rows: number }>(
      `SELECT status, reason, (SELECT count(*)::int FROM records r WHERE r.mine_id = i.mine_id) AS rows
       FROM imports i WHERE mine_id = $1 AND id = $2`,
      [mine, id],
    );
    expect([0, ROWS]).toContain(now!.rows);
    if (now!.status === 'accepted' || now!.status === 'refused') return { status: now!.status, reason: now!.reason };
  }
  return { status: 'stuck', reason: null };
}

/** A mine that knows the department and its baseline. */
async function newMine(): Promise<string> {
  const code = `m-${randomUUID().slice(0, 8)}`;
  const made = await fetch(`${service.url}/api/v1/mines`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-api-key': await keyOf('chaili') },
    body: JSON.stringify({ code, name: '柴里煤矿' }),
  });
  expect(made.status).toBe(201);
  for (const [kind, csv] of Object.entries(REFERENCES)) {
    const id = await send(code, kind, `${kind}.csv`, Buffer.from(csv));
    expect(await finished(code, id)).toEqual({ status: 'accepted', reason: null });
  }
  return code;
}

/** File = records = cells (guarantee 1), in fen; and nothing is left of staging. */
async function sums(mine: string): Promise<unknown> {
  const [found] = await ask(
    `SELECT (SELECT count(*)::int FROM records WHERE mine_id = $1) AS rows,
       (SELECT count(DISTINCT id)::int FROM records WHERE mine_id = $1) AS ids,
       (SELECT sum(amount) * 100 FROM records WHERE mine_id = $1)::numeric(30) AS records,
       (SELECT sum(m_explicit_actual) * 100 FROM cells WHERE mine_id = $1)::numeric(30) AS cells,
       (SELECT sum(control_amount) * 100 FROM imports WHERE mine_id = $1)::numeric(30) AS control,
       (SELECT count(*)::int FROM pg_class WHERE relnamespace = 'scratch'::regnamespace AND relkind = 'r') AS scratch`,
    [mine],
  );
  return found;
}

const conserved = (sumFen: bigint) => {
  const sum = String(sumFen);
  return { rows: ROWS, ids: ROWS, records: sum, cells: sum, control: sum, scratch: 0 };
};

/** What an import of the subject lasts, and what the service says of it when nothing happens. */
async function lasts({ kind, name, content, sumFen }: Subject): Promise<number> {
  const mine = await newMine();
  const begun = performance.now();
  const id = await send(mine, kind, name, content);
  expect(await finished(mine, id)).toEqual({ status: 'accepted', reason: null });
  expect(await sums(mine)).toEqual(conserved(sumFen));
  return performance.now() - begun;
}

/** Kills `times`, each at a random point of another part of the time that an import lasts. */
async function killedTimes(
  subject: Subject,
  times: number,
  random: Random,
  kill: () => Promise<void>,
): Promise<string> {
  const { kind, name, content, sumFen } = subject;
  const lastsMs = await lasts(subject);
  const points: string[] = [];
  for (let at = 0; at < times; at += 1) {
    const mine = await newMine();
    const id = await send(mine, kind, name, content);
    const point = Math.round((lastsMs * (at + random.below(1_000) / 1_000)) / times);
    await sleep(point);
    await kill();
    service = await ServiceProcess.start(app, dataDir);
    const [before] = await ask<{ attempts: number }>('SELECT attempts FROM imports WHERE id = $1', [id]);
    const begun = performance.now();
    expect(await finished(mine, id)).toEqual({ status: 'accepted', reason: null });
    points.push(`${point} ms (attempt ${before!.attempts}, done after ${Math.round(performance.now() - begun)} ms)`);
    expect(await sums(mine)).toEqual(conserved(sumFen));
  }
  return `${name}: lasts ${Math.round(lastsMs)} ms; killed after ${points.join(', ')}`;
}

/** In the ordinary run the control, of one of them. */
const subjects = subjectsOf(new Random(SEED)).slice(0, KILLS > 0 ? undefined : 1);

describe.each(subjects)(`$name, interrupted (seed ${SEED})`, (subject) => {
  const random = new Random(SEED + 1);

  long(
    `is whole after each of ${KILLS} kills of the service`,
    async () => console.info(await killedTimes(subject, KILLS, random, () => service.kill())),
    (KILLS + 3) * MINUTES,
  );

  long(
    `is whole after each of ${POSTGRES_KILLS} kills of PostgreSQL, the service restarted`,
    async () => {
      const both = async () => {
        await killPostgres(dataDir);
        await sleep(100);
        await service.stop();
      };
      console.info(await killedTimes(subject, POSTGRES_KILLS, random, both));
    },
    (POSTGRES_KILLS + 3) * MINUTES,
  );

  it(
    'control: one record that is lost is noticed',
    async () => {
      const mine = await newMine();
      const id = await send(mine, subject.kind, subject.name, subject.content);
      await finished(mine, id);
      expect(await sums(mine)).toEqual(conserved(subject.sumFen));
      await ask(`DELETE FROM records WHERE ctid = (SELECT ctid FROM records WHERE mine_id = $1 LIMIT 1)`, [mine]);
      expect(await sums(mine)).not.toEqual(conserved(subject.sumFen));
    },
    3 * MINUTES,
  );
});
