/**
 * All five documents of a year's report of 60 departments (issue 6): how long, how much memory, and whether a hundred in a
 * row leave it flat. Before each one a record comes in, so that none is answered from what is stored. The yardstick is the
 * one question of the year by department, period and category, asked just before.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { join } from 'node:path';
import { makeReportMine, REPORTED } from './report-mine.js';
import { printParts } from './report-parts.js';
import { Bench } from './support/bench.js';
import { OwnerConnection } from './support/database.js';
import { Caller } from './support/http-client.js';
import { readOptions } from './support/options.js';
import { recordsToPost } from './support/post-record.js';
import { childNamed, forgetPeak, peakBytes, residentBytes } from './support/processes.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './support/report.js';
import { startService, type Service } from './support/service.js';
import { median, ratioOf, spreadOf, trendOf } from './support/statistics.js';

const options = readOptions({ records: 120_000, priced: 1, warm: 3, rounds: 5, series: 1 });
const MINE = 'report';
const YEAR = `${REPORTED[0]!}..${REPORTED.at(-1)!}`;
const QUESTION = `/api/v1/synergy?period=${YEAR}&by=department,period,category`;
const FORMATS = ['json', 'html', 'docx', 'pdf', 'xlsx'] as const;

const GOAL = { ms: 3_000, megabytes: 300 } as const;
/** MB in a hundred reports that measuring itself makes of nothing. */
const FLAT_PER_HUNDRED = 10;
/** Of a row of reports, in which caches fill. */
const WARM_UP = 0.25;
const MEGABYTE = 1_000_000;
const REST_MS = 500;
/** The program that reports are made by. */
const APART = 'reports/apart/process.js';

interface Made {
  readonly id: string;
  readonly questionMs: number;
  readonly reportMs: number;
  /** Bytes: of the process that reports are made in, the most; of the service, before, the most, and after. */
  readonly peakApart: number;
  readonly before: number;
  readonly peak: number;
  readonly after: number;
}

class Reporter {
  private readonly records = recordsToPost(MINE, REPORTED, 60);
  private lastHash = '';

  constructor(
    private readonly service: Service,
    private readonly caller: Caller,
  ) {}

  async one(isAsked: boolean): Promise<Made> {
    const { pid } = this.service;
    await this.caller.post('/api/v1/records', bodyOf(this.records.next().value));
    await sleep(REST_MS);
    const questionMs = isAsked ? await timed(() => this.caller.get(QUESTION)) : 0;
    const apart = await childNamed(pid, APART);
    for (const each of [pid, ...(apart === undefined ? [] : [apart])]) await forgetPeak(each);
    const before = await residentBytes(pid);
    let made: Buffer = Buffer.alloc(0);
    const reportMs = await timed(async () => {
      made = await this.caller.post('/api/v1/reports', { period: YEAR });
    });
    const { id, sha256 } = JSON.parse(made.toString()) as { id: string; sha256: string };
    if (sha256 === this.lastHash) throw new Error('the same report was answered twice');
    this.lastHash = sha256;
    const peakApart = await peakBytes((await childNamed(pid, APART))!);
    const memory = { peakApart, before, peak: await peakBytes(pid), after: await residentBytes(pid) };
    return { id, questionMs, reportMs, ...memory };
  }

  /** Without the question where memory is looked at: each answer to it would stay in a cache of its own. */
  async several(count: number, isAsked = true): Promise<Made[]> {
    const made: Made[] = [];
    while (made.length < count) made.push(await this.one(isAsked));
    return made;
  }
}

const bodyOf = (row: object): object =>
  Object.fromEntries(Object.entries(row as Record<string, string>).filter(([, text]) => text !== ''));

async function timed(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}

const spread = (made: readonly Made[], figure: (one: Made) => number, decimals = 0): string[] =>
  spreadCells(spreadOf(made.map(figure)), decimals);

