import type { Load } from './load.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './report.js';
import { quantile, ratioOf, spreadOf } from './statistics.js';

export interface SynergyRound {
  /** The year's question, on all connections. */
  readonly cold: Load;
  /** The same on one connection: what an answer takes when nobody else asks. */
  readonly alone: Load;
  /** Other questions, no two alike, on all connections. */
  readonly others: Load;
  /** The year's question again and again, on all connections. */
  readonly warm: Load;
  /** The yardstick of `warm`. */
  readonly bare: Load;
}

export interface SynergyMeasured {
  readonly rounds: readonly SynergyRound[];
  readonly cells: number;
  readonly answerBytes: number;
  readonly connections: number;
  readonly poolSize: number;
}

/** Of the bare handler's throughput: issue 2, c. */
const WARM_GOAL = 0.5;

export function printSynergy(measured: SynergyMeasured): void {
  const { rounds, cells, answerBytes, connections, poolSize } = measured;
  print(
    `\n格 cells ${shown(cells, 0)}，应答 answer ${shown(answerBytes, 0)} B，连接 connections ${connections}，` +
      `数据库连接池 pool ${poolSize}\n`,
  );
  const of = (side: keyof SynergyRound, figure: (load: Load) => number) => rounds.map((round) => figure(round[side]));
  const line = (what: string, side: keyof SynergyRound, figure: (load: Load) => number, decimals: number) => [
    ...[what, ...spreadCells(spreadOf(of(side, figure)), decimals)],
  ];
  const p50 = ({ latenciesMs }: Load) => quantile(latenciesMs, 0.5);
  const p99 = ({ latenciesMs }: Load) => quantile(latenciesMs, 0.99);
  const perSecond = (load: Load) => load.perSecond;
  const latencies = (what: string, side: keyof SynergyRound) => [
    line(`${what} p50`, side, p50, 1),
    line('  p99', side, p99, 1),
    line('  次/秒 per second', side, perSecond, 1),
  ];
  const asked = (side: keyof SynergyRound) => rounds.reduce((sum, round) => sum + round[side].latenciesMs.length, 0);
  printTable(
    `冷：无缓存，毫秒 Cold: nothing cached, milliseconds (${asked('cold')} + ${asked('alone')} + ${asked('others')})`,
    ['', ...SPREAD],
    [
      ...latencies(`全年 the year, ${connections} 连接`, 'cold'),
      ...latencies('全年 the year, 1 连接', 'alone'),
      ...latencies(`各种问题 other questions, ${connections} 连接`, 'others'),
    ],
  );
  printTable(
    '热：同一问题 Warm: the same question',
    ['', ...SPREAD],
    [
      line('/synergy 次/秒 per second', 'warm', perSecond, 0),
      line('  p99，毫秒 ms', 'warm', p99, 1),
      line('select 1 次/秒 per second', 'bare', perSecond, 0),
      line('  p99，毫秒 ms', 'bare', p99, 1),
    ],
  );
  const ratio = ratioOf(of('warm', perSecond), of('bare', perSecond));
  print(ratioLine('/synergy : select 1', ratio));
  print(goalLine('≥ 0.5', ratio.ofMedians >= WARM_GOAL));
}
