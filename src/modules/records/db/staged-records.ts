import { typedRows } from '../../rules/check-sql.js';
import { netOfTax } from '../../reference/index.js';

/** The columns of `records` that a staged row fills by itself. */
const OWN_COLUMNS = [
  ...['date', 'department', 'category', 'item', 'nature', 'quantity', 'unit', 'project', 'counterparty', 'voucher'],
  ...['summary', 'tax_basis', 'tax_rate', 'corrects_period'],
];

/** Checked rows of a staging table as records: figures net of tax (CMB-1). */
export function stagedRecords(staging: string): string {
  return `(SELECT t.row_no, t.id, ${OWN_COLUMNS.map((column) => `t.${column}`).join(', ')},
      ${netOfTax('t.unit_price', 6)} AS unit_price, ${netOfTax('t.amount', 2)} AS amount,
      coalesce(t.internal = 'yes', false) AS is_internal
    FROM ${typedRows('records', staging)} t)`;
}

export const RECORD_COLUMNS = ['id', 'row_no', ...OWN_COLUMNS, 'unit_price', 'amount', 'is_internal'];
