import pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { ReferenceTables1700000000001 } from '../migrations/1700000000001-reference-tables.js';
import { RecordsAndCells1700000000002 } from '../migrations/1700000000002-records-and-cells.js';
import { ApplicationRole1700000000003 } from '../migrations/1700000000003-application-role.js';
import { Books1700000000004 } from '../migrations/1700000000004-books.js';
import { Access1700000000005 } from '../migrations/1700000000005-access.js';
import { Approval1700000000006 } from '../migrations/1700000000006-approval.js';
import { Closing1700000000007 } from '../migrations/1700000000007-closing.js';
import { RowLevelSecurity1700000000008 } from '../migrations/1700000000008-row-level-security.js';
import { Audit1700000000009 } from '../migrations/1700000000009-audit.js';
import { Idempotency1700000000010 } from '../migrations/1700000000010-idempotency.js';
import { Reports1700000000011 } from '../migrations/1700000000011-reports.js';
import { ApiKey } from './modules/access/db/api-key.entity.js';
import { Delegation } from './modules/access/db/delegation.entity.js';
import { Grant } from './modules/access/db/grant.entity.js';
import { Session } from './modules/access/db/session.entity.js';
import { SignInAttempt } from './modules/access/db/sign-in-attempt.entity.js';
import { User } from './modules/access/db/user.entity.js';
import { ApprovalStep } from './modules/approval/db/approval-step.entity.js';
import { Decision } from './modules/approval/db/decision.entity.js';
import { Evidence } from './modules/approval/db/evidence.entity.js';
import { SubmissionRow } from './modules/approval/db/submission.entity.js';
import { ImportFile } from './modules/intake/db/import-file.entity.js';
import { Import } from './modules/intake/db/import.entity.js';
import { RowFate } from './modules/intake/db/row-fate.entity.js';
import { AuditAnchor } from './modules/audit/db/audit-anchor.entity.js';
import { AuditEntry } from './modules/audit/db/audit-entry.entity.js';
import { AuditHead } from './modules/audit/db/audit-head.entity.js';
import { MappingProfile } from './modules/mapping/db/mapping-profile.entity.js';
import { Method } from './modules/mines/db/method.entity.js';
import { Mine } from './modules/mines/db/mine.entity.js';
import { Closing } from './modules/periods/db/closing.entity.js';
import { Declaration } from './modules/periods/db/declaration.entity.js';
import { Waiver } from './modules/periods/db/waiver.entity.js';
import { AccountBalance } from './modules/reconciliation/db/account-balance.entity.js';
import { Comparative } from './modules/reconciliation/db/comparative.entity.js';
import { ControlTotal } from './modules/reconciliation/db/control-total.entity.js';
import { ImportAccount } from './modules/reconciliation/db/import-account.entity.js';
import { LeftOutLine } from './modules/reconciliation/db/left-out-line.entity.js';
import { LedgerAccount } from './modules/reconciliation/db/ledger-account.entity.js';
import { CostRecord } from './modules/records/db/cost-record.entity.js';
import { Adjustment } from './modules/reference/db/adjustment.entity.js';
import { Baseline } from './modules/reference/db/baseline.entity.js';
import { Department } from './modules/reference/db/department.entity.js';
import { Item } from './modules/reference/db/item.entity.js';
import { Period } from './modules/reference/db/period.entity.js';
import { Project } from './modules/reference/db/project.entity.js';
import { Rate } from './modules/reference/db/rate.entity.js';
import { ReplacedReference } from './modules/reference/db/replaced-reference.entity.js';
import { Target } from './modules/reference/db/target.entity.js';
import { Volume } from './modules/reference/db/volume.entity.js';
import { ControlItemRow } from './modules/reports/db/control-item.entity.js';
import { ReportFile } from './modules/reports/db/report-file.entity.js';
import { ReportSettingsRow } from './modules/reports/db/report-settings.entity.js';
import { ReportSignature } from './modules/reports/db/report-signature.entity.js';
import { ReportTemplateRow } from './modules/reports/db/report-template.entity.js';
import { ReportTexts } from './modules/reports/db/report-texts.entity.js';
import { Report } from './modules/reports/db/report.entity.js';
import { CellIssue } from './modules/synergy/db/cell-issue.entity.js';
import { CellSums } from './modules/synergy/db/cell-sums.entity.js';
import { Cell } from './modules/synergy/db/cell.entity.js';
import { ClosedCell } from './modules/synergy/db/closed-cell.entity.js';
import { connectionSettings } from './platform/database/connect.js';
import { ConstraintNames } from './platform/database/constraint-names.js';
import { migrate } from './platform/database/migrate.js';
import { IdempotencyKey } from './platform/idempotency/idempotency-key.entity.js';

const ENTITIES = [
  ...[User, ApiKey, Grant, Session, SignInAttempt, Delegation],
  ...[ApprovalStep, SubmissionRow, Decision, Evidence],
  ...[Mine, Method, Period, Department, Item, Project, Baseline, Volume, Rate, Adjustment, Target, ReplacedReference],
  ...[Import, ImportFile, RowFate, CostRecord, CellSums, Cell, CellIssue],
  MappingProfile,
  ...[Declaration, Waiver, Closing, ClosedCell],
  ...[AuditEntry, AuditHead, AuditAnchor],
  IdempotencyKey,
  ...[Report, ReportFile, ReportSignature, ReportTexts, ControlItemRow, ReportTemplateRow, ReportSettingsRow],
  ...[LedgerAccount, ImportAccount, LeftOutLine, AccountBalance, ControlTotal, Comparative],
];

/** The oldest first; one that was released is never edited. */
const MIGRATIONS = [
  ReferenceTables1700000000001,
  RecordsAndCells1700000000002,
  ApplicationRole1700000000003,
  Books1700000000004,
  Access1700000000005,
  Approval1700000000006,
  Closing1700000000007,
  RowLevelSecurity1700000000008,
  Audit1700000000009,
  Idempotency1700000000010,
  Reports1700000000011,
];

/** As `schema_migrations` names them. */
export const MIGRATION_NAMES: readonly string[] = MIGRATIONS.map(({ name }) => name);
export const MIGRATIONS_TABLE = 'schema_migrations';

const POOL_SIZE = 16;

/** How TypeORM connects; `poolSize` is the most connections this process keeps open. */
export function dataSourceOptions(url: string, poolSize = POOL_SIZE) {
  return {
    type: 'postgres',
    driver: pg,
    extra: connectionSettings(url),
    poolSize,
    entities: ENTITIES,
    migrations: MIGRATIONS,
    migrationsTableName: MIGRATIONS_TABLE,
    namingStrategy: new ConstraintNames(),
    synchronize: false,
    installExtensions: false,
    logging: false,
  } satisfies DataSourceOptions;
}

/**
 * Brings the database up to date and answers the URL that requests are served with: `appUrl` if given, else that of the
 * application role. Safe in any number of processes at once. `upTo`: no more than so many migrations.
 * @throws StartError for everything the operator can mend
 */
export async function migrateDatabase(ownerUrl: string, appUrl?: string, upTo = MIGRATIONS.length): Promise<string> {
  return migrate(ownerUrl, appUrl, { ...dataSourceOptions(ownerUrl, 2), migrations: MIGRATIONS.slice(0, upTo) });
}
