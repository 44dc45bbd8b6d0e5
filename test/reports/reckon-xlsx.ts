import type { ReadSheet } from './read-xlsx.js';

/** What a spreadsheet’s functions do that our formulas use, in binary arithmetic and nothing else. */
export function reckoned(sheets: readonly ReadSheet[], sheet: ReadSheet, formula: string): number {
  const cellsOf = (name: string | undefined) =>
    (name === undefined ? sheet : sheets.find((each) => each.name === name)!).cells;
  const valueOf = (cells: ReadSheet['cells'], ref: string): number => {
    const cell = cells.get(ref.replaceAll('$', ''))!;
    return cell.type === 'n' ? Number(cell.value) : 0;
  };
  const script = formula
    .replace(
      /SUM\((?:'([^']*)'!)?\$?([A-Z]+)\$?(\d+):\$?[A-Z]+\$?(\d+)\)/g,
      (_, name: string | undefined, column: string, first: string, last: string) => {
        let sum = 0;
        for (let row = Number(first); row <= Number(last); row++) sum += valueOf(cellsOf(name), `${column}${row}`);
        return `(${sum})`;
      },
    )
    .replace(
      /(?:'([^']*)'!)?(\$?[A-Z]+\$?\d+)/g,
      (_, name: string | undefined, ref: string) => `(${valueOf(cellsOf(name), ref)})`,
    );
  const round = (x: number, places: number) =>
    (Math.sign(x) * Math.floor(Math.abs(x) * 10 ** places + 0.5)) / 10 ** places;
  // There is no negative zero in a cell.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- only formulas that our own writer made
  return (new Function('ROUND', `return ${script}`) as (r: typeof round) => number)(round) + 0;
}
