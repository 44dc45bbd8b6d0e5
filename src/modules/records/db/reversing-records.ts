import type { Tx } from '../../../platform/database/unit-of-work.js';
import { datedRecords } from '../../synergy/index.js';
import { RECORD_COLUMNS } from './staged-records.js';

/** What a reversing record does not have from the record that it takes back; $4 id, $5 date, $6 summary. */
const OWN: Readonly<Record<string, string>> = {
  row_no: '1',
  id: '$4::text',
  date: 'coalesce($5::date, o.date)',
  quantity: '-o.quantity',
  amount: '-o.amount',
  // COR-1: dated elsewhere, it corrects the period that the record counts in.
  corrects_period: 'CASE WHEN $5::date IS NULL THEN o.corrects_period ELSE o.valued_period END',
  summary: '$6::text',
};

const OPPOSITE = `(SELECT ${RECORD_COLUMNS.map((column) => `${OWN[column] ?? `o.${column}`} AS ${column}`).join(', ')},
    o.id AS reverses
  FROM records o WHERE o.mine_id = $1 AND o.source = 'direct' AND o.id = $3 AND o.reversed_by = 0 AND o.status = 'posted')`;

const COLUMNS = [...RECORD_COLUMNS, 'reverses', 'posted_period', 'valued_period', 'valued_on'].join(', ');

export interface NewReversal {
  /** The record that it takes back. */
  readonly of: string;
  readonly id: string;
  /** YYYY-MM-DD; null: as the record. */
  readonly date: string | null;
  readonly summary: string;
}

/** Inserts a record of opposite figures as a draft; false where the id, or the right to take it back, is taken. */
export async function insertReversal(tx: Tx, mine: string, importId: string, wish: NewReversal): Promise<boolean> {
  const made = await tx.rows(
    `INSERT INTO records (mine_id, source, import_id, status, ${COLUMNS})
     SELECT $1, 'direct', $2, 'draft', ${COLUMNS} FROM ${datedRecords(OPPOSITE)} r
     ON CONFLICT DO NOTHING RETURNING 1`,
    [mine, importId, wish.of, wish.id, wish.date, wish.summary],
  );
  return made.length > 0;
}

/** The period of a day; null where there is none. */
export async function periodOf(
  tx: Tx,
  mine: string,
  day: string,
): Promise<{ readonly code: string; readonly status: 'open' | 'closing' | 'closed' } | null> {
  const [period] = await tx.rows<{ code: string; status: 'open' | 'closing' | 'closed' }>(
    'SELECT code, status FROM periods WHERE mine_id = $1 AND $2::date BETWEEN start_date AND end_date',
    [mine, day],
  );
  return period ?? null;
}

/**
 * The records that take some records back, or are to, by the ids of these. To be asked after they are locked: whoever was
 * quicker has committed by then.
 */
export async function reversalsOf(tx: Tx, mine: string, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await tx.rows<{ id: string; of: string }>(
    `SELECT id, reverses AS of FROM records WHERE mine_id = $1 AND source = 'direct' AND reverses = ANY ($2)
       AND status IN ('draft', 'submitted', 'reviewed', 'posted')`,
    [mine, ids],
  );
  return new Map(rows.map(({ id, of }) => [of, id]));
}

/** Which of some ids no new record can have. */
export async function takenEntryIds(tx: Tx, mine: string, ids: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT id FROM records WHERE mine_id = $1 AND source = 'direct' AND id = ANY ($2) AND reversed_by = 0`,
    [mine, ids],
  );
  return new Set(rows.map(({ id }) => id));
}
