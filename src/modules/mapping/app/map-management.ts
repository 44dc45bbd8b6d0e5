import type { Tx } from '../../../platform/database/unit-of-work.js';
import { stagingColumns, typedRows } from '../../rules/check-sql.js';
import { WHOLE_DIGITS, type Kind } from '../../rules/columns.js';
import { defaultCategory } from './map-combination.js';
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

/** Which indicators are baselines, targets or volumes is the mine's to say; all are kept as comparatives (reconciliation). */
export const MANAGEMENT_PROFILE: Profile = {
  ...PROFILE_DEFAULTS,
  name: 'management',
  title: '生产经营情况月报 / monthly management table',
  formats: ['management'],
  source: 'management',
};

const MAX_LISTED = 1_000;
const PRICES = ['budget_price', 'last_year_price'];
const PAIRS = ['budget_', '', 'last_year_', 'last_month_', 'to_date_', 'last_year_to_date_'];
const TOTALS = PAIRS.map((pair) => `${pair}total`);

/** 万元, 万吨: counted out, exactly. */
const SCALE = `CASE WHEN t.unit LIKE '万%' THEN 10000 ELSE 1 END`;
const HAS_RULE = `t.becomes IN ('price_baseline', 'amount_baseline', 'target', 'volume')`;
const IS_MONEY = `t.unit ~ '^元($|[^/])'`;

/**
 * Indicators that the profile has rules for become baselines, targets and volumes of their month. The budget goes before
 * last year's figure where both are given, since two baselines of one thing cannot stand side by side (BAS-2). A rule
 * takes the table's budget as the month's: a table that gives the year's has no rule for it.
 */
export async function mapManagement(tx: Tx, books: Books, { table }: Books['documents'][number]): Promise<Mapping> {
  const rows = tableRows(books.importId, 'management');
  await tx.rows(
    `CREATE UNLOGGED TABLE ${rows.rows} AS
     SELECT t.row_no, t.period, t.department, t.department_name, t.code, t.name, regexp_replace(t.unit, '^万', '') AS unit,
       ${PRICES.map((price) => `t.${price}`).join(', ')}, ${TOTALS.map((total) => `t.${total} * ${SCALE} AS ${total}`).join(', ')},
       rule.becomes, rule.item, rule.category, rule.driver
     FROM ${typedRows('management', table)} t ${RULE_JOIN}`,
    [rulesOf(withCategories(books.profile))],
  );
  await findPlaces(tx, books, rows);
  const unknown = await unknownPlaces(tx, rows, HAS_RULE, `CASE WHEN ${IS_MONEY} THEN t.total END`);
  const problems = [
    ...(await tooLarge(tx, rows)),
    ...(await repeatedIndicators(tx, rows, HAS_RULE)),
    ...unknown.map((found) => unknownPlaceProblem(found, 'management', books.profile)),
  ];
  const leftOut = await withoutRule(tx, rows);
  if (problems.length > 0) return { targets: [], problems, unmapped: unknown.map(shownUnmapped), leftOut };
  return { targets: await stageTargets(tx, books, rows), problems: [], unmapped: [], leftOut };
}

const withCategories = (profile: Profile): Profile => ({
  ...profile,
  indicators: profile.indicators.map((rule) => ({
    ...rule,
    category: rule.category ?? defaultCategory(rule.item ?? ''),
  })),
});

async function stageTargets(tx: Tx, books: Books, rows: TableRows): Promise<Mapping['targets']> {
  const targets: Mapping['targets'][number][] = [];
  for (const [kind, insert] of Object.entries(INSERTS) as [Kind, (rows: TableRows) => string][]) {
    const table: ScratchTable = `scratch.import_${books.importId}_${kind}`;
    await tx.rows(`CREATE UNLOGGED TABLE ${table} (${stagingColumns(kind)})`);
    const made = await tx.rows<{ row_no: number }>(
      `INSERT INTO ${table} ${insert(rows)} RETURNING row_no`,
      kind === 'baselines' ? [books.mine] : [],
    );
    if (made.length === 0) continue;
    targets.push({ kind, document: 'management', table, rows: made.length, source: books.profile.source });
  }
  return targets;
}

