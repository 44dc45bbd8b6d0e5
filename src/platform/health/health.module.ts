import { Global, Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { quickQuery } from '../database/quick-query.js';
import { checkDisk } from './disk.js';
import { queueLag } from '../jobs/queue-lag.js';
import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { Readiness, type CheckResult } from './readiness.js';

/** Gives modules `Readiness` (to add a check) and prom-client's `Registry` (to add metrics). */
@Global()
@Module({ controllers: [HealthController], providers: [HttpMetrics], exports: [HttpMetrics] })
export class HealthModule {
  /**
   * @param filesDir the folder whose disk must have room
   * @param queueLagSeconds how long a job may wait
   */
  static with(filesDir: string, queueLagSeconds: number): DynamicModule {
    return {
      module: HealthModule,
      providers: [
        { provide: Registry, useFactory: newRegistry },
        {
          provide: Readiness,
          useFactory: (database: DataSource) => newReadiness(database, filesDir, queueLagSeconds),
          inject: [getDataSourceToken()],
        },
      ],
      exports: [Registry, Readiness],
    };
  }
}

function newRegistry(): Registry {
  const register = new Registry();
  collectDefaultMetrics({ register });
  return register;
}

function newReadiness(database: DataSource, filesDir: string, queueLagSeconds: number): Readiness {
  const readiness = new Readiness();
  readiness.add('database', () => checkDatabase(database));
  readiness.add('disk', () => checkDisk(filesDir));
  readiness.add('queue', () => checkQueue(database, queueLagSeconds));
  return readiness;
}

async function checkDatabase(database: DataSource): Promise<CheckResult> {
  await quickQuery(database, { text: 'SELECT 1' });
  return { isReady: true };
}

async function checkQueue(database: DataSource, maxSeconds: number): Promise<CheckResult> {
  const lag = await queueLag(database);
  return { isReady: lag.oldestSeconds <= maxSeconds, facts: { ...lag } };
}
