import type { Tx } from '../../../platform/database/unit-of-work.js';
import { stagingColumns, typedRows } from '../../rules/check-sql.js';
import type { Books, Mapping, MappingProblem, ScratchTable } from './mapping.js';
import { PROFILE_DEFAULTS } from './profile-defaults.js';
import type { Profile } from './profile.js';
import {
  RULE_JOIN,
  findPlaces,
  placeJoin,
  repeatedIndicators,
  rulesOf,
  shownUnmapped,
  tableRows,
  unknownPlaceProblem,
  unknownPlaces,
  type TableRows,
} from './table-rows.js';

/** Without a rule a coal is a driver of its own; income is no cost. */
export const COAL_PROFILE: Profile = {
  ...PROFILE_DEFAULTS,
  name: 'coal_settlement',
  title: '各煤种结算汇总表 / settled coal by kind',
  formats: ['coal_settlement'],
  source: 'coal_settlement',
};

const MAX_LISTED = 1_000;
const PERIODS = ['', '_to_date'];
const FIGURES = ['quantity', 'unit_price', 'income', 'tax', 'price_incl', 'total'].flatMap((figure) =>
  PERIODS.map((suffix) => figure + suffix),
);

/** Rows that say how much of a coal was settled, unless a rule keeps them out. */
const IS_VOLUME = `t.quantity IS NOT NULL AND coalesce(t.becomes, 'volume') = 'volume'`;

/**
 * The settled tonnage of a coal in a month becomes a volume (BAS-4) of the unit that sold it: of the driver its rule names,
 * several coals of one driver added up, or of `结算量` and the coal's code. Income is left out, since this model is of cost.
 */
export async function mapCoalSettlements(
  tx: Tx,
  books: Books,
  { table }: Books['documents'][number],
): Promise<Mapping> {
  const rows = tableRows(books.importId, 'coal_settlements');
  await tx.rows(
    `CREATE UNLOGGED TABLE ${rows.rows} AS
     SELECT t.row_no, t.period, t.department, t.department_name, t.code, t.name,
       ${FIGURES.map((figure) => `t.${figure}`).join(', ')}, rule.becomes, rule.driver
     FROM ${typedRows('coal_settlements', table)} t ${RULE_JOIN}`,
    [rulesOf(books.profile)],
  );
  await findPlaces(tx, books, rows);
  const unknown = await unknownPlaces(tx, rows, IS_VOLUME, 't.income');
  const problems = [
    ...(await untrueFigures(tx, rows)),
    ...(await repeatedIndicators(tx, rows, IS_VOLUME)),
    ...unknown.map((found) => unknownPlaceProblem(found, 'coal_settlements', books.profile)),
  ];
  const leftOut = await soldIncome(tx, rows);
  if (problems.length > 0) return { targets: [], problems, unmapped: unknown.map(shownUnmapped), leftOut };
  const volumes: ScratchTable = `scratch.import_${books.importId}_activities`;
  const made = await stageVolumes(tx, rows, volumes);
  const target = { kind: 'activities', document: 'coal_settlements', table: volumes } as const;
  const targets = made === 0 ? [] : [{ ...target, rows: made, source: books.profile.source }];
  return { targets, problems: [], unmapped: [], leftOut };
}

async function stageVolumes(tx: Tx, rows: TableRows, volumes: ScratchTable): Promise<number> {
  await tx.rows(`CREATE UNLOGGED TABLE ${volumes} (${stagingColumns('activities')})`);
  const made = await tx.rows<{ row_no: number }>(
    `INSERT INTO ${volumes} (row_no, period, department, driver, actual)
     SELECT min(t.row_no), t.period, place.department, coalesce(t.driver, '结算量' || t.code), sum(t.quantity)::text
     FROM ${rows.rows} t ${placeJoin(rows)} WHERE ${IS_VOLUME} GROUP BY 2, 3, 4 RETURNING row_no`,
  );
  return made.length;
}

/**
 * Figures that do not follow from one another. A price is an average, rounded to its decimals but to a fen at least: times
 * the quantity it may differ by as much as that rounding, and by the fen of the amount (RND-4).
 */
async function untrueFigures(tx: Tx, { rows }: TableRows): Promise<MappingProblem[]> {
  const productOf = (quantity: string, price: string, amount: string) => `('${amount}', 'product_mismatch',
    abs(t.${quantity} * t.${price} - t.${amount})
      > 0.01 + abs(t.${quantity}) * 0.5 * power(10::numeric, -greatest(scale(trim_scale(t.${price})), 2)),
    t.${quantity} * t.${price})`;
  const checks = PERIODS.flatMap((suffix) => [
    productOf(`quantity${suffix}`, `unit_price${suffix}`, `income${suffix}`),
    productOf(`quantity${suffix}`, `price_incl${suffix}`, `total${suffix}`),
    `('total${suffix}', 'sum_mismatch', abs(t.income${suffix} + t.tax${suffix} - t.total${suffix}) > 0.01,
      t.income${suffix} + t.tax${suffix})`,
  ]);
  const found = await tx.rows<{ row_no: number; column: string; code: string; should: string }>(
    `SELECT t.row_no, found.column, found.code, round(found.should, 2) AS should FROM ${rows} t
     CROSS JOIN LATERAL (VALUES ${checks.join(', ')}) AS found ("column", code, is_wrong, should)
     WHERE found.is_wrong ORDER BY t.row_no, found.column, found.code LIMIT ${MAX_LISTED}`,
  );
  return found.map(({ row_no, column, code, should }) => ({
    ...{ rowNo: row_no, column, code, params: { sum: should }, document: 'coal_settlements' as const },
  }));
}

async function soldIncome(tx: Tx, { rows }: TableRows): Promise<Mapping['leftOut']> {
  const [sold] = await tx.rows<{ lines: string; amount: string }>(
    `SELECT count(t.income) AS lines, coalesce(sum(t.income), 0)::numeric(60, 2) AS amount FROM ${rows} t`,
  );
  return sold!.lines === '0' ? [] : [{ reason: 'sales_income', lines: Number(sold!.lines), amount: sold!.amount }];
}
