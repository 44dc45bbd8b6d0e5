/** Why a figure of a table is “—”, said below it: by reason, and where all of a column lacks it by the column alone. */
import { groupedBy } from '../../../../../analytics/kernel/grouped-by.js';
import type { Language, Table } from '../../../../../analytics/report/model.js';
import type { Page } from './page.js';

interface Place {
  readonly row: number;
  readonly column: number;
  /** null: there is a figure. */
  readonly reason: string | null;
}

/** '' where every figure has a value. */
export function absenceWords(page: Page, table: Table): string {
  const { language } = page.report;
  const columns = groupedBy(placesOf(page, table), ({ column }) => column);
  const absent = [...columns.values()].flat().filter(({ reason }) => reason !== null);
  const said = [...groupedBy(absent, ({ reason }) => reason!)].map(([reason, places]) => {
    const where = whereWords(places, columns, language);
    return language === 'zh' ? `${reason}（${where.join('、')}）` : `${reason} (${where.join('; ')})`;
  });
  if (said.length === 0) return '';
  return language === 'zh' ? `注：“—”表示${said.join('；')}。` : `Note: “—” means ${said.join('; ')}.`;
}

const placesOf = ({ figures, report }: Page, { rows }: Table): Place[] =>
  rows.flatMap(({ no, cells }) =>
    cells.flatMap((cell, at): Place[] => {
      if (!('figure' in cell)) return [];
      const { reason } = figures.get(cell.figure)!;
      return [{ row: no, column: at + 1, reason: reason === undefined ? null : reason[report.language] }];
    }),
  );

/** Columns of the same rows together: 第5、6栏；第7、8栏第13、15–23行. */
function whereWords(
  places: readonly Place[],
  columns: ReadonlyMap<number, readonly Place[]>,
  language: Language,
): string[] {
  const byColumn = [...groupedBy(places, ({ column }) => column)].map(([column, own]) => ({
    column,
    rows:
      own.length === columns.get(column)!.length
        ? ''
        : rangesOf(own.map(({ row }) => row)).join(language === 'zh' ? '、' : ', '),
  }));
  return [...groupedBy(byColumn, ({ rows }) => rows)].map(([rows, own]) => {
    const numbers = own.map(({ column }) => column);
    if (language === 'zh') return `第${numbers.join('、')}栏${rows === '' ? '' : `第${rows}行`}`;
    return `column ${numbers.join(', ')}${rows === '' ? '' : ` in row ${rows}`}`;
  });
}

/** Numbers that follow one another as their first and last: 13、15–23. */
function rangesOf(numbers: readonly number[]): string[] {
  const ranges: [number, number][] = [];
  for (const number of numbers) {
    const last = ranges.at(-1);
    if (last !== undefined && last[1] === number - 1) last[1] = number;
    else ranges.push([number, number]);
  }
  return ranges.map(([first, last]) => (first === last ? `${first}` : `${first}–${last}`));
}