/** At most 64 characters, and the same for the same indicator, unit and month. */
const BASELINE_CODE = `CASE WHEN length(b.code) <= 64 THEN b.code ELSE left(b.code, 31) || '-' || md5(b.code) END`;
/** A price in 元/吨 is one of a tonne. */
const UNIT_OF_PRICE = `substring(t.unit FROM '^元/(.+)$')`;

const INSERTS: Readonly<Partial<Record<Kind, (rows: TableRows) => string>>> = {
  baselines: (
    rows,
  ) => `(row_no, code, department, category, item, nature, valid_from, valid_to, basis, unit_price, amount,
      unit)
    SELECT b.row_no, ${BASELINE_CODE}, b.department, b.category, b.item, 'explicit', b.valid_from, b.valid_to,
      CASE WHEN b.is_budget THEN 'budget' ELSE 'prior_year' END, b.unit_price::text, b.amount::text, b.unit
    FROM (SELECT t.row_no, '月报-' || t.period || '-' || place.department || '-' || t.code AS code, place.department,
        t.category, t.item, coalesce(p.start_date, (t.period || '-01')::date)::text AS valid_from,
        coalesce(p.end_date, ((t.period || '-01')::date + interval '1 month')::date - 1)::text AS valid_to,
        CASE t.becomes WHEN 'price_baseline' THEN t.budget_price ELSE t.budget_total END IS NOT NULL AS is_budget,
        CASE t.becomes WHEN 'price_baseline' THEN coalesce(t.budget_price, t.last_year_price) END AS unit_price,
        CASE t.becomes WHEN 'amount_baseline' THEN coalesce(t.budget_total, t.last_year_total) END AS amount,
        CASE t.becomes WHEN 'price_baseline' THEN ${UNIT_OF_PRICE} END AS unit
      FROM ${rows.rows} t ${placeJoin(rows)}
      LEFT JOIN periods p ON p.mine_id = $1 AND p.code = t.period
      WHERE t.becomes IN ('price_baseline', 'amount_baseline')) b
    WHERE coalesce(b.unit_price, b.amount) IS NOT NULL`,
  targets: (rows) => `(row_no, period, department, category, measure, amount)
    SELECT min(t.row_no), t.period, place.department, t.category, 'explicit_actual', sum(t.budget_total)::text
    FROM ${rows.rows} t ${placeJoin(rows)} WHERE t.becomes = 'target' AND t.budget_total IS NOT NULL GROUP BY 2, 3, 4`,
  activities: (rows) => `(row_no, period, department, driver, actual, planned)
    SELECT min(t.row_no), t.period, place.department, coalesce(t.driver, t.code), sum(t.total)::text,
      sum(t.budget_total)::text
    FROM ${rows.rows} t ${placeJoin(rows)}
    WHERE t.becomes = 'volume' AND coalesce(t.total, t.budget_total) IS NOT NULL GROUP BY 2, 3, 4`,
};

/** Ten thousands counted out may no longer fit, nor would the comparative. */
async function tooLarge(tx: Tx, { rows }: TableRows): Promise<MappingProblem[]> {
  const checks = TOTALS.map((total) => `('${total}', t.${total})`).join(', ');
  const found = await tx.rows<{ row_no: number; column: string }>(
    `SELECT t.row_no, found.column FROM ${rows} t CROSS JOIN LATERAL (VALUES ${checks}) AS found ("column", value)
     WHERE abs(found.value) >= power(10::numeric, ${WHOLE_DIGITS}) ORDER BY 1, 2 LIMIT ${MAX_LISTED}`,
  );
  return found.map(({ row_no, column }) => ({
    ...{ rowNo: row_no, column, code: 'number_out_of_range', params: {}, document: 'management' as const },
  }));
}

/** Kept as comparatives alone; the amount is that of the month's yuan. */
async function withoutRule(tx: Tx, { rows }: TableRows): Promise<Mapping['leftOut']> {
  const [kept] = await tx.rows<{ lines: string; amount: string }>(
    `SELECT count(*) AS lines, coalesce(sum(t.total) FILTER (WHERE ${IS_MONEY}), 0)::numeric(60, 2) AS amount
     FROM ${rows} t WHERE ${HAS_RULE} IS NOT TRUE`,
  );
  return kept!.lines === '0' ? [] : [{ reason: 'comparative', lines: Number(kept!.lines), amount: kept!.amount }];
}
