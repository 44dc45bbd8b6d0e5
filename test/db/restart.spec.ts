import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import type pg from 'pg';
import { Approvals } from '../../src/modules/approval/index.js';
import { ImportQueue } from '../../src/modules/intake/app/import-queue.js';
import { ImportApproval } from '../../src/modules/intake/app/import-approval.js';
import { RunImport } from '../../src/modules/intake/app/run-import.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { Door, FILE_LIMITS, type Fate } from '../support/door.js';
import { Random } from '../support/random-folder/random.js';
import { ImportingChild, makeChildInstall } from './child-install.js';
import { csvOf, type Fields } from './kept-books.js';
import { Interrupted } from './steered.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
/** `npm run test:kills`. The ordinary run kills under load, in test/faults. */
const KILLS = Number(process.env.KILLS ?? 0);
const long = KILLS > 0 ? it : it.skip;
const ROWS = 10_000;
const PATIENCE_MS = 30_000;

let door: Door;
let install: Promise<string>;
beforeAll(async () => {
  jest.spyOn(Logger.prototype, 'debug').mockImplementation(() => undefined);
  install = makeChildInstall();
  door = await Door.open(6);
});
afterAll(async () => {
  await ImportingChild.killAll();
  await door.close();
});

const DEPARTMENTS = [{ code: 'CM1', name: '采煤一区' }];
const PLACE = { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };
const BASELINE = { code: 'B1', ...PLACE, basis: 'budget', unit_price: '108', quantity: '500' };

/** Many records over a year, and what their amounts add up to, in fen. */
function manyRecords(random: Random, count: number): { csv: string; sumFen: bigint } {
  let sumFen = 0n;
  const rows = Array.from({ length: count }, (_, at): Fields => {
    const fen = BigInt(random.between(-1_000, 1_000_000));
    sumFen += fen;
    const amount = `${fen < 0n ? '-' : ''}${yuan(fen < 0n ? -fen : fen)}`;
    const month = String(1 + (at % 12)).padStart(2, '0');
    return { id: `R${at}`, date: `2023-${month}-0${1 + (at % 9)}`, ...PLACE, quantity: String(at % 7), amount };
  });
  return { csv: csvOf('records', rows), sumFen };
}

const yuan = (fen: bigint) => `${fen / 100n}.${String(fen % 100n).padStart(2, '0')}`;

async function newMine(): Promise<string> {
  const mine = await door.newMine();
  await door.takeFile(mine, 'departments', csvOf('departments', DEPARTMENTS));
  await door.takeFile(mine, 'baselines', csvOf('baselines', [BASELINE]));
  return mine;
}

async function registered(mine: string, csv: string): Promise<string> {
  const stored = await door.register.store.put(Readable.from([Buffer.from(csv)]));
  return (await door.register.stored(wholeMine(mine), { kind: 'records', fileName: 'records.csv' }, stored)).importId;
}

/** Starts as the service does: what an earlier process left is taken up. */
async function restart(mine: string, importId: string): Promise<Fate> {
  const queue = new ImportQueue(door.runImport, door.dataSource, new Readiness());
  await queue.takeUpUnfinished();
  try {
    for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(20)) {
      const fate = await door.fateOf(mine, importId);
      if (fate.status === 'accepted' || fate.status === 'refused') return fate;
    }
    return await door.fateOf(mine, importId);
  } finally {
    await queue.onApplicationShutdown();
  }
}

const attemptsOf = async (importId: string) =>
  (await door.query<{ attempts: number }>('SELECT attempts FROM imports WHERE id = $1', [importId]))[0]!.attempts;

/** File = records = sums = cells (guarantee 1), in fen. */
async function sums(mine: string): Promise<unknown> {
  const [found] = await door.query(
    `SELECT (SELECT count(*)::int FROM records WHERE mine_id = $1) AS rows,
       (SELECT sum(amount) * 100 FROM records WHERE mine_id = $1)::numeric(30) AS records,
       (SELECT sum(amount_of_quantified) * 100 FROM cell_sums WHERE mine_id = $1)::numeric(30) AS sums,
       (SELECT sum(m_explicit_actual) * 100 FROM cells WHERE mine_id = $1)::numeric(30) AS cells,
       (SELECT sum(control_amount) * 100 FROM imports WHERE mine_id = $1)::numeric(30) AS control`,
    [mine],
  );
  return found;
}

