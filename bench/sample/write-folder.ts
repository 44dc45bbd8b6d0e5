import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { show } from './micro.js';
import { Folder } from './rows.js';

/** The columns of an example folder, in the order of docs/calculation-spec.md. */
const COLUMNS: Readonly<Record<keyof Folder, string>> = {
  departments: 'code name parent',
  items: 'code name nature',
  projects: 'code name category lead approved_on closed_on',
  records:
    'id date department category item nature quantity unit unit_price amount project counterparty internal voucher summary tax_basis tax_rate corrects_period',
  baselines:
    'code department category item nature project valid_from valid_to basis unit_price norm driver quantity amount planned_volume fixed_amount unit tax_basis tax_rate',
  activities: 'period department driver actual planned',
  rates: 'item unit rate valid_from valid_to basis',
  adjustments: 'id period department category project kind amount recognition status voucher',
  targets: 'period department category measure amount',
};

/** Columns whose field is named otherwise here; every other one is the same name in camel case. */
const FIELDS: Readonly<Record<string, string>> = { valid_from: 'from', valid_to: 'to', corrects_period: 'corrects' };

/** Yuan are written with at least two decimals, other numbers without superfluous zeros. */
const IN_YUAN = new Set(['amount', 'fixed_amount', 'unit_price', 'rate']);

const fieldOf = (column: string): string =>
  FIELDS[column] ?? column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

function written(row: ReadonlyMap<string, unknown>, column: string): string {
  if (column === 'tax_basis') return row.get('taxRate') === null ? '' : 'incl';
  const value = row.get(fieldOf(column));
  if (value === null) return '';
  if (typeof value === 'bigint') return show(value, IN_YUAN.has(column) ? 2 : 0);
  if (typeof value === 'boolean') return value ? 'yes' : '';
  if (typeof value !== 'string') throw new Error(`no text for column ${column}`);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function csv(columns: readonly string[], rows: readonly object[]): string {
  const lines = rows.map((row) => {
    const fields = new Map<string, unknown>(Object.entries(row));
    return columns.map((column) => written(fields, column)).join(',');
  });
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

/** UTF-8 without a mark, LF, header row. */
export function writeFolder(directory: string, folder: Folder): void {
  mkdirSync(directory, { recursive: true });
  for (const file of Object.keys(COLUMNS) as (keyof Folder)[]) {
    writeFileSync(join(directory, `${file}.csv`), csv(COLUMNS[file].split(' '), folder[file]));
  }
  const method = { priceReduction: 'within', opportunitySaving: 'within' };
  writeFileSync(join(directory, 'method.json'), `${JSON.stringify(method, null, 2)}\n`);
}
