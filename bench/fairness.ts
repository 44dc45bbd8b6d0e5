/**
 * How much one heavy user slows the others (issue 5): p99 of small requests of several users, alone and while another
 * user sends the largest question that is answered at all, on many connections and without rest. Round by round, in one
 * run. Each question has a spelling of its own, so that none is answered from memory.
 */
import { join } from 'node:path';
import { Bench } from './support/bench.js';
import { Caller } from './support/http-client.js';
import { watchImport } from './support/import-watch.js';
import { getRequest, load, type Load } from './support/load.js';
import { DEPARTMENTS, makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { spelled } from './support/questions.js';
import { writeRecordFiles } from './support/record-rows.js';
import { goalLine, print, printTable, ratioLine, SPREAD, spreadCells } from './support/report.js';
import { anotherSender } from './support/senders.js';
import { startService, type Service } from './support/service.js';
import { quantile, ratioOf, spreadOf } from './support/statistics.js';

const options = readOptions({
  rows: 300_000,
  rounds: 5,
  seconds: 10,
  users: 8,
  rest: 100,
  connections: 32,
  accounts: 60,
});
const RATIO_GOAL = 2;
const MINE = 'shared';

type Sender = Readonly<Record<string, string>>;

async function fill(bench: Bench, service: Service): Promise<void> {
  await makeMine(service.port, MINE, bench.folder);
  const file = join(bench.folder, 'records.csv');
  await writeRecordFiles(
    { seed: MINE, count: options.rows, idPrefix: 'R', months: MONTHS, accounts: options.accounts },
    file,
  );
  const caller = new Caller(service.port, MINE);
  await watchImport(caller, file, options.rows, 50);
  caller.close();
}

/** By everything, with every comparison, over as many months as are answered. */
async function heaviestQuestion(service: Service, sender: Sender): Promise<string> {
  const caller = new Caller(service.port, MINE, sender);
  try {
    for (const last of [...MONTHS].reverse()) {
      const question =
        `/api/v1/synergy?period=${MONTHS[0]!}..${last}&by=department,period,category,item,nature,project` +
        `&compare=previous,last_year,plan`;
      const answer = await caller.get(question).catch((error: unknown) => {
        if (!String(error).includes('answer_too_large')) throw error;
        return null;
      });
      if (answer === null) continue;
      print(`最大的查询 the largest question: ${question}, ${answer.length} B\n`);
      return question;
    }
  } finally {
    caller.close();
  }
  throw new Error('not even one month is answered');
}

/** What a person looks at: a department's month, the lines behind it, their own work. */
const SMALL: readonly ((n: number) => string)[] = [
  (n) => spelled(`/api/v1/synergy?period=${MONTHS[n % 12]!}&by=category&department=${DEPARTMENTS[n % 40]!}`, n),
  (n) => `/api/v1/synergy/lines?period=${MONTHS[n % 12]!}&department=${DEPARTMENTS[n % 40]!}&limit=20`,
  () => '/api/v1/records?limit=20',
  () => '/api/v1/worklist',
  () => '/api/v1/me',
];

class Users {
  private asked = 0;

  constructor(
    private readonly port: number,
    private readonly light: readonly Sender[],
    private readonly heavy: Sender,
    private readonly question: string,
  ) {}

  async small(seconds: number): Promise<number[]> {
    const loads = await Promise.all(
      this.light.map((sender) => {
        const request = () => {
          this.asked += 1;
          return getRequest(SMALL[this.asked % SMALL.length]!(this.asked), sender);
        };
        return load({ port: this.port, connections: 1, seconds, request, restMs: options.rest });
      }),
    );
    return loads.flatMap(({ latenciesMs }) => [...latenciesMs]);
  }

  /** So many at once that some wait longer than the service lets anybody wait. */
  large(seconds: number): Promise<Load> {
    const request = () => {
      this.asked += 1;
      return getRequest(spelled(this.question, this.asked), this.heavy);
    };
    return load({ port: this.port, connections: options.connections, seconds, request, mayBeRefused: true });
  }
}

await Bench.run('一个重用户与其他人 One heavy user and the others', async (bench) => {
  const service = await startService(bench, join(bench.folder, 'data'));
  await fill(bench, service);
  const heavy = await anotherSender(service.port, MINE);
  const light = await Promise.all(Array.from({ length: options.users }, () => anotherSender(service.port, MINE)));
  const users = new Users(service.port, light, heavy, await heaviestQuestion(service, heavy));
  await users.small(3);
  const [alone, beside, answered]: [number[][], number[][], string[]] = [[], [], []];
  for (let round = 1; round <= options.rounds; round += 1) {
    alone.push(await users.small(options.seconds));
    // The large ones begin first, so that no small one is measured without them; they end with their last answer.
    const large = users.large(options.seconds + 1);
    beside.push(await users.small(options.seconds));
    const { latenciesMs, refused } = await large;
    answered.push(`${latenciesMs.length - refused} (${refused})`);
  }
  const lines = (what: string, rounds: readonly number[][], part: number) => [
    what,
    ...spreadCells(spreadOf(rounds.map((round) => quantile(round, part))), 1),
  ];
  printTable(
    `${options.users} 人的小请求，毫秒 Small requests of ${options.users} users, milliseconds`,
    ['', ...SPREAD],
    [
      lines('无人大查 alone p50', alone, 0.5),
      lines('  p99', alone, 0.99),
      lines(`一人以 ${options.connections} 连接大查 beside one heavy user p50`, beside, 0.5),
      lines('  p99', beside, 0.99),
    ],
  );
  print(`大查询应答（拒绝） large answers (refused): ${answered.join(', ')}\n`);
  const ratio = ratioOf(
    ...([beside, alone].map((rounds) => rounds.map((round) => quantile(round, 0.99))) as [number[], number[]]),
  );
  print(ratioLine('p99', ratio));
  print(goalLine(`≤ ${RATIO_GOAL}`, ratio.ofMedians <= RATIO_GOAL));
});
