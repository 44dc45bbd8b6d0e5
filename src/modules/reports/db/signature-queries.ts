import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { StoredReport } from './report-queries.js';

/** 编制 → 审核 → 财务负责人 → 党委: the roles of the sheet, in the order in which they sign. */
export const SIGNING_ROLES = ['prepare', 'review', 'chief', 'committee'] as const;
export type SigningRole = (typeof SIGNING_ROLES)[number];

export interface Signature {
  /** From 1. */
  readonly step: number;
  readonly role: SigningRole;
  readonly signedBy: string;
  /** As the accounts have them; null: no longer there. */
  readonly displayName: string | null;
  readonly signedAt: Date;
}

/** In order. */
export function signaturesOf(tx: Tx, mine: string, report: string): Promise<Signature[]> {
  return tx.rows<Signature>(
    `SELECT s.step, s.role, s.signed_by AS "signedBy", u.display_name AS "displayName", s.signed_at AS "signedAt"
     FROM report_signatures s LEFT JOIN users u ON u.mine_id = s.mine_id AND u.username = s.signed_by
     WHERE s.mine_id = $1 AND s.report_id = $2 ORDER BY s.step`,
    [mine, report],
  );
}

/** Answers false where somebody else took the step meanwhile, or the signer has signed. */
export async function insertSignature(
  tx: Tx,
  mine: string,
  { id, state, modelSha256 }: StoredReport,
  { step, role, signedBy }: Pick<Signature, 'step' | 'role' | 'signedBy'>,
): Promise<boolean> {
  const inserted = await tx.rows(
    `INSERT INTO report_signatures (mine_id, report_id, step, after_step, role, state, model_sha256, signed_by)
     VALUES ($1, $2, $3::smallint, nullif($3::smallint - 1, 0), $4, $5, $6, $7) ON CONFLICT DO NOTHING RETURNING step`,
    [mine, id, step, role, state, modelSha256, signedBy],
  );
  return inserted.length > 0;
}
