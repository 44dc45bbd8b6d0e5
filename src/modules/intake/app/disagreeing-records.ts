import { invariant } from '../../../../analytics/kernel/invariant.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { ReferenceChange, ReferenceKind } from '../../reference/index.js';
import type { Problem } from '../../rules/problem.js';
import { ofMine, postedRecords, valuationProblems, valuedRecords, type Triple } from '../../synergy/index.js';

const MAX_LISTED = 1_000;

/** A posted record that a change would make wrong, as it would be valued after the change. */
interface Disagreeing extends Triple {
  readonly id: string;
  readonly project: string | null;
  /** YYYY-MM-DD. */
  readonly valued_on: string;
  readonly baseline: string | null;
  readonly code: string;
}

/**
 * Posted records that no longer agree with changed tables (a unit that differs, a rate that is gone), as problems of the
 * rows that changed them: a change must not make wrong what was posted.
 */
export async function disagreeingRecords(
  tx: Tx,
  mine: string,
  changes: readonly ReferenceChange[],
  triples: readonly Triple[],
  nameOf: (kind: ReferenceKind) => string,
): Promise<Problem[]> {
  const columns = 'v.id, v.category, v.item, v.nature, v.project, v.valued_on';
  const listing = ofMine(valuationProblems(valuedRecords('posted_records'), columns), mine);
  const records = await tx.rows<Disagreeing>(
    `${listing.replace('posted_records', () => postedRecords(mine, triples))} LIMIT ${MAX_LISTED}`,
  );
  const real = changes.filter(({ fate }) => fate !== 'unchanged');
  return records.map((record) => {
    const cause = causeOf(record, real);
    // Without a change nothing that is posted can become wrong: to go on would be to keep it so.
    invariant(cause !== undefined, `nothing that changed explains ${record.code} of record ${record.id}`);
    const column = { baselines: 'unit', rates: 'rate', projects: 'approved_on' }[cause.kind as 'rates'];
    const params = { record: record.id };
    return { file: nameOf(cause.kind), row: cause.rowNo, column, code: 'conflicts_with_posted_record', params };
  });
}

/** The changed row that the record disagrees with: the one it would be measured by, else one that it was measured by. */
function causeOf(record: Disagreeing, changes: readonly ReferenceChange[]): ReferenceChange | undefined {
  const of = (kind: ReferenceKind) => changes.filter((change) => change.kind === kind);
  const rates = of('rates').filter(({ after }) => after.item === record.item);
  const rate =
    rates.find(({ after }) => isInForce(after, record.valued_on)) ??
    rates.find(({ before }) => before !== null && isInForce(before, record.valued_on));
  if (record.code === 'rate_missing') return rate;
  const isOfTriple = ({ before, after }: ReferenceChange) =>
    [before, after].some(
      (row) => row?.category === record.category && row.item === record.item && row.nature === record.nature,
    );
  return (
    of('baselines').find(({ after }) => after.code === record.baseline) ??
    rate ??
    of('projects').find(({ after }) => after.code === record.project) ??
    of('baselines').find(isOfTriple)
  );
}

/** Open ends are null, or -infinity where the start is part of a key; days compare as texts. */
function isInForce(range: ReferenceChange['after'], day: string): boolean {
  const [from, to] = [range.valid_from ?? null, range.valid_to ?? null];
  return (from === null || from === '-infinity' || from <= day) && (to === null || day <= to);
}
