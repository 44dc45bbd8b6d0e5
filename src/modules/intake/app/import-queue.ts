import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { connectionOf } from '../../../platform/database/own-connection.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { Readiness } from '../../../platform/health/readiness.js';
import { JobRunner } from '../../../platform/jobs/job-runner.js';
import { freeStrandedJobs } from '../../../platform/jobs/stranded-jobs.js';
import { EVERY_MINE, wholeMine } from '../../mines/index.js';
import { PUBLISH_IMPORT } from './import-events.js';
import { enqueueStrandedImports, IMPORT_TASK, importJobOf } from './import-job.js';
import type { Phase } from './source.js';
import { RunImport } from './run-import.js';

/** How often, in milliseconds, an import's progress is written down while it runs. */
const PROGRESS_INTERVAL_MS = 500;

/** Imports run beside each other; more would only wait for the same two processors and the same period rows. */
const AT_ONCE = 2;

/** How often what a killed process left is looked for: it is taken up within a few of these. */
const RESCUE_MS = 5_000;

/** Runs registered imports as jobs, a few at a time, and shows how far they are. */
@Injectable()
export class ImportQueue implements OnApplicationShutdown {
  private readonly logger = new Logger(ImportQueue.name);
  private readonly uow: UnitOfWork;
  private readonly runner: JobRunner;
  private rescue: NodeJS.Timeout | undefined;
  private rescuing: Promise<void> = Promise.resolve();
  private isStopping = false;

  constructor(
    private readonly runImport: RunImport,
    @InjectDataSource() dataSource: DataSource,
    readiness: Readiness,
  ) {
    this.uow = new UnitOfWork(dataSource);
    this.runner = new JobRunner({
      connection: connectionOf(dataSource),
      tasks: { [IMPORT_TASK]: (payload) => this.runOne(payload) },
      concurrency: AT_ONCE,
      log: this.logger,
    });
    readiness.add('imports', () => Promise.resolve({ isReady: true, facts: { running: this.runner.running } }));
  }

  /** From here on this process runs imports: those an earlier one left queued or interrupted, and new ones. */
  async takeUpUnfinished(): Promise<void> {
    await this.rescueStranded();
    this.runner.start();
    this.rescueLater();
  }

  /** What has begun is finished before the database goes; what waits is for other processes, or the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.isStopping = true;
    clearTimeout(this.rescue);
    await this.rescuing;
    if (this.runner.isStarted) await this.runner.stop();
  }

  private rescueLater(): void {
    if (this.isStopping) return;
    this.rescue = setTimeout(() => {
      this.rescuing = this.rescueStranded()
        .catch((error: unknown) => this.logger.warn(`could not look for stranded imports: ${String(error)}`))
        .then(() => this.rescueLater());
    }, RESCUE_MS);
  }

  private async rescueStranded(): Promise<void> {
    await this.uow.run(EVERY_MINE, async (tx) => {
      await freeStrandedJobs(tx);
      await enqueueStrandedImports(tx);
    });
  }

  /**
   * Done also when the import is another process's affair: should that one die, the import is stranded and asked for
   * anew. What is thrown, as when the database is gone, is tried again.
   */
  private async runOne(payload: unknown): Promise<void> {
    const { mine, importId } = importJobOf(payload);
    await this.runImport.run(mine, importId, this.progressOf(mine, importId));
  }

  private progressOf(mine: string, importId: string): (phase: Phase, rows: number) => void {
    let last = 0;
    let lastPhase: Phase | null = null;
    return (phase, rows) => {
      const now = performance.now();
      if (phase === lastPhase && now - last < PROGRESS_INTERVAL_MS) return;
      [last, lastPhase] = [now, phase];
      const sql = `WITH i AS (UPDATE imports SET phase = $3, rows_read = $4
        WHERE mine_id = $1 AND id = $2 AND status = 'running' RETURNING *) SELECT ${PUBLISH_IMPORT} FROM i`;
      this.uow
        .run(wholeMine(mine), (tx) => tx.rows(sql, [mine, importId, phase, rows]))
        .catch((error: unknown) =>
          this.logger.warn(`progress of import ${importId} was not written: ${String(error)}`),
        );
    };
  }
}
