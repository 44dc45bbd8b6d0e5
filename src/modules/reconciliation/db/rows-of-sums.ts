/** Rows of sums in staged books, as SQL: how they are told, and what they are compared with. */
import { ANY_NUMBER_PATTERN } from '../../rules/columns.js';
import { typedRows } from '../../rules/check-sql.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { columnsOf } from '../../rules/tables.js';
import { withLevels } from './account-levels.js';

export type ScratchTable = `scratch.${string}`;

export const totalsTable = (staging: ScratchTable): ScratchTable => `${staging}_totals`;

/** Columns that every row has which is no row of sums. */
const KEY_COLUMNS: Readonly<Record<LedgerKind, readonly string[]>> = {
  vouchers: ['voucher_no', 'account'],
  balances: ['account'],
  accounts: ['account'],
  settlements: ['id'],
  coal_settlements: ['code'],
  management: ['code'],
};

/** What a row of sums adds up, in yuan or tonnes; prices and quantities of several units have no sum. */
const SUMMED: Readonly<Record<LedgerKind, readonly string[]>> = {
  vouchers: ['debit', 'credit', 'amount'],
  balances: ['opening_debit', 'opening_credit', 'debit', 'credit', 'closing_debit', 'closing_credit'],
  accounts: [],
  settlements: ['amount'],
  coal_settlements: [
    ...['quantity', 'income', 'tax', 'total'],
    ...['quantity_to_date', 'income_to_date', 'tax_to_date', 'total_to_date'],
  ],
  // Its rows are indicators of many units.
  management: [],
};

export const summedColumns = (document: LedgerKind): readonly string[] => SUMMED[document];

/**
 * Which rows a total may be of, as a condition on a staged row; `all` always. Balance sheets list accounts and their
 * sub-accounts; a book with one amount and a direction totals either side.
 */
export function basesOf(document: LedgerKind, column: string): Readonly<Record<string, string>> {
  if (document === 'balances') return { all: 'true', leaf: 't.is_leaf', top: 't.is_top' };
  if (document === 'vouchers' && column === 'amount') {
    return { all: 'true', debit: `t.direction = 'debit'`, credit: `t.direction = 'credit'` };
  }
  return { all: 'true' };
}

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const BLANKS = '[\\s\\u00a0\\u2000-\\u200f\\u202f\\u3000\\ufeff]';
/** Longer texts are sentences. */
const MAX_LABEL_LENGTH = 30;

/** Whether a text can be a label at all; every staged row is asked, and this is cheap. */
function mayBeLabel(text: string, totals: readonly string[]): string {
  const endings = new Set(totals.map((total) => [...total].at(-1)!));
  return `(${[...endings].map((ending) => `position(${literal(ending)} IN ${text}) > 0`).join(' OR ')})`;
}

/** The text without blanks and colon where it is, or ends with, one of the totals; else NULL. */
function labelSql(text: string, totals: readonly string[]): string {
  const bare = `rtrim(regexp_replace(${text}, ${literal(BLANKS)}, '', 'g'), ':：')`;
  const endings = totals.map((total) => total.replaceAll(/[\\^$.|?*+()[\]{}]/g, '\\$&')).join('|');
  return `CASE WHEN ${mayBeLabel(text, totals)} AND length(${text}) <= ${2 * MAX_LABEL_LENGTH}
    AND length(${bare}) <= ${MAX_LABEL_LENGTH} AND ${bare} ~ ${literal(`(${endings})$`)} THEN ${bare} END`;
}

const numberColumns = (document: LedgerKind) => columnsOf(document).filter(({ type }) => type.is === 'number');

/** Moves rows of sums from the staging table into their own: `row_no`, `label` and the texts of number columns. */
export function separateSql(document: LedgerKind, staging: ScratchTable, totals: readonly string[]): string[] {
  const keys = KEY_COLUMNS[document].map((name) => `s."${name}"`);
  const words = columnsOf(document).flatMap(({ name, type }) => (type.is === 'number' ? [] : [`s."${name}"`]));
  const label = `coalesce(${[...keys, ...words.filter((word) => !keys.includes(word))]
    .map((word) => labelSql(word, totals))
    .join(',\n')})`;
  const mayBeSum = keys.map((key) => `${key} IS NULL OR ${mayBeLabel(key, totals)}`).join(' OR ');
  const isSum = keys.map((key) => `${key} IS NULL OR ${labelSql(key, totals)} IS NOT NULL`).join(' OR ');
  const numbers = numberColumns(document).map(({ name }) => `"${name}"`);
  return [
    `CREATE UNLOGGED TABLE ${totalsTable(staging)} (${['row_no integer', 'label text', ...numbers.map((name) => `${name} text`)].join(', ')})`,
    `WITH moved AS (DELETE FROM ${staging} s
       WHERE CASE WHEN ${mayBeSum} THEN (${isSum}) AND ${label} IS NOT NULL ELSE false END
       RETURNING ${['s.row_no', `${label} AS label`, ...numbers.map((name) => `s.${name}`)].join(', ')})
     INSERT INTO ${totalsTable(staging)} SELECT * FROM moved`,
  ];
}

