import { alignTable } from '../../src/platform/terminal/align-table.js';
import type { Ratio, Spread } from './statistics.js';

export function print(text: string): void {
  process.stdout.write(text);
}

/** `title`, then a table whose first column is text and whose others are figures. */
export function printTable(title: string, header: readonly string[], rows: readonly (readonly string[])[]): void {
  const align = header.map((_, column) => (column === 0 ? 'left' : 'right'));
  print(`\n${title}\n${alignTable(header, rows, align).join('\n')}\n`);
}

/** To so many decimals, thousands grouped. */
export function shown(value: number, decimals: number): string {
  return value.toLocaleString('en', { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
}

export const SPREAD = ['中位数 median', '最小 min', '最大 max'] as const;

export const spreadCells = ({ median, min, max }: Spread, decimals: number): string[] =>
  [median, min, max].map((value) => shown(value, decimals));

export function ratioLine(what: string, { ofMedians, pairwise }: Ratio): string {
  const { median, min, max } = pairwise;
  return `${what}：中位数之比 ratio of medians ${shown(ofMedians, 2)}，逐轮之比 round by round ${shown(median, 2)} (${shown(min, 2)}–${shown(max, 2)})\n`;
}

/** A goal and whether it was reached. */
export function goalLine(what: string, isReached: boolean): string {
  return `${isReached ? '✔' : '✘'} ${what}\n`;
}
