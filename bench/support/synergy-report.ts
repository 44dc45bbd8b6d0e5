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
  const { cells, answerBytes, connections, poolSize } = measured;
  print(
    `\n格 cells ${shown(cells, 0)}，应答 answer ${shown(answerBytes, 0)} B，连接 connections ${connections}，` +
      `数据库连接池 pool ${poolSize}\n`,
  );
  printCold(measured);
  printWarm(measured);
}

type Figure = (load: Load) => number;
const perSecond: Figure = (load) => load.perSecond;
const latency =
  (part: number): Figure =>
  ({ latenciesMs }) =>
    quantile(latenciesMs, part);

const figures = (rounds: readonly SynergyRound[], side: keyof SynergyRound, figure: Figure): number[] =>
  rounds.map((round) => figure(round[side]));

function printCold({ rounds, connections }: SynergyMeasured): void {
  const asked = (side: keyof SynergyRound) => rounds.reduce((sum, round) => sum + round[side].latenciesMs.length, 0);
  const lines = (what: string, side: keyof SynergyRound) => {
    const cells = (figure: Figure) => spreadCells(spreadOf(figures(rounds, side, figure)), 1);
    return [
      [`${what}：p50`, ...cells(latency(0.5)), shown(asked(side), 0)],
      ['  p99', ...cells(latency(0.99))],
      ['  次/秒 per second', ...cells(perSecond)],
    ];
  };
  printTable(
    '冷：无缓存，毫秒 Cold: nothing cached, milliseconds',
    ['', ...SPREAD, '次数 asked'],
    [
      ...lines(`全年 the year, ${connections} 连接`, 'cold'),
      ...lines('全年 the year, 1 连接', 'alone'),
      ...lines(`各种问题 other questions, ${connections} 连接`, 'others'),
    ],
  );
}

function printWarm({ rounds }: SynergyMeasured): void {
  const lines = (what: string, side: keyof SynergyRound) => [
    [`${what} 次/秒 per second`, ...spreadCells(spreadOf(figures(rounds, side, perSecond)), 0)],
    ['  p99，毫秒 ms', ...spreadCells(spreadOf(figures(rounds, side, latency(0.99))), 1)],
  ];
  printTable(
    '热：同一问题 Warm: the same question',
    ['', ...SPREAD],
    [...lines('/synergy', 'warm'), ...lines('select 1', 'bare')],
  );
  const ratio = ratioOf(figures(rounds, 'warm', perSecond), figures(rounds, 'bare', perSecond));
  print(ratioLine('/synergy : select 1', ratio));
  print(goalLine('≥ 0.5', ratio.ofMedians >= WARM_GOAL));
}
