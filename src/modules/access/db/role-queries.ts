import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Role } from '../app/rights.js';

/** Whether a person or a program was granted a role, over whichever departments. Roles held for others do not count. */
export async function isGranted(tx: Tx, mine: string, principal: string, role: Role): Promise<boolean> {
  const found = await tx.rows('SELECT FROM grants WHERE mine_id = $1 AND principal = $2 AND role = $3 LIMIT 1', [
    ...[mine, principal, role],
  ]);
  return found.length > 0;
}
