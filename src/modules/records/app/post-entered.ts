import { invariant } from '../../../../analytics/kernel/invariant.js';
import type { Finding } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import { lockMine } from '../../reference/index.js';
import { literal, ofMine, sumFew, valuationProblems, valuedRecords } from '../../synergy/index.js';
import { conditionSql } from '../../rules/check-sql.js';
import { ROW_RULES } from '../../rules/row-rules.js';
import { RECORD_COLUMNS } from '../db/staged-records.js';
import { datedOf, lateRecords, putIntoSums, type Incoming, type Posting } from './into-sums.js';

/** What became of records that were entered one by one and are to count from now on. */
export interface PostedEntries {
  /** Null where none of them could be posted. */
  readonly posting: Posting | null;
  /** What is wrong with those that could not, by id. */
  readonly refused: ReadonlyMap<string, readonly Finding[]>;
}

/**
 * Posts unposted records, a few hundred at most, after valuing them again: the world may have changed since they were
 * entered. Those that do not agree with it any more are answered and stay as they are. Runs with the sight of the whole
 * mine; what they make stale is the caller's to recompute.
 */
export async function postEntered(tx: Tx, mine: string, ids: readonly string[]): Promise<PostedEntries> {
  await lockMine(tx, mine, 'shared');
  const refused = new Map<string, Finding[]>();
  const refuse = (problems: readonly EntryProblem[]) => {
    for (const { id, ...rest } of problems) refused.set(id, [...(refused.get(id) ?? []), { row: 1, ...rest }]);
  };
  const left = () => ids.filter((id) => !refused.has(id));

  refuse(await misfits(tx, mine, ids));
  let incoming = await incomingOf(tx, mine, left());
  if (incoming !== null && incoming.wrong > 0) {
    refuse(await disagreements(tx, incoming));
    incoming = await incomingOf(tx, mine, left());
  }
  if (incoming !== null) {
    const late = await lateRecords(tx, incoming, ids.length);
    refuse(late.map(({ id, period }) => ({ id, column: 'date', code: 'period_closed', params: { period } })));
    if (late.length > 0) incoming = await incomingOf(tx, mine, left());
  }
  if (incoming === null) return { posting: null, refused };
  const posted = await markPosted(tx, incoming);
  invariant(posted === left().length, 'a record to be posted was posted or withdrawn by another');
  return { posting: await putIntoSums(tx, incoming), refused };
}

type EntryProblem = { readonly id: string } & Omit<Finding, 'row'>;

interface IncomingEntries extends Incoming {
  readonly wrong: number;
}

/** Null where there are none. */
async function incomingOf(tx: Tx, mine: string, ids: readonly string[]): Promise<IncomingEntries | null> {
  if (ids.length === 0) return null;
  const judged = entered(mine, ids);
  const dated = datedOf(mine, judged);
  return { mine, judged, dated, ...(await sumFew(tx, mine, dated)) };
}

/** The records that stand under some ids, as they were judged when they were entered. */
const entered = (mine: string, ids: readonly string[]) =>
  `(SELECT ${RECORD_COLUMNS.join(', ')} FROM records WHERE mine_id = ${literal(mine)} AND source = 'direct'
    AND reversed_by = 0 AND id IN (${ids.map(literal).join(', ')}))`;

/** The one rule of a row that hangs on another table: items may have turned since. */
const FITS_ITEM = ROW_RULES.records.find(({ code }) => code === 'nature_mismatch')!;

async function misfits(tx: Tx, mine: string, ids: readonly string[]): Promise<EntryProblem[]> {
  const rows = await tx.rows<{ id: string }>(
    `SELECT t.id FROM ${entered(mine, ids)} t JOIN items known_item ON known_item.mine_id = $1 AND known_item.code = t.item
     WHERE ${conditionSql(FITS_ITEM.wrongWhen)}`,
    [mine],
  );
  return rows.map(({ id }) => ({ id, column: FITS_ITEM.column, code: FITS_ITEM.code, params: {} }));
}

async function disagreements(tx: Tx, { mine, dated }: Incoming): Promise<EntryProblem[]> {
  const listing = ofMine(valuationProblems(valuedRecords('dated_records'), 'v.id'), mine);
  const rows = await tx.rows<{ id: string; column_name: string; code: string }>(
    `${listing.replaceAll('dated_records', () => dated)} ORDER BY v.id, found.place`,
  );
  return rows.map(({ id, column_name, code }) => ({ id, column: column_name, code, params: {} }));
}

/** With the periods as they are now. Answers how many. */
async function markPosted(tx: Tx, { mine, dated }: Incoming): Promise<number> {
  const posted = await tx.rows(
    `UPDATE records r SET status = 'posted', posted_at = now(), posted_period = d.posted_period,
       valued_period = d.valued_period, valued_on = d.valued_on
     FROM ${dated} d WHERE r.mine_id = $1 AND r.source = 'direct' AND r.id = d.id AND r.reversed_by = 0
       AND r.status IN ('draft', 'submitted', 'reviewed') RETURNING 1`,
    [mine],
  );
  return posted.length;
}
