import { ZERO, exact, plain, type Exact } from '../../../../analytics/kernel/exact.js';
import { insertRows } from '../../../platform/database/insert-rows.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { LedgerKind } from '../../rules/ledger-columns.js';
import { rowNumber, rowPlace } from '../../rules/row-number.js';
import { basesOf, segmentSumsSql, slipSumsSql, statedSql, sumName, summedColumns } from '../db/rows-of-sums.js';
import type { StagedBooks } from './separate-totals.js';
import { bestReading, classOf, startsOf, type Compared, type Reading, type StatedTotal } from './total-scopes.js';

export interface TotalsCheck extends StagedBooks {
  readonly mine: string;
  /** What the sender read off the slip; null where nothing was said. */
  readonly typed: { readonly rows: number | null; readonly amountYuan: string | null };
}

/** A total that disagrees, or that cannot be read; `rowNo` as staged, 0 for the sender's own. */
export interface TotalsProblem {
  readonly rowNo: number;
  readonly column: string;
  readonly code: 'total_mismatch' | 'control_total_mismatch' | 'invalid_number' | 'too_many_totals';
  readonly params: Readonly<Record<string, string>>;
  readonly document: LedgerKind;
}

/** Of one document; books have a few, some systems one a voucher. */
const MAX_TOTALS = 50_000;
const MAX_LISTED = 10_000;

/**
 * Compares the rows of sums that `separateTotals` took out, and what the sender typed, with the rows that are there, exact
 * to the fen, and keeps every comparison; answers what disagrees.
 */
export async function checkTotals(tx: Tx, check: TotalsCheck): Promise<TotalsProblem[]> {
  const { totals, problems } = await statedTotals(tx, check);
  if (totals.length > MAX_TOTALS) {
    const params = { found: String(totals.length), limit: String(MAX_TOTALS) };
    return [{ rowNo: 0, column: '', code: 'too_many_totals', params, document: check.document }];
  }
  const ofFile = totals.length === 0 ? [] : await compareTotals(tx, check, totals);
  const comparisons = [...ofFile, ...(await compareTyped(tx, check))];
  await keepComparisons(tx, check, comparisons);
  const wrong = comparisons.filter(({ stated, found }) => stated !== found);
  return [...problems, ...wrong.map((one) => problemOf(one, check.document))].slice(0, MAX_LISTED);
}

type StatedRow = { readonly row_no: number; readonly label: string } & Readonly<
  Record<string, string | number | boolean | null>
>;

async function statedTotals(tx: Tx, { document, table }: TotalsCheck) {
  const columns = summedColumns(document);
  if (columns.length === 0) return { totals: [], problems: [] };
  const rows = await tx.rows<StatedRow>(statedSql(document, table));
  const compared = rows.filter(({ label }) => classOf(label) !== null);
  const totals = compared.map((row): StatedTotal => {
    const stated = columns.flatMap((name): [string, Exact][] =>
      typeof row[name] === 'string' ? [[name, exact(row[name])]] : [],
    );
    return { rowNo: row.row_no, sheet: rowPlace(row.row_no).sheet, label: row.label, stated: new Map(stated) };
  });
  const problems = compared.flatMap((row) =>
    columns
      .filter((name) => row[`${name}_is_wrong`] === true)
      .map((column): TotalsProblem => ({
        ...{ rowNo: row.row_no, column, code: 'invalid_number', params: {}, document },
      })),
  );
  return { totals: totals.filter(({ stated }) => stated.size > 0), problems };
}

interface Comparison extends Omit<Compared, 'basis'> {
  readonly kind: 'file_total' | 'typed';
  readonly rowNo: number | null;
  readonly label: string;
}

async function compareTotals(tx: Tx, { document, table }: TotalsCheck, totals: StatedTotal[]): Promise<Comparison[]> {
  const sheetStart = (sheet: number) => rowNumber(sheet, 0);
  const thresholds = [
    ...new Set([...totals.map(({ rowNo }) => rowNo), ...totals.map(({ sheet }) => sheetStart(sheet))]),
  ].sort((a, b) => a - b);
  const rows = await tx.rows<Record<string, string> & { readonly segment: number }>(segmentSumsSql(document, table), [
    thresholds,
  ]);
  const below = sumsBelow(rows, thresholds.length);
  const placeOf = new Map(thresholds.map((threshold, i) => [threshold, i]));
  const starts = startsOf(totals, sheetStart);
  return totals.flatMap((total, i) => {
    const foundIn = (column: string, { after, basis }: Reading) => {
      const sums = below.get(sumName(column, basis));
      return sums === undefined ? null : sums[placeOf.get(total.rowNo)!]! - sums[placeOf.get(after)!]!;
    };
    const readings = starts[i]!.flatMap((after) => basesIn(document).map((basis): Reading => ({ after, basis })));
    return bestReading(total, readings, foundIn).map(({ column, stated, found, basis }): Comparison => {
      const label = [total.label, column, ...(basis === 'all' ? [] : [basis])].join('/');
      return { kind: 'file_total', rowNo: total.rowNo, label, column, stated, found };
    });
  });
}

