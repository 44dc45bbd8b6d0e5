import { Global, Module, type DynamicModule } from '@nestjs/common';
import { getDataSourceToken } from '@nestjs/typeorm';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { DataSource } from 'typeorm';
import { checkDisk } from './disk.js';
import { HealthController } from './health.controller.js';
import { HttpMetrics } from './http-metrics.js';
import { Readiness, type CheckResult } from './readiness.js';

/** Gives modules `Readiness` (to add a check) and prom-client's `Registry` (to add metrics). */
@Global()
@Module({ controllers: [HealthController], providers: [HttpMetrics], exports: [HttpMetrics] })
export class HealthModule {
  /** @param filesDir the folder whose disk must have room */
  static with(filesDir: string): DynamicModule {
    return {
      module: HealthModule,
      providers: [
        { provide: Registry, useFactory: newRegistry },
        {
          provide: Readiness,
          useFactory: (database: DataSource) => newReadiness(database, filesDir),
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

function newReadiness(database: DataSource, filesDir: string): Readiness {
  const readiness = new Readiness();
  readiness.add('database', () => checkDatabase(database));
  readiness.add('disk', () => checkDisk(filesDir));
  return readiness;
}

async function checkDatabase(database: DataSource): Promise<CheckResult> {
  await database.query('SELECT 1');
  return { isReady: true };
}
