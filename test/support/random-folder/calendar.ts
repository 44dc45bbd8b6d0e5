import type { Random } from './random.js';

export interface Period {
  readonly code: string;
  readonly start: string;
  readonly end: string;
}

export interface Calendar {
  /** In order of start; they never overlap. */
  readonly periods: readonly Period[];
  /** GRN-1: is there a periods.csv, or are these natural months? */
  readonly isTable: boolean;
}

const DAY_MS = 86_400_000;

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}

function dateOf(year: number, month: number, day: number): string {
  return new Date(Date.UTC(year, month - 1, day)).toISOString().slice(0, 10);
}

function naturalMonth(year: number, month: number): Period {
  const start = dateOf(year, month, 1);
  return { code: start.slice(0, 7), start, end: dateOf(year, month + 1, 0) };
}

/** The mine cuts the month on the 25th to 27th (docs/calculation-spec.md). */
function cutMonth(year: number, month: number, cut: number): Period {
  const end = dateOf(year, month, cut);
  return { code: end.slice(0, 7), start: dateOf(year, month - 1, cut + 1), end };
}

/** One to four consecutive months; a table sometimes has a hole or an adjustment period of one day. */
export function randomCalendar(random: Random): Calendar {
  const isTable = random.chance(35);
  const cut = random.between(25, 27);
  const year = random.between(2022, 2024);
  const first = random.between(1, 12);
  const periods: Period[] = [];
  const end = first + random.between(1, 4);
  for (let month = first; month < end; month += 1) {
    periods.push(isTable ? cutMonth(year, month, cut) : naturalMonth(year, month));
  }
  if (isTable && periods.length > 2 && random.chance(30)) periods.splice(1, 1);
  const last = periods.at(-1);
  if (isTable && last && random.chance(20)) {
    const day = addDays(last.end, 1);
    periods.push({ code: `${last.code.slice(0, 4)}-13`, start: day, end: day });
  }
  return { periods, isTable };
}

export function randomDay(random: Random, { start, end }: Period): string {
  const length = Math.round((Date.parse(end) - Date.parse(start)) / DAY_MS);
  const days = random.chance(10) ? 0 : random.chance(10) ? length : random.between(0, length);
  return addDays(start, days);
}

export function periodOf({ periods }: Calendar, date: string): Period | undefined {
  return periods.find(({ start, end }) => start <= date && date <= end);
}
