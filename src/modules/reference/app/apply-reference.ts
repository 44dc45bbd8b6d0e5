import type { Tx } from '../../../platform/database/unit-of-work.js';
import { applyStatements, type ReferenceKind } from '../db/reference-tables.js';

/** A reference row as its table holds it; dates as ISO texts, numbers as PostgreSQL writes them in JSON are not read here. */
export type ReferenceRow = Readonly<Record<string, string | null>>;

export interface ReferenceChange {
  readonly kind: ReferenceKind;
  readonly rowNo: number;
  readonly fate: 'added' | 'changed' | 'unchanged';
  readonly before: ReferenceRow | null;
  readonly after: ReferenceRow;
}

/**
 * Brings checked rows of one kind into its table: equal is unchanged, different is a new version whose predecessor is
 * kept, nothing is deleted. Answers what became of each row.
 */
export async function applyReference(
  tx: Tx,
  mine: string,
  importId: string,
  kind: ReferenceKind,
  staging: string,
): Promise<ReferenceChange[]> {
  const statements = applyStatements(kind, staging);
  const compared = await tx.rows<Omit<ReferenceChange, 'kind' | 'rowNo'> & { row_no: number }>(statements.compare, [
    mine,
  ]);
  const changes = compared.map(({ row_no, fate, before, after }) => ({ kind, rowNo: row_no, fate, before, after }));
  if (changes.some(({ fate }) => fate === 'changed')) await tx.rows(statements.keepHistory, [mine, importId]);
  if (changes.some(({ fate }) => fate !== 'unchanged')) await tx.rows(statements.upsert, [mine, importId]);
  return changes;
}
