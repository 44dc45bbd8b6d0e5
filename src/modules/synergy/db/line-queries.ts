/**
 * The lines behind figures (GRN-2), a page at a time and each kind by its own key: what a record, baseline or adjustment
 * line is made of. Its measures are made in app/list-lines.ts by the formulas of analytics/.
 */
import type { Adjustment, CostRecord } from '../../../../analytics/synergy/types.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { Parameters, conditions, type CellFilter, type Places } from './cell-queries-filter.js';
import { GROUP_KEY, type GroupKey } from './group-inputs.js';
import { valuedRecords } from './valuation-sql.js';

export interface LineQuestion {
  readonly periods: readonly string[];
  readonly filter: CellFilter;
}

/** A posted record as it is valued now (COR-1): its group, and whether its project was approved (TUR-1). */
export interface RecordLineRow
  extends GroupKey, Pick<CostRecord, 'id' | 'date' | 'isInternal' | 'voucher'>, Record<'project' | 'source', string> {
  readonly quantity: string | null;
  readonly amount: string | null;
  readonly importId: string;
  readonly rowNo: number;
  readonly counterparty: string | null;
  readonly summary: string | null;
  readonly isApproved: boolean;
}

const RECORD_PLACES: Places = {
  department: 'r.department',
  period: 'r.valued_period',
  category: 'r.category',
  item: 'r.item',
  nature: 'r.nature',
  project: `coalesce(r.project, '')`,
};

/** Records after a key (source, id). The limit stands inside, so that only the records of the page are matched. */
export async function pageOfRecords(
  tx: Tx,
  mine: string,
  { periods, filter }: LineQuestion,
  [source, id]: readonly [source: string, id: string],
  limit: number,
): Promise<RecordLineRow[]> {
  const parameters = new Parameters(mine);
  const page = `(SELECT * FROM records r WHERE r.mine_id = $1 AND r.status = 'posted'
      AND (r.source, r.id) > (${parameters.add(source)}, ${parameters.add(id)})
      ${conditions(periods, filter, RECORD_PLACES, parameters)}
    ORDER BY r.source, r.id LIMIT ${parameters.add(limit, 'bigint')})`;
  return tx.rows<RecordLineRow>(
    `SELECT v.source, v.id, v.import_id AS "importId", v.row_no AS "rowNo", v.date, v.department,
       v.valued_period AS period, v.category, v.item, v.nature, coalesce(v.project, '') AS project,
       coalesce(v.baseline, '') AS baseline, v.quantity, v.amount, v.is_internal AS "isInternal", v.voucher,
       v.counterparty, v.summary, v.is_approved AS "isApproved"
     FROM ${valuedRecords(page)} v ORDER BY v.source, v.id`,
    parameters.values,
  );
}

export interface BaselineLineRow extends GroupKey {
  readonly project: string;
}

const CELL_PLACES: Places = {
  department: 'c.department',
  period: 'c.period',
  category: 'c.category',
  item: 'c.item',
  nature: 'c.nature',
  project: 'c.project',
};

/**
 * Baseline lines after a group key: one per period of every matched or unreported baseline that is more than a price. A
 * group has a cell on its baseline's own project exactly when it has such a line.
 */
export async function pageOfBaselines(
  tx: Tx,
  mine: string,
  { periods, filter }: LineQuestion,
  after: readonly string[],
  limit: number,
): Promise<BaselineLineRow[]> {
  const parameters = new Parameters(mine);
  const key = GROUP_KEY.map((column) => `c.${column}`).join(', ');
  return tx.rows<BaselineLineRow>(
    `SELECT DISTINCT ${key}, c.project FROM cells c
     JOIN baselines b ON b.mine_id = c.mine_id AND b.code = c.baseline AND b.kind <> 'price'
       AND coalesce(b.project, '') = c.project
     WHERE c.mine_id = $1 AND (${key}) > (${after.map((part) => parameters.add(part)).join(', ')})
       ${conditions(periods, filter, CELL_PLACES, parameters)}
     ORDER BY ${key} LIMIT ${parameters.add(limit, 'bigint')}`,
    parameters.values,
  );
}

export interface AdjustmentLineRow
  extends
    Pick<Adjustment, 'id' | 'period' | 'department' | 'category' | 'kind' | 'recognition' | 'status' | 'voucher'>,
    Record<'project' | 'amount', string> {}

/** Adjustments have neither item nor nature. */
const ADJUSTMENT_PLACES: Places = {
  department: 'a.department',
  period: 'a.period',
  category: 'a.category',
  item: `''`,
  nature: `''`,
  project: `coalesce(a.project, '')`,
};

/** Adjustments after an id, counting or not: a row of zeros is a line too. */
export async function pageOfAdjustments(
  tx: Tx,
  mine: string,
  { periods, filter }: LineQuestion,
  after: string,
  limit: number,
): Promise<AdjustmentLineRow[]> {
  const parameters = new Parameters(mine);
  return tx.rows<AdjustmentLineRow>(
    `SELECT a.id, a.period, a.department, a.category, coalesce(a.project, '') AS project, a.kind, a.amount,
       a.recognition, a.status, a.voucher
     FROM adjustments a WHERE a.mine_id = $1 AND a.id > ${parameters.add(after)}
       ${conditions(periods, filter, ADJUSTMENT_PLACES, parameters)}
     ORDER BY a.id LIMIT ${parameters.add(limit, 'bigint')}`,
    parameters.values,
  );
}