function report(made: readonly Made[], fresh: number): void {
  const inMegabytes = (bytes: (one: Made) => number) => spread(made, (one) => bytes(one) / MEGABYTE);
  printTable(
    '全年报告，五种文件 The year’s report, five documents',
    ['', ...SPREAD],
    [
      ['生成，毫秒 making it, ms', ...spread(made, ({ reportMs }) => reportMs)],
      ['全年查询，毫秒 the question, ms', ...spread(made, ({ questionMs }) => questionMs)],
      ['内存，MB：生成报告的进程，最高 its process, peak', ...inMegabytes(({ peakApart }) => peakApart)],
      ['  服务，生成前 the service, before', ...inMegabytes(({ before }) => before)],
      ['  服务，最高 peak (VmHWM)', ...inMegabytes(({ peak }) => peak)],
      ['  服务，生成后 after', ...inMegabytes(({ after }) => after)],
    ],
  );
  print(`服务刚启动时 the service as it started: ${shown(fresh / MEGABYTE, 0)} MB\n`);
  const [reportMs, questionMs] = [made.map((one) => one.reportMs), made.map((one) => one.questionMs)];
  print(ratioLine('报告 : 查询 report : question', ratioOf(reportMs, questionMs)));
  const peak = Math.max(...made.map((one) => one.peakApart)) / MEGABYTE;
  print(goalLine(`≤ ${GOAL.ms / 1000} s`, median(reportMs) <= GOAL.ms));
  print(goalLine(`< ${GOAL.megabytes} MB`, peak < GOAL.megabytes));
}

function reportSeries(made: readonly Made[]): void {
  const warm = made.slice(Math.floor(made.length * WARM_UP));
  const perHundred = (figure: (one: Made) => number) => (trendOf(warm.map(figure)) * 100) / MEGABYTE;
  const line = (what: string, figure: (one: Made) => number) => [
    what,
    ...[figure(warm[0]!), figure(warm.at(-1)!), Math.max(...warm.map(figure))].map((each) => shown(each / MEGABYTE, 0)),
    shown(perHundred(figure), 1),
  ];
  printTable(
    `连续 ${made.length} 份，内存，MB So many in a row`,
    ['', '预热后 warm', '最后 last', '最大 most', '每百份 per hundred'],
    [
      line('报告进程，最高 its process, peak', ({ peakApart }) => peakApart),
      line('服务，最高 the service, peak', ({ peak }) => peak),
      line('服务，生成后 after', ({ after }) => after),
    ],
  );
  print(`生成，毫秒 making one, ms: ${spread(made, ({ reportMs }) => reportMs).join(' / ')}\n`);
  const isFlat = [perHundred(({ after }) => after), perHundred(({ peakApart }) => peakApart)].every(
    (trend) => trend <= FLAT_PER_HUNDRED,
  );
  print(goalLine(`≤ ${FLAT_PER_HUNDRED} MB / 100`, isFlat));
}

/** Filled by a service that then ends: what taking records in leaves in its memory is no report's. */
async function filled(bench: Bench): Promise<Service> {
  const dataDir = join(bench.folder, 'data');
  const filling = await startService(bench, dataDir);
  await makeReportMine(filling.port, MINE, bench.folder, options);
  const owner = await OwnerConnection.open(filling.ownerUrl);
  await owner.vacuum();
  await owner.settle();
  print(`单元 cells ${shown(await owner.cellsOf(MINE), 0)}\n`);
  await owner.close();
  await filling.stop();
  return startService(bench, dataDir);
}

await Bench.run('全年报告 A report of the year', async (bench) => {
  const service = await filled(bench);
  const caller = new Caller(service.port, MINE);
  bench.onEnd(() => Promise.resolve(caller.close()));
  const reporter = new Reporter(service, caller);
  const fresh = await residentBytes(service.pid);
  await reporter.several(options.warm);
  const made = await reporter.several(options.rounds);
  report(made, fresh);
  await printParts(caller, made.at(-1)!.id, FORMATS);
  if (options.series > 1) reportSeries(await reporter.several(options.series, false));
});