const conserved = (rows: number, sumFen: bigint) => {
  const sum = String(sumFen);
  return { rows, records: sum, sums: sum, cells: sum, control: sum };
};

/** Backends of killed processes end when they next look at their connection. */
async function untilNobodyElseIsConnected(): Promise<void> {
  const others = `SELECT count(*)::int AS others FROM pg_stat_activity
    WHERE datname = current_database() AND backend_type = 'client backend' AND state <> 'idle' AND pid <> pg_backend_pid()`;
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(10)) {
    const [found] = await door.query<{ others: number }>(others);
    if (found!.others === 0) return;
  }
  throw new Error('a killed process’s transaction is still open');
}

/** The process id of the backend that waits for a lock of this connection. */
async function untilBlockedBy(owner: pg.Client): Promise<number> {
  const blocked = 'SELECT pid FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))';
  for (const begun = performance.now(); performance.now() - begun < PATIENCE_MS; await sleep(5)) {
    const { rows } = await owner.query<{ pid: number }>(blocked);
    if (rows[0] !== undefined) return rows[0].pid;
  }
  throw new Error('nothing waits for the lock');
}

describe('what an earlier process left', () => {
  const { csv, sumFen } = manyRecords(new Random(SEED), 200);

  it('queued is taken in', async () => {
    const mine = await newMine();
    const importId = await registered(mine, csv);
    expect(await restart(mine, importId)).toMatchObject({ status: 'accepted' });
    expect(await sums(mine)).toEqual(conserved(200, sumFen));
  });

  it('running is taken in, until it has been interrupted three times', async () => {
    const mine = await newMine();
    const importId = await registered(mine, csv);
    const before = await door.contents(mine);
    const interrupt = (times: number) =>
      door.query(`UPDATE imports SET status = 'running', attempts = $2 WHERE id = $1`, [importId, times]);
    await interrupt(3);
    expect(await restart(mine, importId)).toMatchObject({ status: 'refused', reason: 'interrupted', problems: [] });
    expect(await door.contents(mine)).toEqual(before);
    // Refused content may be sent again, as a new import.
    const again = await registered(mine, csv);
    expect(again).not.toBe(importId);
    await door.query(`UPDATE imports SET status = 'running', attempts = 2 WHERE id = $1`, [again]);
    expect(await restart(mine, again)).toMatchObject({ status: 'accepted' });
    expect(await attemptsOf(again)).toBe(3);
    expect(await sums(mine)).toEqual(conserved(200, sumFen));
  });

  it('is left alone while another process is at it', async () => {
    const mine = await newMine();
    const importId = await registered(mine, csv);
    await withConnection(door.database.appUrl, async (other) => {
      await other.query('BEGIN');
      await other.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 8))', [`import ${importId}`]);
      expect(await door.runImport.run(mine, importId, () => undefined)).toBe(false);
      expect(await door.fateOf(mine, importId)).toMatchObject({ status: 'queued' });
    });
    expect(await restart(mine, importId)).toMatchObject({ status: 'accepted' });
  });
});

