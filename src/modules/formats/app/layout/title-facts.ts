/** What the rows above a header say about the whole table. */

export interface TitleFacts {
  /** YYYY-MM, or null. */
  readonly period: string | null;
  /** 万元, 千元 …, or null where it is yuan or not said. */
  readonly moneyUnit: string | null;
}

const MONTH = '(\\d{4})(?:[-/.年])(?:第)?(\\d{1,2})(?:[月期])?';
const PERIOD = new RegExp(
  `(?:期间|月份|日期|年月)[:|]*${MONTH}(?!\\d)(?:[-/.]\\d{1,2}日?)?(?:(?:[-~至到—]+)${MONTH}(?!\\d))?`,
);
const TITLE_PERIOD = new RegExp(`^[^\\d]*${MONTH.replace('[-/.年]', '[年]')}[^\\d]*$`);
const UNIT = /单位[:|]*\(?(?:人民币)?(千元|万元|百万元|亿元)/;

/** `rows` are the texts of the rows above the header. A span of several months is no period. */
export function titleFacts(rows: readonly (readonly (string | null)[])[]): TitleFacts {
  let period: string | null = null;
  let moneyUnit: string | null = null;
  for (const row of rows) {
    const cells = row.filter((cell) => cell !== null).map((cell) => cell.normalize('NFKC').replace(/\s+/g, ''));
    const text = cells.join('|');
    period ??= periodOf(PERIOD.exec(text)) ?? (cells.length === 1 ? periodOf(TITLE_PERIOD.exec(cells[0]!)) : null);
    moneyUnit ??= UNIT.exec(text)?.[1] ?? null;
  }
  return { period, moneyUnit };
}

function periodOf(found: RegExpExecArray | null): string | null {
  if (found === null) return null;
  const [, year, month, lastYear, lastMonth] = found;
  const first = `${year}-${month!.padStart(2, '0')}`;
  return lastMonth === undefined || `${lastYear}-${lastMonth.padStart(2, '0')}` === first ? first : null;
}
