/** Tables of the report: every row gets its number, every number its figure, and totals their 尾差. */
import { ZERO, exact, times, type Exact } from '../kernel/exact.js';
import { derived, known, type Datum } from './datum.js';
import { shownIn, type Figures } from './figures.js';
import type { Cell, Column, Row, Said, Table, Unit } from './model.js';

/** Words of the general office, which are marked as its own. */
export interface OfficeWords {
  readonly office: Said;
}

/** Words or a datum for each column. */
export type Content = Said | Datum | OfficeWords;
export type Line = readonly Content[];

export interface TableContent extends Omit<Table, 'kind' | 'rows'> {
  readonly body: readonly Line[];
  /** RND-3: from its own exact values. */
  readonly total?: Line;
}

/** A table; below a total that its printed rows do not add up to, the difference is printed as 尾差 (RND-3). */
export function tableOf(figures: Figures, { body, total, ...table }: TableContent): Table {
  const row = (kind: Row['kind'], line: Line) => rowOf(figures, table.columns, kind, line);
  const rows = body.map((line) => row('body', line));
  if (total !== undefined) {
    rows.push(row('total', total));
    const tail = tailOf(table.columns, body, total);
    if (tail !== null) rows.push(row('tail', tail));
  }
  return { kind: 'table', ...table, rows };
}

function rowOf(figures: Figures, columns: readonly Column[], kind: Row['kind'], line: Line): Row {
  const no = figures.nextNumber();
  const cells = line.map((content, at): Cell => {
    if ('office' in content) return { text: content.office, origin: 'office' };
    if (!('value' in content)) return { text: content };
    return { figure: figures.inCell(no, at + 1, columns[at]!.unit!, content) };
  });
  return { no, kind, cells };
}

const MONEY_STEPS: Readonly<Partial<Record<Unit, Exact>>> = { wan: exact('10000'), yuan: exact('1') };
const TAIL: Said = { zh: '尾差', en: 'rounding difference' };
const NOTHING: Said = { zh: '', en: '' };

/** null where every column of money adds up as it is printed. */
function tailOf(columns: readonly Column[], body: readonly Line[], total: Line): Line | null {
  const tails = columns.map(({ unit }, at) =>
    tailOfColumn(
      unit,
      body.map((line) => line[at]!),
      total[at]!,
    ),
  );
  if (tails.every((tail) => tail === null || tail.value.exact === ZERO)) return null;
  return tails.map((tail, at) => tail ?? (at === 0 ? TAIL : NOTHING));
}

function tailOfColumn(unit: Unit | null, parts: Line, total: Content): Datum | null {
  const step = unit === null ? undefined : MONEY_STEPS[unit];
  const data = [total, ...parts].filter((content) => 'value' in content);
  if (step === undefined || !('value' in total) || data.some(({ value }) => value.exact === null)) return null;
  return derived('tail', data, ([whole, ...others]) => {
    const printed = (value: Exact) => exact(shownIn(unit!, value));
    return known(
      times(
        others.reduce((left, each) => left - printed(each), printed(whole!)),
        step,
      ),
    );
  });
}