describe(`a process killed in the middle of ${ROWS} rows (seed ${SEED})`, () => {
  long(
    `leaves nothing, ${KILLS} times at random points, and the next start finishes`,
    async () => {
      const random = new Random(SEED);
      const { csv, sumFen } = manyRecords(random, ROWS);
      let mine = await newMine();
      let before = await door.contents(mine);
      let late = 0;
      const app = await install;
      const start = () => ImportingChild.start(app, door.database.appUrl, door.storeFolder);

      const other = await newMine();
      const child = await start();
      const whole = await registered(other, csv);
      const begun = performance.now();
      await child.take(other, whole);
      await child.done();
      const lastsMs = Math.round(performance.now() - begun);

      let importId = await registered(mine, csv);
      const points: number[] = [];
      for (let next = start(); points.length < KILLS;) {
        const victim = await next;
        if (points.length + 1 < KILLS) next = start();
        // However often it is killed, it is not to be given up here.
        await door.query('UPDATE imports SET attempts = 0 WHERE id = $1', [importId]);
        // A random point of each part of the time that an import lasts.
        points.push(Math.round((lastsMs * (points.length + random.below(1_000) / 1_000)) / KILLS));
        await victim.take(mine, importId);
        await sleep(points.at(-1));
        await victim.kill();
        await untilNobodyElseIsConnected();
        if ((await door.fateOf(mine, importId)).status !== 'accepted') {
          expect(await door.contents(mine)).toEqual(before);
          continue;
        }
        // It was quicker than that: everything is there, and the next one is killed in another mine.
        expect(await sums(mine)).toEqual(conserved(ROWS, sumFen));
        [mine, late] = [await newMine(), late + 1];
        [before, importId] = [await door.contents(mine), await registered(mine, csv)];
      }
      console.info(`an import lasts ${lastsMs} ms; killed after ${points.join(', ')} ms, ${late} of them too late`);
      expect(await restart(mine, importId)).toMatchObject({ status: 'accepted', problems: [] });
      expect(await sums(mine)).toEqual(conserved(ROWS, sumFen));
      expect(await sums(other)).toEqual(conserved(ROWS, sumFen));
      expect(await door.answer(mine)).toEqual(await door.answer(other));
    },
    120_000 + KILLS * 20_000,
  );

  /** What is written last, in the ordinary run. */
  const tables = ['cells', ...(KILLS > 0 ? ['periods', 'cell_sums'] : [])];

  it.each(tables)('leaves nothing when it was about to write %s', async (table) => {
    const { csv, sumFen } = manyRecords(new Random(SEED), 1_000);
    const mine = await newMine();
    const before = await door.contents(mine);
    const importId = await registered(mine, csv);
    const victim = await ImportingChild.start(await install, door.database.appUrl, door.storeFolder);
    await withConnection(door.database.ownerUrl, async (owner) => {
      await owner.query('BEGIN');
      await owner.query(`LOCK TABLE ${table} IN SHARE MODE`);
      await victim.take(mine, importId);
      await untilBlockedBy(owner);
      await victim.kill();
      await owner.query('ROLLBACK');
    });
    await untilNobodyElseIsConnected();
    expect(await door.contents(mine)).toEqual(before);
    expect(await restart(mine, importId)).toMatchObject({ status: 'accepted', problems: [] });
    expect(await sums(mine)).toEqual(conserved(1_000, sumFen));
  });

  it('control: rows that a killed process left would be noticed', async () => {
    const mine = await newMine();
    const before = await door.contents(mine);
    await withConnection(door.database.ownerUrl, (owner) =>
      owner.query(
        `INSERT INTO periods (mine_id, code, start_date, end_date) VALUES ($1, '2023-01', '2023-01-01', '2023-01-31')`,
        [mine],
      ),
    );
    expect(await door.contents(mine)).not.toEqual(before);
  });
});

describe('two processes at one import', () => {
  it('do not take it in again when the other has just finished', async () => {
    const mine = await newMine();
    const { csv, sumFen } = manyRecords(new Random(SEED), 20);
    const importId = await registered(mine, csv);
    const other = () => door.runImport.run(mine, importId, () => undefined);
    const late = new RunImport(
      new Interrupted(door.dataSource, other),
      ...([door.register.store, FILE_LIMITS, new ImportApproval(new Approvals(door.uow))] as const),
    );
    await late.run(mine, importId, () => undefined);
    expect(await door.fateOf(mine, importId)).toMatchObject({ status: 'accepted', problems: [] });
    expect(await sums(mine)).toEqual(conserved(20, sumFen));
  });
});

describe('a connection that the server ends in the middle of an import', () => {
  const { csv, sumFen } = manyRecords(new Random(SEED), ROWS);

  /** Answers the mine and the import whose transaction was ended. */
  async function cutOff(): Promise<{ mine: string; importId: string }> {
    const mine = await newMine();
    const before = await door.contents(mine);
    const importId = await registered(mine, csv);
    await withConnection(door.database.ownerUrl, async (owner) => {
      // The import has staged its rows and waits for the periods when its connection is ended.
      await owner.query('BEGIN');
      await owner.query('LOCK TABLE periods IN SHARE MODE');
      const run = door.runImport.run(mine, importId, () => undefined).catch(() => undefined);
      await owner.query('SELECT pg_terminate_backend($1)', [await untilBlockedBy(owner)]);
      await owner.query('ROLLBACK');
      await run;
    });
    expect(await door.contents(mine)).toEqual(before);
    return { mine, importId };
  }

  it('leaves nothing behind, and the import to be taken up again', async () => {
    const { mine, importId } = await cutOff();
    expect(await door.fateOf(mine, importId)).toMatchObject({ status: 'running' });
    expect(await restart(mine, importId)).toMatchObject({ status: 'accepted' });
    expect(await sums(mine)).toEqual(conserved(ROWS, sumFen));
  });
});
