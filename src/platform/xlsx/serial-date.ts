const DAY_MS = 86_400_000;
const FIRST_YEAR = 1900;
const LAST_YEAR = 2199;
/** 29 February 1900, which Lotus 1-2-3 had and the calendar has not; serials behind it are one day off. */
const PHANTOM_DAY = 60;

const SERIAL = /^-?\d{1,9}(?:\.\d*)?(?:[eE][+-]?\d{1,2})?$/;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?$/;

/**
 * The day that a serial number stands for, as YYYY-MM-DD, its time of day dropped; null where it stands for none or for
 * one outside 1900 to 2199. Serial 1 is 1900-01-01, in the 1904 system serial 0 is 1904-01-01 (ECMA-376 part 1, 18.17.4).
 */
export function serialDate(serial: string, isDate1904: boolean): string | null {
  if (!SERIAL.test(serial)) return null;
  const day = Math.floor(Number(serial));
  if (isDate1904) return day < 0 ? null : dayText(Date.UTC(1904, 0, 1) + day * DAY_MS);
  if (day < 1 || day === PHANTOM_DAY) return null;
  return dayText(Date.UTC(1899, 11, day < PHANTOM_DAY ? 31 : 30) + day * DAY_MS);
}

/** The day of a cell that is written as a date (t="d"), as YYYY-MM-DD; null where it is none. */
export function isoDate(text: string): string | null {
  const match = ISO_DATE.exec(text);
  if (match === null) return null;
  const day = dayText(Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3])));
  return day !== null && text.startsWith(day) ? day : null;
}

/** A file of a year has some hundred days, each in thousands of cells. */
const known = new Map<number, string | null>();
const MAX_KNOWN = 10_000;

function dayText(milliseconds: number): string | null {
  const found = known.get(milliseconds);
  if (found !== undefined) return found;
  const text = newDayText(milliseconds);
  if (known.size < MAX_KNOWN) known.set(milliseconds, text);
  return text;
}

function newDayText(milliseconds: number): string | null {
  const date = new Date(milliseconds);
  const year = date.getUTCFullYear();
  return year >= FIRST_YEAR && year <= LAST_YEAR ? date.toISOString().slice(0, 10) : null;
}
