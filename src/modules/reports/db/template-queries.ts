import type { Tx } from '../../../platform/database/unit-of-work.js';

export interface TemplateInForce {
  /** '' is the built-in one. */
  readonly sha256: string;
  readonly name: string;
  readonly sizeBytes: number;
  readonly setBy: string;
  readonly setAt: Date;
}

/** null: none was ever set. */
export async function templateInForce(tx: Tx, mine: string): Promise<TemplateInForce | null> {
  const [row] = await tx.rows<TemplateInForce>(
    `SELECT sha256, name, size_bytes::int AS "sizeBytes", set_by AS "setBy", set_at AS "setAt"
     FROM report_templates WHERE mine_id = $1 ORDER BY id DESC LIMIT 1`,
    [mine],
  );
  return row ?? null;
}

export async function insertTemplate(
  tx: Tx,
  mine: string,
  { sha256, name, sizeBytes, setBy }: Omit<TemplateInForce, 'setAt'>,
): Promise<void> {
  await tx.rows(
    'INSERT INTO report_templates (mine_id, sha256, name, size_bytes, set_by) VALUES ($1, $2, $3, $4, $5)',
    [mine, sha256, name, sizeBytes, setBy],
  );
}
