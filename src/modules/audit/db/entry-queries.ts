import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Entry } from '../app/canonical-form.js';
import { ORIGIN_HASH } from '../app/canonical-form.js';
import type { Anchor, Head } from '../app/chain-check.js';

/** A chain is read in a transaction of the service, or by whoever restores one. */
export type Reading = Pick<Tx, 'rows'>;

/** Of `audit_entries e`, as texts; `at` as the hashed form has it. */
const ENTRY = `e.form, e.mine_id AS mine, e.seq::text AS seq,
  to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, e.actor, e.address, e.request, e.action,
  e.subject, e.key, e.before, e.after, e.previous, e.hash`;

/** First of all in a transaction: the chain is read as it stands at one moment, whatever is written meanwhile. */
export const ONE_STATE = 'SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY';

const BATCH = 5_000;

/** The whole chain of a mine in its order, a batch at a time; in a transaction that sees one state of it. */
export async function* readChain(tx: Reading, mine: string): AsyncGenerator<Entry> {
  let after = '0';
  for (;;) {
    const rows = await tx.rows<Entry>(
      `SELECT ${ENTRY} FROM audit_entries e WHERE e.mine_id = $1 AND e.seq > $2 ORDER BY e.seq LIMIT ${BATCH}`,
      [mine, after],
    );
    yield* rows;
    if (rows.length < BATCH) return;
    after = rows.at(-1)!.seq;
  }
}

/** Of a mine where nothing was written yet, the origin. */
export async function loadHead(tx: Reading, mine: string): Promise<Head> {
  const [head] = await tx.rows<Head>('SELECT entries::text AS entries, hash FROM audit_heads WHERE mine_id = $1', [
    mine,
  ]);
  return head ?? { entries: '0', hash: ORIGIN_HASH };
}

/** The oldest first. */
export async function loadAnchors(tx: Reading, mine: string): Promise<Anchor[]> {
  return tx.rows<Anchor>(
    `SELECT occasion, entries::text AS entries, hash FROM audit_anchors WHERE mine_id = $1
     ORDER BY audit_anchors.entries, occasion`,
    [mine],
  );
}

export interface EntryFilter {
  readonly actor?: string;
  readonly action?: string;
  readonly subject?: string;
  readonly key?: string;
  readonly request?: string;
  /** Days in China, both included. */
  readonly from?: string;
  readonly to?: string;
}

const CONDITIONS: Readonly<Record<keyof EntryFilter, (n: number) => string>> = {
  actor: (n) => `e.actor = $${n}`,
  action: (n) => `e.action = $${n}`,
  subject: (n) => `e.subject = $${n}`,
  // A key of one column may be given as its value.
  key: (n) => `(e.key = $${n} OR (SELECT count(*) = 1 AND min(v.value) = $${n} FROM jsonb_each_text(e.key::jsonb) v))`,
  request: (n) => `e.request = $${n}`,
  from: (n) => `e.at >= $${n}::date AT TIME ZONE 'Asia/Shanghai'`,
  to: (n) => `e.at < ($${n}::date + 1) AT TIME ZONE 'Asia/Shanghai'`,
};

/** The newest first, before a place in the chain. */
export async function listEntries(
  tx: Tx,
  mine: string,
  filter: EntryFilter,
  before: string | null,
  limit: number,
): Promise<Entry[]> {
  const asked = (Object.keys(CONDITIONS) as (keyof EntryFilter)[]).filter((name) => filter[name] !== undefined);
  const conditions = asked.map((name, i) => CONDITIONS[name](i + 4));
  return tx.rows<Entry>(
    `SELECT ${ENTRY} FROM audit_entries e
     WHERE ${['e.mine_id = $1', '($2::bigint IS NULL OR e.seq < $2)', ...conditions].join(' AND ')}
     ORDER BY e.seq DESC LIMIT $3`,
    [mine, before, limit, ...asked.map((name) => filter[name])],
  );
}
