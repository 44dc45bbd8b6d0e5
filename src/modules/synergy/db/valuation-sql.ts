/**
 * How SQL values records in bulk: which period, project approval, baseline and rate apply to each (COR-1, PRJ-1, BAS-2,
 * IMP-1), and the sums that the formulas in analytics/ need. `analytics/synergy/match.ts` says the same for records in
 * memory; a parity test holds both together. Every fragment takes the mine as $1.
 */

/** A relation of records with date and corrects_period, with the periods they are posted to and valued in. */
export function datedRecords(records: string): string {
  return `(SELECT r.*, posted.code AS posted_period, coalesce(r.corrects_period, posted.code) AS valued_period,
      CASE WHEN r.corrects_period IS NULL THEN r.date ELSE corrected.end_date END AS valued_on
    FROM ${records} r
    LEFT JOIN (SELECT p.code, d::date AS day FROM periods p
      CROSS JOIN LATERAL generate_series(p.start_date::timestamp, p.end_date, '1 day') d WHERE p.mine_id = $1) posted
      ON posted.day = r.date
    LEFT JOIN periods corrected ON corrected.mine_id = $1 AND corrected.code = r.corrects_period)`;
}

const isValid = (range: string, day: string) =>
  `(${range}.valid_from IS NULL OR ${range}.valid_from <= ${day}) AND (${range}.valid_to IS NULL OR ${day} <= ${range}.valid_to)`;

const baselineJoin = (alias: string, project: string, department: string) =>
  `LEFT JOIN baselines ${alias} ON ${alias}.mine_id = $1 AND ${alias}.category = r.category AND ${alias}.item = r.item
    AND ${alias}.nature = r.nature AND ${alias}.project ${project} AND ${alias}.department ${department}
    AND ${isValid(alias, 'r.valued_on')}`;

/** BAS-2: with its project before without, then with its department before without. */
const BY_SPECIFICITY = ['of_both', 'of_project', 'of_department', 'of_none'];
const firstOf = (column: string) =>
  `CASE ${BY_SPECIFICITY.map((b) => `WHEN ${b}.code IS NOT NULL THEN ${b}.${column}`).join(' ')} END`;

/** Dated records with is_approved, baseline, baseline_unit, rate_unit, has_rate. */
export function valuedRecords(dated: string): string {
  return `(SELECT r.*, project.code IS NOT NULL AS is_approved, ${firstOf('code')} AS baseline,
      ${firstOf('unit')} AS baseline_unit, rate.unit AS rate_unit, rate.item IS NOT NULL AS has_rate
    FROM ${dated} r
    LEFT JOIN projects project ON project.mine_id = $1 AND project.code = r.project
      AND project.approved_on <= r.valued_on AND (project.closed_on IS NULL OR r.valued_on <= project.closed_on)
    ${baselineJoin('of_both', '= project.code', '= r.department')}
    ${baselineJoin('of_project', '= project.code', 'IS NULL')}
    ${baselineJoin('of_department', 'IS NULL', '= r.department')}
    ${baselineJoin('of_none', 'IS NULL', 'IS NULL')}
    LEFT JOIN rates rate ON rate.mine_id = $1 AND rate.item = r.item AND r.nature <> 'explicit'
      AND r.quantity IS NOT NULL AND ${isValid('rate', 'r.valued_on')})`;
}

/** What can be wrong with a record only in the light of the tables around it, column and condition. */
export const VALUATION_PROBLEMS = [
  { column: 'date', code: 'unknown_period', wrongWhen: 'v.posted_period IS NULL' },
  {
    column: 'corrects_period',
    code: 'unknown_period',
    wrongWhen: 'v.corrects_period IS NOT NULL AND v.valued_on IS NULL',
  },
  {
    column: 'quantity',
    code: 'rate_missing',
    wrongWhen: `v.nature <> 'explicit' AND v.quantity IS NOT NULL AND v.valued_on IS NOT NULL AND NOT v.has_rate`,
  },
  {
    column: 'unit',
    code: 'unit_mismatch',
    wrongWhen: `coalesce(v.unit <> v.baseline_unit, false) OR coalesce(v.unit <> v.rate_unit, false)
      OR coalesce(v.baseline_unit <> v.rate_unit, false)`,
  },
] as const;

export const CELL_KEY = [
  ...['period', 'department', 'category', 'item', 'nature', 'baseline', 'project', 'reported_in'],
] as const;

const IS_WRONG = VALUATION_PROBLEMS.map(({ wrongWhen }) => `(${wrongWhen})`).join(' OR ');

/** The sums per cell of valued records, and in `wrong` how many of them have one of VALUATION_PROBLEMS. */
export function cellSumsOf(valued: string): string {
  return `SELECT v.valued_period AS period, v.department, v.category, v.item, v.nature,
      coalesce(v.baseline, '') AS baseline, coalesce(v.project, '') AS project, v.posted_period AS reported_in,
      count(v.quantity) AS quantified, count(*) - count(v.quantity) AS unquantified,
      coalesce(sum(v.quantity), 0) AS quantity,
      coalesce(sum(v.amount) FILTER (WHERE v.quantity IS NOT NULL), 0) AS amount_of_quantified,
      coalesce(sum(v.amount) FILTER (WHERE v.quantity IS NULL), 0) AS amount_of_unquantified,
      coalesce(sum(v.amount) FILTER (WHERE v.is_internal AND v.nature = 'explicit'), 0) AS internal,
      coalesce(sum(v.amount) FILTER (WHERE v.is_internal AND v.nature = 'explicit' AND v.is_approved), 0) AS turnover,
      count(*) FILTER (WHERE ${IS_WRONG}) AS wrong
    FROM ${valued} v GROUP BY 1, 2, 3, 4, 5, 6, 7, 8`;
}

export const SUM_COLUMNS = [
  ...['quantified', 'unquantified', 'quantity', 'amount_of_quantified', 'amount_of_unquantified'],
  ...['internal', 'turnover'],
] as const;

/** Every valued record with a problem: row_no, column_name, code and what stands there, in the order of rows. */
export function valuationProblems(valued: string, columns: string): string {
  const list = VALUATION_PROBLEMS.map(
    ({ column, code, wrongWhen }, i) => `(${i}, '${column}', '${code}', ${wrongWhen})`,
  );
  return `SELECT ${columns}, found.column_name, found.code, v.baseline
    FROM ${valued} v
    CROSS JOIN LATERAL (VALUES ${list.join(', ')}) AS found (place, column_name, code, is_wrong)
    WHERE (${IS_WRONG}) AND found.is_wrong`;
}
