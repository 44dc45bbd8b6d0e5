/** What is read of stored cells: exact sums by any dimensions, issues, and the calendar around them. */
import { exact } from '../../../../analytics/kernel/exact.js';
import type { Period } from '../../../../analytics/kernel/calendar.js';
import { MEASURES, type Measure, type Measures } from '../../../../analytics/synergy/measures.js';
import type { Dimension } from '../../../../analytics/synergy/roll-up.js';
import type { CellIssue, Method } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { mapInSlices } from '../../../platform/limits/in-slices.js';
import { Parameters, conditions, type CellFilter, type Places } from './cell-queries-filter.js';
import { CELL_KEY } from './valuation-sql.js';

/** COR-1: `known` shows a figure in the period it belongs to, `reported` in the period whose reports brought it. */
export const VIEWS = ['known', 'reported'] as const;
export type View = (typeof VIEWS)[number];

/** The dimensions by which rows differ; “as reported” tells the period a correction is for from the one it was reported in. */
export type RowKey = Dimension | 'priorPeriod';

export function rowKeys(by: readonly Dimension[], view: View): readonly RowKey[] {
  return view === 'reported' && by.includes('period') ? [...by, 'priorPeriod'] : by;
}

/** Some cells added up: their key values in the order of `rowKeys`, and exact sums in yuan. */
export interface CellSum {
  readonly key: readonly string[];
  readonly measures: Measures;
  /** Every period in it is among the closed ones that were named. */
  readonly isClosed: boolean;
  /** COV-4: every department and period in it is closed or declared complete. */
  readonly isComplete: boolean;
  /** Versions of the methods that its cells were computed by: the oldest and the newest. */
  readonly methods: readonly [number, number];
}

/** A closing of one period whose figures are asked for; others are shown by their last. */
export interface ClosingAsked {
  readonly period: string;
  readonly version: number;
}

export interface CellQuestion {
  readonly periods: readonly string[];
  readonly filter: CellFilter;
  readonly by: readonly Dimension[];
  readonly view: View;
  readonly closedPeriods: readonly string[];
  readonly closing: ClosingAsked | null;
  /** Only what corrects an earlier period (COR-1), where it is asked for as reported. */
  readonly isOfCorrections?: boolean;
  /** Most groups that are added up; absent: all. */
  readonly maxRows?: number;
}

const PLACES: Places = {
  department: 'c.department',
  period: 'c.period',
  category: 'c.category',
  item: 'c.item',
  nature: 'c.nature',
  project: 'c.project',
};
const REPORTED_PLACES: Places = { ...PLACES, period: 'c.reported_in' };
const PRIOR_PERIOD = `CASE WHEN c.reported_in = c.period THEN '' ELSE c.period END`;

const DECLARED = 'SELECT d.period, d.department FROM declarations d WHERE d.mine_id = $1 AND d.withdrawn_at IS NULL';

/** Most measures of most cells are zero, and a sum that is never begun costs nothing: of many groups it is most of the work. */
const SUMS = MEASURES.map((measure) => `sum(c.m_${measure}) FILTER (WHERE c.m_${measure} <> 0)`).join(', ');

const CELL_COLUMNS = [...CELL_KEY, 'method_version', ...MEASURES.map((measure) => `m_${measure}`)];
const columnsOf = (alias: string) => ['mine_id', ...CELL_COLUMNS].map((column) => `${alias}.${column}`).join(', ');

/**
 * As reported: what the last closing froze, also while the period is reopened; live cells of what was never closed.
 * NOT IN looks a period up in a list made once, as IN does of what is declared: joins would be chosen by what is known of
 * tables that are small and change, and went through one for each cell.
 */
function reportedCells(closing: ClosingAsked | null, parameters: Parameters): string {
  const ofOne =
    closing === null
      ? ''
      : `AND (x.period <> ${parameters.add(closing.period)} OR x.version = ${parameters.add(closing.version, 'integer')})`;
  return `(SELECT ${columnsOf('k')} FROM closed_cells k
      JOIN (SELECT x.period AS closed, max(x.version) AS version FROM closings x
        WHERE x.mine_id = $1 ${ofOne} GROUP BY x.period) shown
        ON k.reported_in = shown.closed AND k.closing_version = shown.version
      WHERE k.mine_id = $1
    UNION ALL SELECT ${columnsOf('l')} FROM cells l
      WHERE l.mine_id = $1 AND l.reported_in NOT IN (SELECT x.period FROM closings x WHERE x.mine_id = $1))`;
}

/**
 * Adds cells up. A row exists for every group that has a cell (GRN-2); rows come in code point order of their keys.
 * @throws AppError `answer_too_large` where there are more than `maxRows`
 */
