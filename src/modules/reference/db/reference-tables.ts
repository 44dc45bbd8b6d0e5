import { COLUMNS, KEYS, type Kind } from '../../rules/columns.js';
import { conditionSql, typedRows } from '../../rules/check-sql.js';
import { BASELINE_SHAPES } from '../../rules/row-rules.js';

/** Kinds that are reference data: keyed rows with versions, everything but cost records. */
export type ReferenceKind = Exclude<Kind, 'records'>;

/** In the order in which they are applied: a kind names only rows of kinds before it. */
export const REFERENCE_KINDS = [
  ...['departments', 'periods', 'items', 'projects', 'rates', 'baselines', 'activities', 'adjustments', 'targets'],
] as readonly ReferenceKind[];

export const TABLE_OF: Readonly<Record<ReferenceKind, string>> = {
  departments: 'departments',
  periods: 'periods',
  items: 'items',
  projects: 'projects',
  rates: 'rates',
  baselines: 'baselines',
  activities: 'volumes',
  adjustments: 'adjustments',
  targets: 'targets',
};

/** Columns whose table calls them otherwise: `end` is a word of SQL. */
const RENAMED: Readonly<Record<string, string>> = { 'periods.start': 'start_date', 'periods.end': 'end_date' };

export const tableColumn = (kind: ReferenceKind, name: string) => RENAMED[`${kind}.${name}`] ?? name;

/**
 * CMB-1: a figure with tax divided by 1 + rate and rounded half away from zero, in whole numbers so that no digit is lost.
 */
export function netOfTax(figure: string, places: 2 | 6): string {
  const double = `2 * (1 + t.tax_rate)`;
  const units = `div(abs(${figure}) * ${2 * 10 ** places} + (1 + t.tax_rate), ${double})`;
  return `CASE WHEN t.tax_basis = 'incl' THEN sign(${figure}) * ${units} * ${places === 2 ? '0.01' : '0.000001'}
    ELSE ${figure} END`;
}

const NET: Readonly<Record<string, 2 | 6>> = {
  'baselines.unit_price': 6,
  'baselines.amount': 2,
  'baselines.fixed_amount': 2,
};

function incomingColumns(kind: ReferenceKind): { column: string; sql: string }[] {
  const columns = COLUMNS[kind].map(({ name }) => {
    const places = NET[`${kind}.${name}`];
    const sql = places ? netOfTax(`t."${name}"`, places) : `t."${name}"`;
    const isRateStart = kind === 'rates' && name === 'valid_from';
    return { column: tableColumn(kind, name), sql: isRateStart ? `coalesce(${sql}, '-infinity')` : sql };
  });
  if (kind !== 'baselines') return columns;
  const shapes = Object.entries(BASELINE_SHAPES).map(([shape, is]) => `WHEN ${conditionSql(is)} THEN '${shape}'`);
  return [...columns, { column: 'kind', sql: `CASE ${shapes.join(' ')} END` }];
}

/** The statements that bring one staging table into its reference table; each takes the mine as $1. */
export function applyStatements(kind: ReferenceKind, staging: string) {
  const table = TABLE_OF[kind];
  const incoming = incomingColumns(kind);
  const columns = incoming.map(({ column }) => `"${column}"`);
  const keys = KEYS[kind].map((name) => `"${tableColumn(kind, name)}"`);
  const payload = columns.filter((column) => !keys.includes(column));
  const rows = `(SELECT t.row_no, ${incoming.map(({ column, sql }) => `${sql} AS "${column}"`).join(', ')}
    FROM ${typedRows(kind, staging)} t)`;
  const onKey = keys.map((key) => `r.${key} = i.${key}`).join(' AND ');
  const differs = `(${payload.map((c) => `r.${c}`).join(', ')}) IS DISTINCT FROM (${payload.map((c) => `i.${c}`).join(', ')})`;
  const join = `${rows} i LEFT JOIN ${table} r ON r.mine_id = $1 AND ${onKey}`;
  const keyText = keys.map((key) => `i.${key}::text`).join(` || '/' || `);
  return {
    /** row_no, what becomes of the row, and the row before and after as JSON. */
    compare: `SELECT i.row_no, CASE WHEN r.mine_id IS NULL THEN 'added' WHEN ${differs} THEN 'changed' ELSE 'unchanged' END
      AS fate, to_jsonb(r) AS before, to_jsonb(i) AS after FROM ${join} ORDER BY i.row_no`,
    /** $2 is the import. */
    keepHistory: `INSERT INTO reference_history (mine_id, kind, key, version, content, replaced_by_import)
      SELECT $1, '${kind}', ${keyText}, r.version, to_jsonb(r), $2 FROM ${join} WHERE r.mine_id IS NOT NULL AND ${differs}`,
    /** $2 is the import, which each new version names. */
    upsert: `INSERT INTO ${table} AS r (mine_id, import_id, ${columns.join(', ')})
      SELECT $1, $2, ${columns.map((c) => `i.${c}`).join(', ')} FROM ${rows} i ORDER BY i.row_no
      ON CONFLICT (mine_id, ${keys.join(', ')}) DO UPDATE SET
      ${[...payload.map((c) => `${c} = excluded.${c}`), 'version = r.version + 1', 'import_id = excluded.import_id'].join(', ')}
      WHERE ${differs.replaceAll('i.', 'excluded.')}`,
  };
}
