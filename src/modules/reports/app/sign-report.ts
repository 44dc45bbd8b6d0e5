import { AppError } from '../../../platform/errors/app-error.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';
import type { Caller, Role } from '../../access/index.js';
import { lastFinal, type StoredReport } from '../db/report-queries.js';
import {
  SIGNING_ROLES,
  insertSignature,
  signaturesOf,
  type Signature,
  type SigningRole,
} from '../db/signature-queries.js';
import { requireReport } from './find-report.js';
import { publishReport } from './report-events.js';

/** Who may sign as what: roles held over the whole mine, one's own. 综合办公室 is of the role `committee`. */
const MAY_SIGN: Readonly<Record<SigningRole, readonly Role[]>> = {
  prepare: ['finance', 'committee'],
  review: ['finance', 'reviewer', 'quality'],
  chief: ['finance'],
  committee: ['committee'],
};

export interface Signing {
  readonly role: SigningRole;
  /** Of the report as the signer read it. */
  readonly sha256: string;
}

/**
 * Signs a final report, next in the order 编制 → 审核 → 财务负责人 → 党委. What is signed is the hash of its model; the
 * signature stands beside it and changes no byte of it. Answers all signatures.
 * @throws AppError `unknown_report`, `not_your_signature`, `report_is_draft`, `report_hash_differs`,
 *   `report_superseded`, `report_reopened`, `report_step_signed`, `report_step_early`, `signed_before`
 */
export async function signReport(tx: Tx, by: Caller, id: string, { role, sha256 }: Signing): Promise<Signature[]> {
  const report = await requireReport(tx, by, id);
  if (!maySign(by, role)) throw new AppError('forbidden', 'not_your_signature', { role });
  await requireSignable(tx, by.mine, report, sha256);
  const signatures = await signaturesOf(tx, by.mine, id);
  const step = requireTurn(signatures, role, by.actor);
  const isInserted = await insertSignature(tx, by.mine, report, { step, role, signedBy: by.actor });
  // Somebody signed in the same moment.
  if (!isInserted) throw new AppError('conflict', 'report_step_signed', { role });
  await publishReport(tx, by.mine, id);
  return signaturesOf(tx, by.mine, id);
}

const maySign = ({ roles }: Caller, as: SigningRole): boolean =>
  roles.some(
    ({ role, departments, onBehalfOf }) => departments === null && onBehalfOf === null && MAY_SIGN[as].includes(role),
  );

async function requireSignable(tx: Tx, mine: string, report: StoredReport, sha256: string): Promise<void> {
  const { id, state, periods, modelSha256 } = report;
  if (state === 'draft') throw new AppError('conflict', 'report_is_draft', { id });
  if (sha256 !== modelSha256) throw new AppError('conflict', 'report_hash_differs', { id, sha256: modelSha256 });
  const last = (await lastFinal(tx, mine, periods))!;
  if (last.id !== id) throw new AppError('conflict', 'report_superseded', { id, newer: last.id });
  if (!last.isStanding) throw new AppError('conflict', 'report_reopened', { id });
}

/** The number of the step that is next, which must be that of the role. */
function requireTurn(signatures: readonly Signature[], role: SigningRole, actor: string): number {
  const step = SIGNING_ROLES.indexOf(role) + 1;
  const next = signatures.length + 1;
  if (step < next) throw new AppError('conflict', 'report_step_signed', { role });
  if (step > next) throw new AppError('conflict', 'report_step_early', { role, due: SIGNING_ROLES[next - 1]! });
  if (signatures.some(({ signedBy }) => signedBy === actor)) throw new AppError('conflict', 'signed_before');
  return step;
}