/** Texts of a row of sums that say that nothing is there. */
const NOTHING = '^[-—–－/]*$';
const MAX_NUMBER_LENGTH = 40;
/** Excel adds in binary floating point: a sum is read to the fen, or to a millionth where it counts tonnes. */
const decimalsOf = (name: string) => (name.startsWith('quantity') ? 6 : 2);

/** Rows of sums in order, per summed column its number (`name`), and whether its text is none (`name_is_wrong`). */
export function statedSql(document: LedgerKind, staging: ScratchTable): string {
  const columns = SUMMED[document].flatMap((name) => {
    const text = `btrim(s."${name}")`;
    const isNumber = `${text} ~ ${literal(ANY_NUMBER_PATTERN)} AND length(${text}) <= ${MAX_NUMBER_LENGTH}`;
    return [
      `CASE WHEN ${isNumber} THEN round(replace(${text}, ',', '')::numeric, ${decimalsOf(name)}) END AS "${name}"`,
      `coalesce(NOT (${isNumber}) AND ${text} !~ ${literal(NOTHING)}, false) AS "${name}_is_wrong"`,
    ];
  });
  return `SELECT ${['s.row_no', 's.label', ...columns].join(', ')} FROM ${totalsTable(staging)} s ORDER BY s.row_no`;
}

/** The name of a sum in the answer of `segmentSumsSql`. */
export const sumName = (column: string, basis: string): string => `${column}/${basis}`;

/** Sums of the staged rows between thresholds ($1, ascending row numbers): `segment` counts the thresholds passed. */
export function segmentSumsSql(document: LedgerKind, staging: ScratchTable): string {
  const sums = SUMMED[document].flatMap((column) =>
    Object.entries(basesOf(document, column)).map(
      ([basis, condition]) =>
        `coalesce(sum(t."${column}") FILTER (WHERE ${condition}), 0) AS "${sumName(column, basis)}"`,
    ),
  );
  const typed = typedRows(document, staging);
  const rows = document === 'balances' ? withLevels(typed, `concat_ws('/', r.row_no >> 21, r.period)`) : typed;
  return `SELECT ${['width_bucket(t.row_no, $1::int[]) AS segment', ...sums].join(', ')}
    FROM ${rows} t GROUP BY 1 ORDER BY 1`;
}

/** The sum that a sender reads off a slip, in yuan, and the rows it is of; cancelled vouchers may or may not be in it. */
export function slipSumsSql(document: LedgerKind, staging: ScratchTable): string | null {
  const typed = typedRows(document, staging);
  switch (document) {
    case 'vouchers':
      return `SELECT count(*) AS rows, coalesce(sum(${BOOKED_DEBIT}), 0) AS amount,
          count(*) FILTER (WHERE ${IS_VALID}) AS "validRows",
          coalesce(sum(${BOOKED_DEBIT}) FILTER (WHERE ${IS_VALID}), 0) AS "validAmount" FROM ${typed} t`;
    case 'settlements':
      return `SELECT count(*) AS rows, coalesce(sum(t.amount), 0) AS amount FROM ${typed} t`;
    case 'coal_settlements':
      return `SELECT count(*) AS rows, coalesce(sum(t.total), 0) AS amount, count(*) AS "validRows",
          coalesce(sum(t.income), 0) AS "validAmount" FROM ${typed} t`;
    case 'balances':
      return `SELECT count(*) AS rows, coalesce(sum(t.debit) FILTER (WHERE t.is_leaf), 0) AS amount
        FROM ${withLevels(typed, `concat_ws('/', r.row_no >> 21, r.period)`)} t`;
    case 'accounts':
    case 'management':
      return null;
  }
}

const BOOKED_DEBIT = `coalesce(t.debit, 0) + CASE WHEN t.direction = 'credit' THEN 0 ELSE coalesce(t.amount, 0) END`;
const IS_VALID = `t.is_void IS DISTINCT FROM 'yes'`;
