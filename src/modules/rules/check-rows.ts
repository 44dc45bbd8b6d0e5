/** The rules of columns and rows on rows in memory, for the command that needs no database. */
import { isDay } from '../../../analytics/kernel/calendar.js';
import { ZERO, exact, magnitude, times, type Exact } from '../../../analytics/kernel/exact.js';
import {
  ANY_NUMBER_PATTERN,
  COLUMNS,
  DATE_PATTERN,
  FIRST_DAY,
  HIDDEN_CHARACTER_PATTERN,
  KEYS,
  LAST_DAY,
  MAX_CODE_LENGTH,
  MAX_TEXT_LENGTH,
  PERIOD_PATTERN,
  numberPattern,
  type Column,
  type ColumnType,
  type Kind,
  type Referable,
} from './columns.js';
import { ROW_RULES, type Condition } from './row-rules.js';

/** One row as its file gives it: canonical column name → text, null where blank. */
export interface RawRow {
  readonly rowNo: number;
  readonly values: Readonly<Record<string, string | null>>;
}

export interface RowProblem {
  readonly rowNo: number;
  readonly column: string;
  readonly code: string;
}

/** A row whose texts were read: dates and choices in their canonical form, numbers as plain decimals. */
export type ReadRow = RawRow & { readonly read: Readonly<Record<string, string | null>> };

export interface Known {
  readonly codes: Readonly<Record<Referable, ReadonlySet<string>>>;
  readonly itemNatures: ReadonlyMap<string, string>;
}

const patterns = new Map<string, RegExp>();
function matches(pattern: string, text: string): boolean {
  let compiled = patterns.get(pattern);
  if (!compiled) patterns.set(pattern, (compiled = new RegExp(pattern)));
  return compiled.test(text);
}

/** Checks rows of one kind; problems come in the order of row, then column, then rule. */
export function checkRows(
  kind: Kind,
  rows: readonly RawRow[],
  known: Known,
): { rows: ReadRow[]; problems: RowProblem[] } {
  const problems: RowProblem[] = [];
  const seen = new Set<string>();
  const read = rows.map((row) => {
    const values: Record<string, string | null> = {};
    for (const column of COLUMNS[kind]) {
      const text = row.values[column.name] ?? null;
      const result = readValue(column, text, known);
      values[column.name] = result.value;
      if (result.code) problems.push({ rowNo: row.rowNo, column: column.name, code: result.code });
    }
    const readRow: ReadRow = { ...row, read: values };
    const key = KEYS[kind].map((name) => values[name] ?? row.values[name] ?? '').join('\u0000');
    if (seen.has(key)) problems.push({ rowNo: row.rowNo, column: KEYS[kind][0]!, code: 'duplicate_key' });
    seen.add(key);
    for (const rule of ROW_RULES[kind]) {
      if (holds(rule.wrongWhen, readRow, known)) {
        problems.push({ rowNo: row.rowNo, column: rule.column, code: rule.code });
      }
    }
    return readRow;
  });
  return { rows: read, problems };
}

interface Reading {
  readonly value: string | null;
  readonly code: string | null;
}

/** Reads one text under its column's rule. A wrong text has no value and a code. */
export function readValue(column: Column, text: string | null, known: Known | null): Reading {
  if (text === null) return { value: null, code: column.isRequired ? 'value_missing' : null };
  return readText(column.type, text, known);
}

function readText(type: ColumnType, text: string, known: Known | null): Reading {
  const wrong = (code: string): Reading => ({ value: null, code });
  switch (type.is) {
    case 'code':
      if (matches(HIDDEN_CHARACTER_PATTERN, text)) return wrong('hidden_character');
      return [...text].length > MAX_CODE_LENGTH ? wrong('text_too_long') : { value: text, code: null };
    case 'text':
      return [...text].length > MAX_TEXT_LENGTH ? wrong('text_too_long') : { value: text, code: null };
    case 'number':
      return readNumber(text, type.decimals);
    case 'taxRate': {
      const rate = readNumber(text, 6);
      if (rate.value === null) return rate;
      return exact(rate.value) < ZERO || exact(rate.value) >= exact('1') ? wrong('tax_rate_range') : rate;
    }
    case 'date': {
      const day = canonicalDay(text);
      return day === null ? wrong('invalid_date') : { value: day, code: null };
    }
    case 'ledgerDate':
    case 'ledgerPeriod':
      throw new Error('rows of books are checked by the database alone');
    case 'period':
      return matches(PERIOD_PATTERN, text) ? { value: text, code: null } : wrong('invalid_period');
    case 'choice': {
      const value = type.values.includes(text) ? text : type.values[type.chinese.indexOf(text)];
      return value === undefined ? wrong('unknown_choice') : { value, code: null };
    }
    case 'reference':
      return known && !known.codes[type.to].has(text)
        ? wrong(`unknown_${singular[type.to]}`)
        : { value: text, code: null };
  }
}

const singular = { departments: 'department', items: 'item', projects: 'project' } as const;

/** RND-4 and docs/calculation-spec.md, “Numbers”: the one number parser; value as a plain decimal. */
function readNumber(text: string, decimals: number): Reading {
  const short = text.replace(/(\.\d+?)0+$/, '$1');
  if (matches(numberPattern(decimals), text)) return { value: short.replace(/[+,]/g, ''), code: null };
  if (!matches(ANY_NUMBER_PATTERN, text)) return { value: null, code: 'invalid_number' };
  const fraction = short.split('.')[1] ?? '';
  return { value: null, code: fraction.length > decimals ? 'too_many_decimals' : 'number_out_of_range' };
}

/** A date in one of the accepted forms as `YYYY-MM-DD`; null where it is no day, or out of range. */
export function canonicalDay(text: string): string | null {
  const parts = new RegExp(DATE_PATTERN)
    .exec(text)
    ?.slice(1)
    .filter((part) => part !== undefined);
  if (!parts) return null;
  const canonical = parts.map((part) => part.padStart(2, '0')).join('-');
  return isDay(canonical) && FIRST_DAY <= canonical && canonical <= LAST_DAY ? canonical : null;
}

function holds(condition: Condition, row: ReadRow, known: Known): boolean {
  const raw = (column: string) => row.values[column] ?? null;
  const value = (column: string) => row.read[column] ?? null;
  switch (condition[0]) {
    case 'given':
      return raw(condition[1]) !== null;
    case 'blank':
      return raw(condition[1]) === null;
    case 'is': {
      const [, column, ...values] = condition;
      const found = value(column);
      return found !== null && values.includes(found);
    }
    case 'positive': {
      const number = value(condition[1]);
      // A text that is no number was reported for that already.
      return number === null || exact(number) > ZERO;
    }
    case 'after': {
      const [first, second] = [value(condition[1]), value(condition[2])];
      return first !== null && second !== null && first > second;
    }
    case 'productDiffers': {
      const [quantity, unitPrice, amount] = [value(condition[1]), value(condition[2]), value(condition[3])];
      if (quantity === null || unitPrice === null || amount === null) return false;
      return magnitude(times(exact(quantity), exact(unitPrice)) - exact(amount)) > CENT;
    }
    case 'itemIs':
      return known.itemNatures.get(value(condition[1]) ?? '') === condition[2];
    case 'not':
      return !holds(condition[1], row, known);
    case 'all':
      return (condition.slice(1) as Condition[]).every((part) => holds(part, row, known));
    case 'any':
      return (condition.slice(1) as Condition[]).some((part) => holds(part, row, known));
  }
}

const CENT: Exact = exact('0.01');
