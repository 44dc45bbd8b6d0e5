/**
 * `/synergy` for a year by department and category, 40 departments (issue 2, c): cold, with nothing cached, at 32
 * connections; and warm, against a bare Fastify handler that runs `select 1` and sends the same bytes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataSourceOptions } from '../src/data-source.js';
import { appUrlOf } from '../src/platform/database/app-role.js';
import type { BareSettings } from './support/bare-server.js';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { Caller } from './support/http-client.js';
import { watchImport } from './support/import-watch.js';
import { getRequest, load, type LoadWanted } from './support/load.js';
import { makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { OTHER_QUESTIONS, QUESTION_OF_YEAR, spelled } from './support/questions.js';
import { writeRecordFiles } from './support/record-rows.js';
import { senderOf } from './support/senders.js';
import { end, startService, type Service } from './support/service.js';
import { printSynergy, type SynergyRound } from './support/synergy-report.js';

const options = readOptions({ rows: 300_000, rounds: 5, seconds: 10, connections: 32, accounts: 60 });

const MINE = 'year';
const LOOK_EVERY_MS = 20;
/** The server's counters of table reads lag behind by up to ten seconds. */
const COUNTERS_LAG_S = 15;

async function fill(bench: Bench, service: Service): Promise<Caller> {
  await makeMine(service.port, MINE, bench.folder);
  const file = join(bench.folder, 'records.csv');
  const { rows, accounts } = options;
  await writeRecordFiles({ seed: MINE, count: rows, idPrefix: 'R', months: MONTHS, accounts }, file);
  const caller = new Caller(service.port, MINE);
  bench.onEnd(() => Promise.resolve(caller.close()));
  await watchImport(caller, file, rows, LOOK_EVERY_MS);
  await rm(file);
  return caller;
}

/** Starts the yardstick; answers its port. */
async function startBare(bench: Bench, settings: BareSettings): Promise<number> {
  const child = fork(fileURLToPath(new URL('./support/bare-server.js', import.meta.url)));
  bench.onEnd(() => end(child, 'SIGTERM', 'SIGKILL'));
  child.send(settings);
  const exit = once(child, 'exit').then(() => Promise.reject(new Error('the bare server did not start')));
  const [{ port }] = (await Promise.race([once(child, 'message'), exit])) as [{ port: number }];
  return port;
}

/** The loads of a round; `asked` counts the questions asked cold, so that each has a spelling of its own. */
class Loads {
  asked = 0;

  constructor(
    private readonly port: number,
    private readonly barePort: number,
    private readonly answerBytes: number,
    private readonly sender: Readonly<Record<string, string>>,
  ) {}

  /** Questions that nobody has asked since the data last changed. */
  cold(connections: number, question: (n: number) => string) {
    const request = () => {
      this.asked += 1;
      return getRequest(spelled(question(this.asked), this.asked), this.sender);
    };
    return load({ port: this.port, connections, seconds: options.seconds, request });
  }

  warm(seconds = options.seconds) {
    return this.same(this.port, getRequest(QUESTION_OF_YEAR, this.sender), seconds);
  }

  bare(seconds = options.seconds) {
    return this.same(this.barePort, getRequest('/bare'), seconds);
  }

  private same(port: number, request: Buffer, seconds: number) {
    const { connections } = options;
    const wanted: LoadWanted = { port, connections, seconds, request: () => request, answerBytes: this.answerBytes };
    return load(wanted);
  }
}

async function measureRound(loads: Loads, round: number): Promise<SynergyRound> {
  const cold = await loads.cold(options.connections, () => QUESTION_OF_YEAR);
  const alone = await loads.cold(1, () => QUESTION_OF_YEAR);
  const others = await loads.cold(options.connections, (n) => OTHER_QUESTIONS[n % OTHER_QUESTIONS.length]!);
  // Whoever comes second finds another machine: in the next round that is the other one.
  if (round % 2 === 0) return { cold, alone, others, warm: await loads.warm(), bare: await loads.bare() };
  return { cold, alone, others, bare: await loads.bare(), warm: await loads.warm() };
}

/** @throws Error unless every question asked cold was answered from the cells */
async function checkCold(owner: OwnerConnection, scansBefore: number, asked: number): Promise<void> {
  for (let waited = 0; (await owner.cellScans()) - scansBefore < asked; waited += 1) {
    if (waited === COUNTERS_LAG_S) throw new Error(`${asked} questions were asked cold, and not all read the cells`);
    await sleep(1000);
  }
}

await Bench.run('查询：全年按部门、类别 /synergy: a year by department and category', async (bench) => {
  const service = await startService(bench, join(bench.folder, 'data'));
  const owner = await OwnerConnection.open(service.ownerUrl);
  bench.onEnd(() => owner.close());
  const caller = await fill(bench, service);
  const bodyFile = join(bench.folder, 'answer.json');
  const rounds: SynergyRound[] = [];
  const answer = await caller.get(QUESTION_OF_YEAR);
  if (!answer.equals(await caller.get(spelled(QUESTION_OF_YEAR, 0x5555)))) {
    throw new Error('another spelling of the question has another answer');
  }
  await writeFile(bodyFile, answer);
  const { poolSize } = dataSourceOptions(service.ownerUrl);
  const barePort = await startBare(bench, { databaseUrl: appUrlOf(service.ownerUrl), poolSize, bodyFile });
  const loads = new Loads(service.port, barePort, answer.length, await senderOf(service.port, MINE));
  await loads.warm(1);
  await loads.bare(1);
  const scansBefore = await owner.cellScans();
  for (let round = 1; round <= options.rounds; round += 1) {
    await owner.settle();
    rounds.push(await measureRound(loads, round));
  }
  await checkCold(owner, scansBefore, loads.asked);
  const cells = await owner.cellsOf(MINE);
  printSynergy({ rounds, cells, answerBytes: answer.length, connections: options.connections, poolSize });
});
