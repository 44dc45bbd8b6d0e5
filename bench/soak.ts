/**
 * An hour at 50 requests a second (issue 5), reading and writing: whether memory stays flat, nothing fails and nobody
 * waits. Requests are sent by the clock, not by the answers, so that a service that slows down does not spare itself.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Bench } from './support/bench.js';
import { Caller } from './support/http-client.js';
import { DEPARTMENTS, makeMine, MONTHS } from './support/mine-data.js';
import { readOptions } from './support/options.js';
import { recordsToPost } from './support/post-record.js';
import { familyMemory } from './support/processes.js';
import { spelled } from './support/questions.js';
import { goalLine, print, printTable, shown } from './support/report.js';
import { anotherSender } from './support/senders.js';
import { startService, type Service } from './support/service.js';
import { quantile } from './support/statistics.js';

const options = readOptions({ minutes: 60, rate: 50, callers: 20 });
const MINE = 'soak';
const LOOK_EVERY_MS = 5_000;
/** Of the run, in which caches fill and code is compiled. */
const WARM_UP = 0.25;
/** MiB an hour that measuring itself makes of nothing. */
const FLAT_MIB_PER_HOUR = 20;
const MIB = 2 ** 20;

interface Look {
  readonly atMs: number;
  readonly nodeBytes: number;
  readonly postgresBytes: number;
}

async function rssOf(pid: number): Promise<number> {
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

class Soak {
  readonly latenciesMs: number[] = [];
  readonly failures: string[] = [];
  readonly looks: Look[] = [];
  private readonly rows = recordsToPost(MINE, MONTHS, 60);
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly service: Service,
    private readonly callers: readonly Caller[],
  ) {}

  async run(ms: number): Promise<void> {
    const begun = performance.now();
    let lookAt = begun;
    for (let n = 0; performance.now() - begun < ms; n += 1) {
      if (performance.now() >= lookAt) {
        lookAt += LOOK_EVERY_MS;
        this.track(this.look(begun));
      }
      this.track(this.one(n));
      await sleep(Math.max(0, begun + ((n + 1) * 1000) / options.rate - performance.now()));
    }
    await Promise.all(this.underWay);
  }

  private track(work: Promise<void>): void {
    this.underWay.add(work);
    void work.finally(() => this.underWay.delete(work));
  }

  private async look(begun: number): Promise<void> {
    const [nodeBytes, { total }] = await Promise.all([rssOf(this.service.pid), familyMemory(this.service.postmaster)]);
    this.looks.push({ atMs: performance.now() - begun, nodeBytes, postgresBytes: total });
  }

  private async one(n: number): Promise<void> {
    const caller = this.callers[n % this.callers.length]!;
    const sentAt = performance.now();
    try {
      await this.request(caller, n);
      this.latenciesMs.push(performance.now() - sentAt);
    } catch (error) {
      this.failures.push(String(error));
    }
  }

  /** Of ten requests four ask for figures, two for lines, two for lists; one asks who it is, and one writes. */
  private request(caller: Caller, n: number): Promise<Buffer> {
    const [month, department] = [MONTHS[n % 12]!, DEPARTMENTS[n % 40]!];
    const ways: readonly (() => Promise<Buffer>)[] = [
      () => caller.get(spelled(`/api/v1/synergy?period=${month}&by=department,category`, n)),
      () => caller.get(`/api/v1/synergy?period=${MONTHS[0]!}..${MONTHS[11]!}&by=department`),
      () => caller.get(spelled(`/api/v1/synergy?period=${month}&by=item&department=${department}`, n)),
      () => caller.get(`/api/v1/synergy/pivot?period=${month}&rows=department&columns=category`),
      () => caller.get(`/api/v1/synergy/lines?period=${month}&department=${department}&limit=50`),
      () => caller.get(`/api/v1/synergy/lines?period=${month}&limit=200`),
      () => caller.get('/api/v1/records?limit=50'),
      () => caller.get('/api/v1/worklist'),
      () => caller.get('/api/v1/me'),
      () => caller.post('/api/v1/records', recordBody(this.rows.next().value)),
    ];
    return ways[n % ways.length]!();
  }
}

const recordBody = (row: object): object =>
  Object.fromEntries(Object.entries(row as Record<string, string>).filter(([, text]) => text !== ''));

/** MiB an hour, by least squares. */
function slope(looks: readonly Look[], bytes: (look: Look) => number): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [t, m] = [mean(looks.map(({ atMs }) => atMs)), mean(looks.map(bytes))];
  const over = looks.reduce((sum, look) => sum + (look.atMs - t) * (bytes(look) - m), 0);
  const under = looks.reduce((sum, look) => sum + (look.atMs - t) ** 2, 0);
  return (over / under / MIB) * 3_600_000;
}

function report(soak: Soak): void {
  const warm = soak.looks.filter(({ atMs }) => atMs >= options.minutes * 60_000 * WARM_UP);
  const line = (what: string, bytes: (look: Look) => number) => [
    what,
    ...[bytes(warm[0]!), bytes(warm.at(-1)!), Math.max(...soak.looks.map(bytes))].map((each) => shown(each / MIB, 1)),
    shown(slope(warm, bytes), 1),
  ];
  printTable(
    '内存，MiB Memory, MiB',
    ['', '预热后 warm', '最后 last', '最大 most', '每小时 per hour'],
    [line('Node', ({ nodeBytes }) => nodeBytes), line('PostgreSQL', ({ postgresBytes }) => postgresBytes)],
  );
  const [p50, p99] = [0.5, 0.99].map((part) => shown(quantile(soak.latenciesMs, part), 1));
  print(`应答 answers ${soak.latenciesMs.length}，失败 failed ${soak.failures.length}，p50 ${p50} ms，p99 ${p99} ms\n`);
  for (const failure of soak.failures.slice(0, 5)) print(`  ${failure}\n`);
  print(goalLine('失败 failed 0', soak.failures.length === 0));
  print(goalLine(`Node ≤ ${FLAT_MIB_PER_HOUR} MiB/h`, slope(warm, ({ nodeBytes }) => nodeBytes) <= FLAT_MIB_PER_HOUR));
}

await Bench.run(
  `${options.minutes} 分钟，每秒 ${options.rate} 个请求 so many minutes at so many requests a second`,
  async (bench) => {
    const service = await startService(bench, join(bench.folder, 'data'));
    await makeMine(service.port, MINE, bench.folder);
    const callers = await Promise.all(
      Array.from(
        { length: options.callers },
        async () => new Caller(service.port, MINE, await anotherSender(service.port, MINE)),
      ),
    );
    bench.onEnd(() => Promise.resolve(callers.forEach((caller) => caller.close())));
    const soak = new Soak(service, callers);
    await soak.run(options.minutes * 60_000);
    report(soak);
  },
);
