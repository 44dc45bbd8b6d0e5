/** Lines of books that are no rows of the table: they are left out, and counted under what they are. */
export type LeftOut = '制表、审核等落款' | '重复的表头';

/** Of a table: what its rows are told by. */
export interface TableMarks {
  /** Columns of the file that hold what makes a row one of its own: a row of sums has none of them. */
  readonly keys: readonly number[];
  /** Columns of the file that hold money, of books. */
  readonly amounts: readonly number[];
  readonly above: RowsAbove;
}

type CellAt = (place: number) => string | null;

/** A row as the file has it. */
export interface WholeRow {
  readonly cellAt: CellAt;
  readonly columns: number;
}

/** What a row is where it is none of the table's; null for those that are. */
export function leftOutAs(table: TableMarks, row: WholeRow): LeftOut | null {
  if (table.amounts.length === 0) return null;
  if (isRepeated(table, row)) return '重复的表头';
  return isClosingLine(table, row) ? '制表、审核等落款' : null;
}

/** 制表人：张三, 审核：, 打印日期：2023-04-02: who made and checked a table stands below it. */
const LABEL =
  /^(?:制表|制单|编制|填表|填报|审核|复核|审批|批准|核准|会计主管|财务主管|财务负责人|单位负责人|部门负责人|负责人|主管|经办|出纳|记账|会计|打印|导出|提供方签字|接受方签字|签字|盖章)(?:人|员|单位|部门|日期|时间|签字)?[:：]/;

const isClosingLabel = (text: string): boolean => /[:：]/.test(text) && LABEL.test(text.replace(/\s+/g, ''));

/** It begins with a label that names people; its key columns hold nothing else, its amounts nothing at all. */
function isClosingLine({ keys, amounts }: TableMarks, { cellAt, columns }: WholeRow): boolean {
  if (amounts.some((place) => cellAt(place) !== null)) return false;
  const isLabelled = (text: string | null) => text === null || isClosingLabel(text);
  if (!keys.every((place) => isLabelled(cellAt(place)))) return false;
  for (let place = 0; place < columns; place++) {
    const first = cellAt(place);
    if (first !== null) return isClosingLabel(first);
  }
  return false;
}

/** Printed tables begin every page with their titles and header. */
function isRepeated({ above, keys }: TableMarks, { cellAt, columns }: WholeRow): boolean {
  // Most rows are told by their first key: no account is called 科目编码, or says 页 as the line of a page's number does.
  const key = cellAt(keys[0]!);
  if (key !== null && !above.keys.has(key) && !key.includes('页')) return false;
  return above.rows.has(printed(Array.from({ length: columns }, (_, place) => cellAt(place))));
}

/** The rows above the first row of a table, as they may stand in it again. */
export interface RowsAbove {
  /** What stands in the column of the first key. */
  readonly keys: ReadonlySet<string>;
  /** Whole rows, `printed`. */
  readonly rows: ReadonlySet<string>;
}

export const NO_ROWS_ABOVE: RowsAbove = { keys: new Set(), rows: new Set() };

/** Of the rows above a header and the header itself those without an amount, which would have to be read. */
export function rowsAbove(
  rows: readonly (readonly (string | null)[])[],
  { keys, amounts }: Pick<TableMarks, 'keys' | 'amounts'>,
): RowsAbove {
  const blankless = rows.filter((row) => row.some((cell) => cell !== null));
  const wordy = blankless.filter((row) => !amounts.some((place) => /\d/.test(row[place] ?? '')));
  return {
    keys: new Set(wordy.map((row) => row[keys[0]!] ?? null).filter((cell) => cell !== null)),
    rows: new Set(wordy.map(printed)),
  };
}

const PAGE = /第?\d+页|共\d+页|页码[:：]?\d+|\d+\/\d+/g;

/** The page's number is another one every time; blank cells at the end are often left off. */
const printed = (cells: readonly (string | null)[]): string =>
  cells
    .map((cell) => (cell ?? '').replace(/\s+/g, '').replace(PAGE, ''))
    .join('\t')
    .trimEnd();
