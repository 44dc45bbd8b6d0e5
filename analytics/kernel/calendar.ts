/** Dates are ISO texts (`2023-03-31`), which compare as texts; no time zone ever touches them (GRN-1). */

export interface Period {
  readonly code: string;
  readonly start: string;
  readonly end: string;
}

/** The natural month a date lies in, or of a code `YYYY-MM`. */
export function naturalMonth(dateOrCode: string): Period {
  const code = dateOrCode.slice(0, 7);
  return { code, start: `${code}-01`, end: `${code}-${String(daysInMonth(code)).padStart(2, '0')}` };
}

function daysInMonth(code: string): number {
  const year = Number(code.slice(0, 4));
  const month = Number(code.slice(5, 7));
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** True for `YYYY-MM-DD` that is a day of the calendar. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-(0[1-9]|1[0-2])-\d\d$/.test(text)) return false;
  const day = Number(text.slice(8));
  return day >= 1 && day <= daysInMonth(text);
}

/** Which period a date lies in (GRN-1): a table of periods where there is one, else natural months. */
export class Calendar {
  private readonly byCode: ReadonlyMap<string, Period>;
  private readonly byStart: readonly Period[];

  constructor(private readonly table: readonly Period[] | null) {
    this.byStart = [...(table ?? [])].sort((a, b) => (a.start < b.start ? -1 : 1));
    this.byCode = new Map(this.byStart.map((period) => [period.code, period]));
  }

  ofDate(date: string): Period | null {
    if (this.table === null) return naturalMonth(date);
    return this.byStart.find((period) => period.start <= date && date <= period.end) ?? null;
  }

  ofCode(code: string): Period | null {
    if (this.table === null) return /^\d{4}-(0[1-9]|1[0-2])$/.test(code) ? naturalMonth(code) : null;
    return this.byCode.get(code) ?? null;
  }
}

/** The same period of the year before, by code: `2023-03` → `2022-03`. */
export function lastYearCode(code: string): string {
  return `${String(Number(code.slice(0, 4)) - 1).padStart(4, '0')}${code.slice(4)}`;
}
