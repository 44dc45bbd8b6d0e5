/**
 * One more record into a month that holds 1,000,000, and into one that holds 10,000: from sending it to its figure
 * (issue 2, b). Two mines, so that work on the whole mine would show as well as work on the whole month.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { Caller } from './support/http-client.js';
import { watchImport } from './support/import-watch.js';
import { makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { postOne, recordsToPost, type Posted, type PostedMonth } from './support/post-record.js';
import { writeRecordFiles, type RecordRow } from './support/record-rows.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './support/report.js';
import { startService, type Service } from './support/service.js';
import { median, quantile, ratioOf, spreadOf } from './support/statistics.js';

const options = readOptions({ rows: 1_000_000, few: 10_000, rounds: 5, posts: 40, accounts: 60 });

/** Milliseconds: issue 2, b. */
const GOAL_MS = 50;
const RATIO_GOAL = 1.25;
const REHEARSALS = 10;
const MONTH = MONTHS[2]!;
const LOOK_EVERY_MS = 50;

interface Round {
  readonly few: readonly Posted[];
  readonly many: readonly Posted[];
}

async function fill(bench: Bench, service: Service, mine: string, rows: number): Promise<PostedMonth> {
  await makeMine(service.port, mine, bench.folder);
  const file = join(bench.folder, 'records.csv');
  const wanted = { seed: mine, count: rows, idPrefix: 'R', months: [MONTH], accounts: options.accounts };
  await writeRecordFiles(wanted, file);
  const caller = new Caller(service.port, mine);
  await watchImport(caller, file, rows, LOOK_EVERY_MS);
  await rm(file);
  return { caller, month: MONTH };
}

/** The same records into both months, one by one; who goes first changes with every record. */
async function measure(
  few: PostedMonth,
  many: PostedMonth,
  rows: Iterator<RecordRow, never>,
  posts: number,
): Promise<Round> {
  const round = { few: [] as Posted[], many: [] as Posted[] };
  for (let n = 0; n < posts; n += 1) {
    const row = rows.next().value;
    const sides = [
      async () => round.few.push(await postOne(few, row)),
      async () => round.many.push(await postOne(many, row)),
    ];
    for (const side of n % 2 === 0 ? sides : sides.reverse()) await side();
  }
  return round;
}

type Part = 'postMs' | 'readMs' | 'wholeMs';

const partsOf = (rounds: readonly Round[], side: keyof Round, part: Part) =>
  rounds.map((round) => median(round[side].map((one) => one[part])));
const allOf = (rounds: readonly Round[], side: keyof Round, part: Part) =>
  rounds.flatMap((round) => round[side].map((one) => one[part]));

function printRounds(title: string, rounds: readonly Round[]): void {
  const line = (what: string, side: keyof Round, part: Part) => [
    ...[what, ...spreadCells(spreadOf(partsOf(rounds, side, part)), 1)],
    ...[shown(quantile(allOf(rounds, side, part), 0.99), 1)],
  ];
  const lines = (name: string, side: keyof Round) => [
    line(`${name} 条：录入 post`, side, 'postMs'),
    line('  再查询 then read', side, 'readMs'),
    line('  合计 post to visible figure', side, 'wholeMs'),
  ];
  const count = rounds.reduce((sum, { many }) => sum + many.length, 0);
  printTable(
    `${title}；毫秒，各 ${count} 次 milliseconds, ${count} each`,
    ['', ...SPREAD, 'p99'],
    [...lines(shown(options.few, 0), 'few'), ...lines(shown(options.rows, 0), 'many')],
  );
  const ratio = ratioOf(partsOf(rounds, 'many', 'wholeMs'), partsOf(rounds, 'few', 'wholeMs'));
  const late = rounds.flatMap(({ few, many }) => [...few, ...many]).reduce((sum, { lateReads }) => sum + lateReads, 0);
  print(ratioLine(`${shown(options.rows, 0)} : ${shown(options.few, 0)}`, ratio));
  print(goalLine('下一次查询即可见 visible in the very next read', late === 0));
  print(goalLine('≤ 50 ms', median(partsOf(rounds, 'many', 'wholeMs')) <= GOAL_MS));
  print(goalLine('≤ 1.25 ×', ratio.ofMedians <= RATIO_GOAL));
}

await Bench.run('录入一条：从发出到数字可见 One record: post to visible figure', async (bench) => {
  const service = await startService(bench, join(bench.folder, 'data'));
  const owner = await OwnerConnection.open(service.ownerUrl);
  bench.onEnd(() => owner.close());
  const few = await fill(bench, service, 'few', options.few);
  const many = await fill(bench, service, 'many', options.rows);
  bench.onEnd(() => Promise.resolve([few, many].forEach(({ caller }) => caller.close())));
  const rows = recordsToPost('P', [MONTH], options.accounts);
  const block = async (title: string) => {
    await owner.settle();
    await measure(few, many, rows, REHEARSALS);
    const rounds: Round[] = [];
    for (let round = 1; round <= options.rounds; round += 1) {
      rounds.push(await measure(few, many, rows, options.posts));
    }
    printRounds(title, rounds);
  };
  await block('导入之后立即 Right after the import');
  await owner.vacuum();
  await block('VACUUM ANALYZE 之后 After VACUUM ANALYZE');
});
