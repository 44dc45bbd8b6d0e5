/** What the rows above a header say about the whole table. */

export interface TitleFacts {
  /** YYYY-MM, or null. */
  readonly period: string | null;
  /** The one year that they name, or null. */
  readonly year: string | null;
  /** 万元, 千元 …, or null where it is yuan or not said. */
  readonly moneyUnit: string | null;
}

const MONTH = '(\\d{4})[-/.年]第?(\\d{1,2})(?!\\d)[月期]?';
/** A day behind the month says no more than the month here. */
const DAY = '(?:[-/.]?\\d{1,2}(?![\\d月])日?)?';
/** A day on which a table was printed is not what it is about. */
const PERIOD = new RegExp(
  `(?:期间|月份|(?<!打印|制表|编制|填报|导出|输出|查询)日期|年月)[:|]*${MONTH}${DAY}(?:[-~至到—]+(?:${MONTH}${DAY}|(\\d)))?`,
);
const TITLE_PERIOD = /^[^\d]*(\d{4})年(\d{1,2})月?[^\d]*$/;
const YEAR = /(?:会计年度|年度|年份)[:|]*(\d{4})(?!\d)|(?<!\d)(\d{4})年/g;
const UNIT = /单位[:|]*\(?(?:人民币)?(千元|万元|百万元|亿元)/;

/** `rows` are the texts of the rows above the header. A span of several months is no period. */
export function titleFacts(rows: readonly (readonly (string | null)[])[]): TitleFacts {
  let period: string | null = null;
  let moneyUnit: string | null = null;
  const years = new Set<string>();
  for (const row of rows) {
    const cells = row.filter((cell) => cell !== null).map((cell) => cell.normalize('NFKC').replace(/\s+/g, ''));
    const text = cells.join('|');
    const span = PERIOD.exec(text);
    for (const year of yearsIn(text, span)) years.add(year);
    period ??= periodOf(span) ?? (cells.length === 1 ? periodOf(TITLE_PERIOD.exec(cells[0]!)) : null);
    moneyUnit ??= UNIT.exec(text)?.[1] ?? null;
  }
  return { period, year: years.size === 1 ? [...years][0]! : null, moneyUnit };
}

/** 期间：2022.12-2023.01 names two, 2023年度 one. */
function yearsIn(text: string, span: RegExpExecArray | null): string[] {
  const ofSpan = span === null ? [] : [span[1]!, span[3] ?? span[1]!];
  return [...ofSpan, ...[...text.matchAll(YEAR)].map(([, labelled, plain]) => (labelled ?? plain)!)];
}

function periodOf(found: RegExpExecArray | null): string | null {
  if (found === null) return null;
  const [, year, month, lastYear, lastMonth, lastDigit] = found;
  const first = `${year}-${month!.padStart(2, '0')}`;
  const last = lastMonth === undefined ? first : `${lastYear}-${lastMonth.padStart(2, '0')}`;
  // 2023年1-3月: what it goes on to is no month of its own year.
  return last === first && lastDigit === undefined ? first : null;
}