/** Every basis that some column of the document knows. */
const basesIn = (document: LedgerKind) => [
  ...new Set(summedColumns(document).flatMap((column) => Object.keys(basesOf(document, column)))),
];

/** Per sum, at each threshold what all rows below it come to. */
function sumsBelow(
  rows: readonly (Readonly<Record<string, string>> & { readonly segment: number })[],
  thresholds: number,
): ReadonlyMap<string, readonly Exact[]> {
  const names = Object.keys(rows[0] ?? {}).filter((name) => name !== 'segment');
  const bySegment = new Map(rows.map((row) => [row.segment, row]));
  return new Map(
    names.map((name) => {
      let sum = ZERO;
      const sums = Array.from({ length: thresholds }, (_, i) => (sum += exact(bySegment.get(i)?.[name] ?? '0')));
      return [name, sums];
    }),
  );
}

interface SlipSums {
  readonly rows: string;
  readonly amount: string;
  /** Without what a slip may leave out. */
  readonly validRows?: string;
  readonly validAmount?: string;
}

/** The slip is of what the file is for: the first of its documents, the bulk, that has rows and yuan to compare. */
async function compareTyped(tx: Tx, check: TotalsCheck): Promise<Comparison[]> {
  const { document, table, typed } = check;
  const sql = slipSumsSql(document, table);
  if (sql === null || (typed.rows === null && typed.amountYuan === null) || (await isTypedCompared(tx, check)))
    return [];
  const [sums] = await tx.rows<SlipSums>(sql);
  const { rows, amount, validRows = rows, validAmount = amount } = sums!;
  const compared = (label: 'rows' | 'amount', stated: string, all: string, valid: string): Comparison => {
    const found = exact(stated) === exact(valid) ? valid : all;
    return { kind: 'typed', rowNo: null, label, column: '', stated: exact(stated), found: exact(found) };
  };
  return [
    ...(typed.rows === null ? [] : [compared('rows', String(typed.rows), rows, validRows)]),
    ...(typed.amountYuan === null ? [] : [compared('amount', typed.amountYuan, amount, validAmount)]),
  ];
}

async function isTypedCompared(tx: Tx, { mine, importId }: TotalsCheck): Promise<boolean> {
  const found = await tx.rows(
    `SELECT FROM control_totals WHERE mine_id = $1 AND import_id = $2 AND kind = 'typed' LIMIT 1`,
    [mine, importId],
  );
  return found.length > 0;
}

/** Once: what waited for approval is read again when it is posted. */
async function keepComparisons(tx: Tx, { mine, importId, document }: TotalsCheck, compared: readonly Comparison[]) {
  const [last] = await tx.rows<{ seq: number; kept: string[] }>(
    `SELECT coalesce(max(seq), 0) AS seq, coalesce(array_agg(DISTINCT kind) FILTER (WHERE document = $3), '{}') AS kept
     FROM control_totals WHERE mine_id = $1 AND import_id = $2`,
    [mine, importId, document],
  );
  const comparisons = compared.filter(({ kind }) => !last!.kept.includes(kind));
  await insertRows(
    tx,
    'control_totals',
    ['mine_id', 'import_id', 'seq', 'kind', 'document', 'row_no', 'label', 'stated', 'found'],
    comparisons.map(({ kind, rowNo, label, stated, found }, i) => [
      ...[mine, importId, last!.seq + i + 1, kind, document, rowNo, label, plain(stated), plain(found)],
    ]),
  );
}

function problemOf({ kind, rowNo, label, column, stated, found }: Comparison, document: LedgerKind): TotalsProblem {
  const code = kind === 'typed' ? 'control_total_mismatch' : 'total_mismatch';
  const params = { label, stated: plain(stated), found: plain(found), difference: plain(stated - found) };
  return { rowNo: rowNo ?? 0, column, code, params, document };
}
