/**
 * The rules of columns and rows as SQL over a staging table, whose columns carry the raw texts under their canonical names.
 * Built from the same data as `check-rows.ts`.
 */
import {
  ANY_NUMBER_PATTERN,
  DATE_PATTERN,
  FIRST_DAY,
  HIDDEN_CHARACTER_PATTERN,
  LAST_DAY,
  LEDGER_DATE_PATTERN,
  LEDGER_PERIOD_PATTERN,
  MAX_CODE_LENGTH,
  MAX_TEXT_LENGTH,
  PERIOD_PATTERN,
  WHOLE_DIGITS,
  numberPattern,
  type Column,
  type Referable,
} from './columns.js';
import type { Condition } from './row-rules.js';
import { columnsOf, keysOf, rowRulesOf, type TableKind } from './tables.js';

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
/** The raw text of a column in `typedRows`. */
const raw = (name: string) => `t.raw_${name}`;
/** The value of a column in `typedRows`; null where its text is wrong. */
const value = (name: string) => `t.${name}`;

/** The staging table of a kind: the row's number in its file and every column as text. */
export function stagingColumns(kind: TableKind): string {
  return ['row_no integer', ...columnsOf(kind).map((column) => `"${column.name}" text`)].join(', ');
}

/**
 * Rows of a staging table with each column's raw text (`raw_…`) and value. OFFSET 0 keeps PostgreSQL from evaluating a
 * value again wherever it is named, and does not keep it from working in parallel.
 */
export function typedRows(kind: TableKind, table: string): string {
  const columns = columnsOf(kind).flatMap((column) => [
    `s."${column.name}" AS raw_${column.name}`,
    `${valueSql(column, `s."${column.name}"`)} AS "${column.name}"`,
  ]);
  return `(SELECT s.row_no, ${columns.join(', ')} FROM ${table} s OFFSET 0)`;
}

function valueSql(column: Column, text: string): string {
  const { type } = column;
  switch (type.is) {
    case 'code':
    case 'text':
    case 'reference':
    case 'period':
      return text;
    case 'number':
      return numberSql(text, type.decimals);
    case 'taxRate':
      return taxRateSql(text);
    case 'date':
      return dateSql(text);
    case 'ledgerDate':
      return ledgerDateSql(text);
    case 'ledgerPeriod':
      return ledgerPeriodSql(text);
    case 'choice': {
      const cases = type.values.map((v) => `WHEN ${quoted(v)} THEN ${quoted(v)}`);
      const chinese = type.chinese.map((c, i) => `WHEN ${quoted(c)} THEN ${quoted(type.values[i]!)}`);
      return `CASE ${text} ${[...cases, ...chinese].join(' ')} END`;
    }
  }
}

/**
 * Digits and at most one point are told by counting, which is cheaper than matching; whatever else a number may be
 * written as (a sign, grouped thousands) is left to the pattern.
 */
function numberSql(text: string, decimals: number): string {
  const point = `position('.' IN ${text})`;
  const isPlain = `CASE translate(${text}, '0123456789', '') WHEN '' THEN length(${text}) <= ${WHOLE_DIGITS}
    WHEN '.' THEN ${point} BETWEEN 2 AND ${WHOLE_DIGITS + 1} AND length(${text}) - ${point} BETWEEN 1 AND ${decimals} END`;
  return `CASE WHEN ${isPlain} THEN ${text}::numeric
    WHEN ${text} ~ ${quoted(numberPattern(decimals))} THEN trim_scale(replace(${text}, ',', '')::numeric) END`;
}

/** A rate out of range has no value, so that nothing is divided by 1 + rate = 0 before the row is refused. */
function taxRateSql(text: string): string {
  const rate = numberSql(text, 6);
  return `CASE WHEN ${rate} >= 0 AND ${rate} < 1 THEN ${rate} END`;
}

/**
 * A day in its stored form is told by cheap tests; only other forms are taken apart. Without a sub-select, which
 * PostgreSQL would not evaluate in parallel.
 */
function dateSql(text: string): string {
  const padded = `regexp_replace(${text}, ${quoted(DATE_PATTERN)}, '\\1-0\\2\\4\\6-0\\3\\5\\7')`;
  const canonical = `regexp_replace(${padded}, '-0?([0-9]{2})(?=-|$)', '-\\1', 'g')`;
  return `CASE WHEN ${text} LIKE '____-__-__' AND translate(${text}, '0123456789', '') = '--' THEN ${dayOf(text)}
    WHEN ${text} ~ ${quoted(DATE_PATTERN)} THEN ${dayOf(canonical)} END`;
}