export async function sumCells(tx: Tx, mine: string, question: CellQuestion): Promise<CellSum[]> {
  const { by, view, filter, periods, closedPeriods, closing, isOfCorrections = false, maxRows } = question;
  const places = view === 'known' ? PLACES : REPORTED_PLACES;
  const parameters = new Parameters(mine);
  const keys = rowKeys(by, view).map((name) => (name === 'priorPeriod' ? PRIOR_PERIOD : places[name]));
  const grouped = keys.map((_, i) => `${i + 1}`).join(', ');
  const isClosed = `${places.period} = ANY (${parameters.add(closedPeriods, 'text[]')})`;
  const cells = view === 'known' ? 'cells' : reportedCells(closing, parameters);
  const rows = await tx.client.query<(string | number | boolean | null)[]>({
    rowMode: 'array',
    text: `SELECT ${keys.map((key) => `${key}, `).join('')}
        bool_and(${isClosed}), bool_and(${isClosed} OR (${places.period}, c.department) IN (${DECLARED})),
        min(c.method_version), max(c.method_version),
        ${SUMS}
      FROM ${cells} c
      WHERE c.mine_id = $1 ${conditions(periods, filter, places, parameters)}
        ${isOfCorrections ? `AND c.period <> ${places.period}` : ''}
      ${grouped === '' ? 'HAVING count(*) > 0' : `GROUP BY ${grouped} ORDER BY ${grouped}`}
      ${maxRows === undefined ? '' : `LIMIT ${parameters.add(maxRows + 1, 'bigint')}`}`,
    values: parameters.values,
  });
  if (maxRows !== undefined && rows.rows.length > maxRows) {
    throw new AppError('refused', 'answer_too_large', { max: String(maxRows) });
  }
  return mapInSlices(rows.rows, (row) => ({
    key: row.slice(0, keys.length) as string[],
    isClosed: row[keys.length] as boolean,
    isComplete: row[keys.length + 1] as boolean,
    methods: [row[keys.length + 2] as number, row[keys.length + 3] as number],
    measures: measuresOf(row.slice(keys.length + 4) as (string | null)[]),
  }));
}

/** null: nothing but zeros were added. */
function measuresOf(texts: readonly (string | null)[]): Measures {
  const all = {} as Record<Measure, bigint>;
  MEASURES.forEach((measure, i) => (all[measure] = exact(texts[i] ?? '0')));
  return all;
}

/**
 * What the groups of some periods raise, “as known now”. An issue has no project of its own: it belongs to every project
 * that its group has a cell of.
 */
export async function loadIssues(
  tx: Tx,
  mine: string,
  periods: readonly string[],
  { project, ...filter }: CellFilter,
): Promise<CellIssue[]> {
  const parameters = new Parameters(mine);
  const ofProject = (code: string) => `AND EXISTS (SELECT FROM cells o WHERE o.mine_id = c.mine_id
    AND o.period = c.period AND o.department = c.department AND o.category = c.category AND o.item = c.item
    AND o.nature = c.nature AND o.baseline = c.baseline AND o.project = ${parameters.add(code)})`;
  return tx.rows<CellIssue>(
    `SELECT c.code, c.department, c.period, c.category, c.item, c.nature, c.baseline FROM cell_issues c
     WHERE c.mine_id = $1 ${conditions(periods, filter, PLACES, parameters)}
       ${project === undefined ? '' : ofProject(project)}
     ORDER BY c.department, c.period, c.category, c.item, c.nature, c.code, c.baseline`,
    parameters.values,
  );
}

export interface StoredPeriod extends Period {
  readonly status: 'open' | 'closing' | 'closed';
}

export interface StoredCalendar {
  /** The mine has a table of its own; else its periods are natural months, those that were ever named. */
  readonly hasTable: boolean;
  /** In order of start. */
  readonly periods: readonly StoredPeriod[];
}

/** What every answer about a mine's figures begins with. */
export interface MineFacts {
  readonly dataVersion: string;
  readonly method: Method;
  readonly methodVersion: number;
  readonly calendar: StoredCalendar;
}

interface FactsRow extends Method, Pick<MineFacts, 'dataVersion' | 'methodVersion'>, Pick<StoredCalendar, 'hasTable'> {
  /** null in the one row of a mine without periods, like the rest of the period. */
  readonly code: string | null;
  readonly start: string;
  readonly end: string;
  readonly status: StoredPeriod['status'];
}

/** One statement: on the way to an answer a round trip costs more than what it asks for. */
export async function loadFacts(tx: Tx, mine: string): Promise<MineFacts> {
  const rows = await tx.rows<FactsRow>(
    `WITH head AS MATERIALIZED (
       SELECT m.has_period_table, n.data_version, t.version, t.price_reduction, t.opportunity_saving
       FROM mines m CROSS JOIN LATERAL mine_now(m.mine_id) n JOIN LATERAL (
         SELECT * FROM methods WHERE mine_id = m.mine_id ORDER BY version DESC LIMIT 1) t ON true
       WHERE m.mine_id = $1)
     SELECT h.has_period_table AS "hasTable", h.data_version AS "dataVersion", h.version AS "methodVersion",
       h.price_reduction AS "priceReduction", h.opportunity_saving AS "opportunitySaving",
       p.code, p.start_date AS start, p.end_date AS end, p.status
     FROM head h LEFT JOIN periods p ON p.mine_id = $1 ORDER BY p.start_date`,
    [mine],
  );
  const { dataVersion, methodVersion, priceReduction, opportunitySaving, hasTable } = rows[0]!;
  const periods = rows.flatMap(({ code, start, end, status }) => (code === null ? [] : [{ code, start, end, status }]));
  return {
    dataVersion,
    method: { priceReduction, opportunitySaving },
    methodVersion,
    calendar: { hasTable, periods },
  };
}

/** The switches of an adopted method. */
export async function loadMethodVersion(tx: Tx, mine: string, version: number): Promise<Method> {
  const [method] = await tx.rows<Method>(
    `SELECT price_reduction AS "priceReduction", opportunity_saving AS "opportunitySaving" FROM methods
     WHERE mine_id = $1 AND version = $2`,
    [mine, version],
  );
  return method!;
}

/** Whether a period was closed at least so many times. */
export async function hasClosing(tx: Tx, mine: string, { period, version }: ClosingAsked): Promise<boolean> {
  const found = await tx.rows('SELECT FROM closings WHERE mine_id = $1 AND period = $2 AND version = $3', [
    ...[mine, period, version],
  ]);
  return found.length > 0;
}
