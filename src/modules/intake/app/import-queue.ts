import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { Readiness } from '../../../platform/health/readiness.js';
import type { Phase } from './source.js';
import { RunImport } from './run-import.js';

/** How often, in milliseconds, an import's progress is written down while it runs. */
const PROGRESS_INTERVAL_MS = 500;

/** Imports run beside each other; more would only wait for the same two processors and the same period rows. */
const AT_ONCE = 2;

interface Waiting {
  readonly mine: string;
  readonly importId: string;
  readonly done: (ran: boolean) => void;
}

/** Runs registered imports in this process, a few at a time, and shows how far they are. */
@Injectable()
export class ImportQueue implements OnApplicationShutdown {
  private readonly logger = new Logger(ImportQueue.name);
  private readonly waiting: Waiting[] = [];
  private running = 0;
  private idle: (() => void) | null = null;

  constructor(
    private readonly runImport: RunImport,
    @InjectDataSource() private readonly dataSource: DataSource,
    readiness: Readiness,
  ) {
    readiness.add('imports', () => Promise.resolve({ isReady: true, facts: { unfinished: this.unfinished } }));
  }

  /** Resolves when the import is done (true), or is another process's affair (false). */
  add(mine: string, importId: string): Promise<boolean> {
    return new Promise((done) => {
      this.waiting.push({ mine, importId, done });
      this.next();
    });
  }

  /** Takes up what an earlier run of the service left queued or interrupted. */
  async takeUpUnfinished(): Promise<void> {
    const rows: { mine_id: string; id: string }[] = await this.dataSource.query(
      `SELECT mine_id, id FROM imports WHERE status IN ('queued', 'running') ORDER BY id`,
    );
    for (const { mine_id, id } of rows) void this.add(mine_id, id);
  }

  private get unfinished(): number {
    return this.waiting.length + this.running;
  }

  /** What has begun is finished before the database goes; what waits is taken up at the next start. */
  async onApplicationShutdown(): Promise<void> {
    this.waiting.length = 0;
    if (this.running > 0) await new Promise<void>((resolve) => (this.idle = resolve));
  }

  private next(): void {
    if (this.running >= AT_ONCE) return;
    const job = this.waiting.shift();
    if (!job) return;
    this.running += 1;
    void this.runOne(job).finally(() => {
      this.running -= 1;
      if (this.running === 0) this.idle?.();
      this.next();
    });
  }

  private async runOne({ mine, importId, done }: Waiting): Promise<void> {
    let ran = false;
    try {
      ran = await this.runImport.run(mine, importId, this.progressOf(mine, importId));
    } catch (error) {
      // The database is gone, or going: the import stays unfinished and is taken up at the next start.
      this.logger.error(`import ${importId} of ${mine} was left unfinished: ${String(error)}`);
    }
    done(ran);
  }

  private progressOf(mine: string, importId: string): (phase: Phase, rows: number) => void {
    let last = 0;
    let lastPhase: Phase | null = null;
    return (phase, rows) => {
      const now = performance.now();
      if (phase === lastPhase && now - last < PROGRESS_INTERVAL_MS) return;
      [last, lastPhase] = [now, phase];
      this.dataSource
        .query(`UPDATE imports SET phase = $3, rows_read = $4 WHERE mine_id = $1 AND id = $2 AND status = 'running'`, [
          mine,
          importId,
          phase,
          rows,
        ])
        .catch((error: unknown) =>
          this.logger.warn(`progress of import ${importId} was not written: ${String(error)}`),
        );
    };
  }
}
