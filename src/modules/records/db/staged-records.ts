import { netOfTax } from '../../reference/index.js';

/** The columns of `records` that a staged row fills by itself, with what fills them (over typed rows, alias t). */
const OWN_COLUMNS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['id', 'date', 'department', 'category', 'item', 'nature', 'quantity', 'unit', 'project', 'counterparty'],
      ...['voucher', 'summary', 'tax_basis', 'tax_rate', 'corrects_period'],
    ].map((column) => [column, `t.${column}`]),
  ),
  unit_price: netOfTax('t.unit_price', 6),
  amount: netOfTax('t.amount', 2),
  is_internal: `coalesce(t.internal = 'yes', false)`,
};

export const RECORD_COLUMNS = ['row_no', ...Object.keys(OWN_COLUMNS)];

/** Typed rows as records: figures net of tax (CMB-1). */
export const RECORD_VALUES = Object.entries(OWN_COLUMNS)
  .map(([column, sql]) => `${sql} AS ${column}`)
  .join(', ');

/** The table of judged records made from a staging table. */
export const judgedTable = (staging: `scratch.${string}`): `scratch.${string}` => `${staging}_judged`;

/** The table of the sums per cell that valuing them made. */
export const sumsTable = (staging: `scratch.${string}`): `scratch.${string}` => `${staging}_sums`;
