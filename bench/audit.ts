/**
 * What the audit costs (issue 5): records posted one by one over HTTP with its triggers on, against the same with them
 * off, in one run, round by round, into one mine.
 */
import { join } from 'node:path';
import pg from 'pg';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { Caller } from './support/http-client.js';
import { makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { recordsToPost } from './support/post-record.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './support/report.js';
import { startService } from './support/service.js';
import { ratioOf, spreadOf } from './support/statistics.js';

const options = readOptions({ rounds: 5, records: 100, accounts: 60 });
/** At most a quarter of the throughput goes into the chain. */
const RATIO_GOAL = 0.75;
const MINE = 'audited';

async function setAudit(owner: pg.Client, to: 'ENABLE' | 'DISABLE'): Promise<void> {
  const { rows } = await owner.query<{ table: string; name: string }>(
    `SELECT tgrelid::regclass::text AS table, tgname AS name FROM pg_trigger
     WHERE tgname IN ('audit_change', 'audit_entry', 'audit_delete')`,
  );
  if (rows.length === 0) throw new Error('there is no audit to turn off');
  for (const { table, name } of rows) await owner.query(`ALTER TABLE ${table} ${to} TRIGGER ${name}`);
}

await Bench.run('审计的代价：逐条入账，开对关 What the audit costs: posting, on against off', async (bench) => {
  const service = await startService(bench, join(bench.folder, 'data'));
  const owner = new pg.Client({ connectionString: service.ownerUrl });
  await owner.connect();
  owner.on('error', () => undefined);
  const settling = await OwnerConnection.open(service.ownerUrl);
  bench.onEnd(() => settling.close());
  bench.onEnd(() => owner.end());
  await makeMine(service.port, MINE, bench.folder);
  const caller = new Caller(service.port, MINE);
  bench.onEnd(() => Promise.resolve(caller.close()));
  const rows = recordsToPost('A', MONTHS, options.accounts);
  const rates = { on: [] as number[], off: [] as number[] };
  for (let round = 0; round <= options.rounds; round += 1) {
    for (const side of round % 2 === 0 ? (['on', 'off'] as const) : (['off', 'on'] as const)) {
      await setAudit(owner, side === 'on' ? 'ENABLE' : 'DISABLE');
      await settling.settle();
      const begun = performance.now();
      for (let n = 0; n < options.records; n += 1) {
        const body = Object.fromEntries(Object.entries(rows.next().value).filter(([, text]) => text !== ''));
        await caller.post('/api/v1/records', body);
      }
      // The first round warms up.
      if (round > 0) rates[side].push((options.records * 1000) / (performance.now() - begun));
    }
  }
  printTable(
    `每秒记录数，${options.rounds} 轮，每轮 ${shown(options.records, 0)} 条 records a second`,
    ['', ...SPREAD],
    [
      ['审计开 on', ...spreadCells(spreadOf(rates.on), 1)],
      ['审计关 off', ...spreadCells(spreadOf(rates.off), 1)],
    ],
  );
  const ratio = ratioOf(rates.on, rates.off);
  print(ratioLine('开 on : 关 off', ratio));
  print(goalLine('≥ 75 %', ratio.ofMedians >= RATIO_GOAL));
});