const dayOf = (canonical: string) => `CASE WHEN pg_input_is_valid(${canonical}, 'date')
    THEN CASE WHEN ${canonical}::date BETWEEN ${quoted(FIRST_DAY)} AND ${quoted(LAST_DAY)} THEN ${canonical}::date END END`;

/** A day as books write it; a time of day behind it is dropped, since what is booked on a day belongs to that day. */
function ledgerDateSql(text: string): string {
  const part = (first: number) =>
    `lpad(regexp_replace(${text}, ${quoted(LEDGER_DATE_PATTERN)}, '\\${first}\\${first + 2}\\${first + 4}'), 2, '0')`;
  const canonical = `(left(${text}, 4) || '-' || ${part(2)} || '-' || ${part(3)})`;
  return `CASE WHEN ${text} LIKE '____-__-__' AND translate(${text}, '0123456789', '') = '--' THEN ${dayOf(text)}
    WHEN ${text} ~ ${quoted(LEDGER_DATE_PATTERN)} THEN ${dayOf(canonical)} END`;
}

/** A ledger period as YYYY-MM; the adjustment periods 13 to 16 belong to December. */
function ledgerPeriodSql(text: string): string {
  const month = `regexp_replace(${text}, ${quoted(LEDGER_PERIOD_PATTERN)}, '\\2\\3\\4')::int`;
  return `CASE WHEN ${text} ~ ${quoted(LEDGER_PERIOD_PATTERN)} THEN CASE WHEN ${month} BETWEEN 1 AND 16
    THEN left(${text}, 4) || '-' || lpad(least(${month}, 12)::text, 2, '0') END END`;
}

const singular = { departments: 'department', items: 'item', projects: 'project' } as const;

/** The error code of one column's text, or NULL. */
function columnCode(column: Column): string {
  const { name, type } = column;
  const cases = column.isRequired ? [`WHEN ${raw(name)} IS NULL THEN 'value_missing'`] : [];
  const given = `${raw(name)} IS NOT NULL`;
  const isWrong = `${given} AND ${value(name)} IS NULL`;
  switch (type.is) {
    case 'code':
      cases.push(`WHEN ${raw(name)} ~ ${quoted(HIDDEN_CHARACTER_PATTERN)} THEN 'hidden_character'`);
      cases.push(`WHEN length(${raw(name)}) > ${MAX_CODE_LENGTH} THEN 'text_too_long'`);
      break;
    case 'text':
      // Counting bytes is free, counting characters is not.
      cases.push(
        `WHEN octet_length(${raw(name)}) > ${MAX_TEXT_LENGTH} AND length(${raw(name)}) > ${MAX_TEXT_LENGTH} THEN 'text_too_long'`,
      );
      break;
    case 'number':
      cases.push(`WHEN ${isWrong} THEN ${numberCode(raw(name), type.decimals)}`);
      break;
    case 'taxRate':
      cases.push(`WHEN ${isWrong} AND ${raw(name)} ~ ${quoted(numberPattern(6))} THEN 'tax_rate_range'`);
      cases.push(`WHEN ${isWrong} THEN ${numberCode(raw(name), 6)}`);
      break;
    case 'date':
    case 'ledgerDate':
      cases.push(`WHEN ${isWrong} THEN 'invalid_date'`);
      break;
    case 'ledgerPeriod':
      cases.push(`WHEN ${isWrong} THEN 'invalid_period'`);
      break;
    case 'period':
      cases.push(`WHEN ${raw(name)} !~ ${quoted(PERIOD_PATTERN)} THEN 'invalid_period'`);
      break;
    case 'choice':
      cases.push(`WHEN ${isWrong} THEN 'unknown_choice'`);
      break;
    case 'reference':
      cases.push(`WHEN ${given} AND known_${name}.code IS NULL THEN 'unknown_${singular[type.to]}'`);
      break;
  }
  return `CASE ${cases.join(' ')} END`;
}

const numberCode = (text: string, decimals: number) => `CASE
  WHEN ${text} !~ ${quoted(ANY_NUMBER_PATTERN)} THEN 'invalid_number'
  WHEN length(rtrim(split_part(${text}, '.', 2), '0')) > ${decimals} THEN 'too_many_decimals' ELSE 'number_out_of_range' END`;

