import { PHASES, type WatchedImport } from './import-watch.js';
import type { FamilyMemory } from './processes.js';
import { goalLine, print, printTable, ratioLine, shown, SPREAD, spreadCells } from './report.js';
import { median, ratioOf, spreadOf } from './statistics.js';

export interface Round {
  readonly service: WatchedImport & {
    readonly statementsMs: ReadonlyMap<string, number>;
    readonly peakBytes: number;
    readonly nodeCpuSeconds: number;
    readonly serverCpuSeconds: number;
  };
  readonly yardstickMs: number;
}

/** What was measured with files of one size. */
export interface Measured {
  readonly rows: number;
  /** Of the figures that they make. */
  readonly cells: number;
  readonly rounds: readonly Round[];
  readonly serverMemory: FamilyMemory;
}

const MIB = 2 ** 20;
/** Bytes: issue 2, d. */
const NODE_MEMORY_GOAL = 300e6;
const LISTED_STATEMENTS = 14;

const importMs = ({ rounds }: Measured) => rounds.map(({ service }) => service.ms);
const copyMs = ({ rounds }: Measured) => rounds.map(({ yardstickMs }) => yardstickMs);
/** Bytes, of all rounds. */
const nodePeak = ({ rounds }: Measured) => Math.max(...rounds.map(({ service }) => service.peakBytes));

export function printSizes(sizes: readonly Measured[]): void {
  const lines = sizes.flatMap((size) => {
    const line = (what: string, times: readonly number[], beside: readonly string[]) => {
      const spread = spreadOf(times);
      const perRecord = (spread.median * 1000) / size.rows;
      const rate = (size.rows * 1000) / spread.median;
      return [what, shown(size.rows, 0), ...spreadCells(spread, 0), shown(perRecord, 2), shown(rate, 0), ...beside];
    };
    const beside = [shown(size.cells, 0), shown(nodePeak(size) / MIB, 0)];
    return [line('入账 import', importMs(size), beside), line('  COPY', copyMs(size), [])];
  });
  printTable(
    '毫秒 milliseconds',
    ['', '记录 records', ...SPREAD, '微秒/条 µs each', '条/秒 records/s', '格 cells', 'Node MiB'],
    lines,
  );
  for (const size of sizes) {
    print(ratioLine(`${shown(size.rows, 0)} 入账 import : COPY`, ratioOf(importMs(size), copyMs(size))));
  }
}

export function printPhases(size: Measured): void {
  const whole = median(importMs(size));
  const lines = PHASES.map((phase) => {
    const spread = spreadOf(size.rounds.map(({ service }) => service.phasesMs[phase]));
    return [phase, ...spreadCells(spread, 0), percent(spread.median / whole)];
  });
  printTable(
    `时间去向：${shown(size.rows, 0)} 条的各阶段，毫秒 Where the time goes: phases, milliseconds`,
    ['', ...SPREAD, '占比 share'],
    lines,
  );
  const cpu = (of: 'nodeCpuSeconds' | 'serverCpuSeconds') =>
    shown(median(size.rounds.map(({ service }) => service[of])), 1);
  print(
    `处理器时间，秒 processor seconds：Node ${cpu('nodeCpuSeconds')}，PostgreSQL ${cpu('serverCpuSeconds')}，` +
      `历时 elapsed ${shown(whole / 1000, 1)}\n`,
  );
}

/** Statements that took long, by their beginnings; the median of the rounds. */
export function printStatements(size: Measured): void {
  const names = new Set(size.rounds.flatMap(({ service }) => [...service.statementsMs.keys()]));
  const whole = median(importMs(size));
  const lines = [...names]
    .map((name) => ({ name, ms: median(size.rounds.map(({ service }) => service.statementsMs.get(name) ?? 0)) }))
    .sort((a, b) => b.ms - a.ms)
    .slice(0, LISTED_STATEMENTS)
    .map(({ name, ms }) => [name, shown(ms, 0), percent(ms / whole)]);
  printTable('PostgreSQL 中最久的语句 The longest statements', ['', '毫秒 ms', '占比 share'], lines);
}

export function printGoals(size: Measured): void {
  const { total, shared } = size.serverMemory;
  print(
    `\n内存峰值 peak memory：Node ${shown(nodePeak(size) / MIB, 0)} MiB；PostgreSQL ${shown(total / MIB, 0)} MiB，` +
      `其中共享缓冲 of which shared ${shown(shared / MIB, 0)} MiB\n`,
  );
  print(goalLine('Node < 300 MB', nodePeak(size) < NODE_MEMORY_GOAL));
}

const percent = (part: number): string => `${shown(part * 100, 0)} %`;
