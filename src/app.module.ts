import { Module, type DynamicModule } from '@nestjs/common';
import { dataSourceOptions } from './data-source.js';
import { AccessModule, type CallerRequest } from './modules/access/index.js';
import { AuditModule } from './modules/audit/index.js';
import { ApprovalModule } from './modules/approval/index.js';
import { IntakeModule } from './modules/intake/index.js';
import { MappingModule } from './modules/mapping/index.js';
import { MinesModule } from './modules/mines/index.js';
import { PeriodsModule } from './modules/periods/index.js';
import { ReconciliationModule } from './modules/reconciliation/index.js';
import { RecordsModule } from './modules/records/index.js';
import { ReferenceModule } from './modules/reference/index.js';
import { ReportsModule } from './modules/reports/index.js';
import { SynergyModule } from './modules/synergy/index.js';
import { CODES, kindOfFile, sentenceOf } from './modules/rules/messages.js';
import { ClockModule } from './platform/clock/clock.js';
import type { Config } from './platform/config/config.js';
import { DatabaseModule } from './platform/database/database.module.js';
import { FilesModule } from './platform/files/files.module.js';
import { HealthModule } from './platform/health/health.module.js';
import { HttpModule } from './platform/http/http.module.js';
import type { FindingSentence } from './platform/http/sentences.js';
import type { OwnerOf } from './platform/idempotency/idempotency.interceptor.js';
import { IdempotencyModule } from './platform/idempotency/idempotency.module.js';
import { LimitsModule } from './platform/limits/limits.module.js';
import type { Log } from './platform/logging/log.js';
import { LoggingModule } from './platform/logging/logging.module.js';

/** What the service is made of. */
export interface Parts {
  readonly config: Config;
  /** URL of the role that serves requests. */
  readonly databaseUrl: string;
  /** Signs access tokens. */
  readonly tokenKey: Uint8Array;
  readonly log: Log;
}

const RULED = new Set(CODES);

const sayFinding: FindingSentence = ({ file, ...finding }, language) =>
  RULED.has(finding.code)
    ? sentenceOf({ ...finding, kind: file === undefined ? undefined : kindOfFile(file) }, language)
    : null;

const keyOwnerOf: OwnerOf = (request) => {
  const { caller } = request as CallerRequest;
  return caller === undefined ? null : { mine: caller.mine, actor: caller.actor, sight: caller.reach };
};

@Module({
  imports: [
    MinesModule,
    ApprovalModule,
    ReferenceModule,
    RecordsModule,
    SynergyModule,
    MappingModule,
    ReconciliationModule,
    PeriodsModule,
    ReportsModule,
  ],
})
export class AppModule {
  static with({ config, databaseUrl, tokenKey, log }: Parts): DynamicModule {
    return {
      module: AppModule,
      imports: [
        ClockModule,
        LoggingModule.with(log),
        HttpModule.with(sayFinding),
        LimitsModule.with(config.loadLimits),
        DatabaseModule.with(() => dataSourceOptions(databaseUrl)),
        AccessModule.with(tokenKey, config.oidc ?? null),
        FilesModule.with(config.filesDir),
        AuditModule.with(config.dataDir),
        IntakeModule.with(config.fileLimits, { ...config.inbox, maxBytes: config.maxUploadBytes }),
        HealthModule.with(config.filesDir, config.loadLimits.queueLagSeconds),
        IdempotencyModule.with(keyOwnerOf),
      ],
    };
  }
}