/** A rule's condition as SQL; like `holds` in check-rows.ts it is true or false, never unknown. */
export function conditionSql(condition: Condition): string {
  switch (condition[0]) {
    case 'given':
      return `${raw(condition[1])} IS NOT NULL`;
    case 'blank':
      return `${raw(condition[1])} IS NULL`;
    case 'is': {
      const [, name, ...values] = condition;
      return `coalesce(${value(name)} IN (${values.map(quoted).join(', ')}), false)`;
    }
    case 'positive':
      return `coalesce(${value(condition[1])} > 0, true)`;
    case 'after':
      return `coalesce(${value(condition[1])} > ${value(condition[2])}, false)`;
    case 'productDiffers': {
      const [, quantity, unitPrice, amount] = condition;
      return `coalesce(abs(${value(quantity)} * ${value(unitPrice)} - ${value(amount)}) > 0.01, false)`;
    }
    case 'itemIs':
      return `coalesce(known_${condition[1]}.nature = ${quoted(condition[2])}, false)`;
    case 'not':
      return `NOT ${conditionSql(condition[1])}`;
    case 'all':
    case 'any': {
      const parts = (condition.slice(1) as Condition[]).map(conditionSql);
      return `(${parts.join(condition[0] === 'all' ? ' AND ' : ' OR ')})`;
    }
  }
}

/** Relations with the codes that may be named: those of the mine and those the same import brings. */
export type KnownRelations = Readonly<Record<Referable, string>>;

interface Check {
  readonly column: string;
  /** The error code, or NULL. */
  readonly code: string;
}

function checksOf(kind: TableKind): Check[] {
  return [
    ...columnsOf(kind).map((column) => ({ column: column.name, code: columnCode(column) })),
    ...rowRulesOf(kind).map((rule) => ({
      column: rule.column,
      code: `CASE WHEN ${conditionSql(rule.wrongWhen)} THEN ${quoted(rule.code)} END`,
    })),
  ];
}

const isWrongSql = (checks: readonly Check[]) => checks.map(({ code }) => `(${code}) IS NOT NULL`).join('\n OR ');

/** Whether problemsSql has anything to say of a row, over alias t of `typedRows`; of kinds that refer to no table. */
export const isWrongRowSql = (kind: TableKind): string => isWrongSql(checksOf(kind));

/** All problems of a staging table: row_no, column_name, code, ordered by row, column and rule. */
export function problemsSql(kind: TableKind, table: string, known: KnownRelations): string {
  const checks = checksOf(kind);
  const list = checks.map(({ column, code }, i) => `(${i}, ${quoted(column)}, ${code})`);
  return `SELECT t.row_no, found.column_name, found.code
    FROM ${typedRows(kind, table)} t ${knownJoins(kind, known)}
    CROSS JOIN LATERAL (VALUES ${list.join(',\n')}) AS found (place, column_name, code)
    WHERE (${isWrongSql(checks)}) AND found.code IS NOT NULL
    ORDER BY t.row_no, found.place`;
}

/** Rows of a staging table with `columns` (over alias t) and `is_wrong`: whether problemsSql has anything to say of the row. */
export function judgedRowsSql(kind: TableKind, table: string, known: KnownRelations, columns: string): string {
  return `SELECT t.row_no, ${columns}, ${isWrongSql(checksOf(kind))} AS is_wrong
    FROM ${typedRows(kind, table)} t ${knownJoins(kind, known)}`;
}

function knownJoins(kind: TableKind, known: KnownRelations): string {
  return columnsOf(kind)
    .flatMap(({ name, type }) => (type.is === 'reference' ? [{ name, to: type.to }] : []))
    .map(({ name, to }) => `LEFT JOIN ${known[to]} known_${name} ON known_${name}.code = ${raw(name)}`)
    .join(' ');
}

/** Rows that state again what an earlier row of the same file states (KEYS): row_no, column_name, code. */
export function repeatedKeysSql(kind: TableKind, table: string): string {
  const keys = keysOf(kind).map((name) => `coalesce(${value(name)}::text, ${raw(name)}, '')`);
  return `SELECT row_no, ${quoted(keysOf(kind)[0]!)} AS column_name, 'duplicate_key' AS code FROM (
    SELECT t.row_no, row_number() OVER (PARTITION BY ${keys.join(', ')} ORDER BY t.row_no) AS nth
    FROM ${typedRows(kind, table)} t) numbered WHERE nth > 1 ORDER BY row_no`;
}
