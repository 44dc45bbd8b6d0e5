import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { Logger as JobLogger, Runner, WorkerEvents } from 'graphile-worker';
import { silentPool } from './job-schema.js';
import { withOrigin } from '../origin/origin.js';
import { HOLD_RUNNER } from './stranded-jobs.js';

/** Does one job, of which the payload says no more than its subject; what it throws is tried again, at growing intervals. */
export type Task = (payload: unknown) => Promise<void>;

export interface JobLog {
  log(line: object): void;
  warn(message: string): void;
  debug(message: string): void;
}

export interface JobRunnerOptions {
  /** How to connect, as the application role. */
  readonly connection: pg.ClientConfig;
  readonly tasks: Readonly<Record<string, Task>>;
  /** Jobs at once. */
  readonly concurrency: number;
  readonly log: JobLog;
}

/** How long jobs that were asked for without a notification wait at most. */
const POLL_MS = 2_000;
const RESTART_MS = 1_000;
/** How long the library may take to put its state in order when no job runs any more and the database does not answer. */
const STOP_PATIENCE_MS = 5_000;

/**
 * Runs jobs of graphile-worker until it is stopped, whatever becomes of the database meanwhile: the library ends when it
 * cannot write down what became of a job, and is then started anew.
 */
export class JobRunner {
  private readonly stopping = new AbortController();
  private runner: Runner | null = null;
  private loop: Promise<void> | null = null;
  private active = 0;
  private onIdle: (() => void) | null = null;

  constructor(private readonly options: JobRunnerOptions) {}

  get isStarted(): boolean {
    return this.loop !== null;
  }

  /** How many jobs run in this process. */
  get running(): number {
    return this.active;
  }

  start(): void {
    this.loop ??= this.keepRunning();
  }

  /** Begins no job any more, and waits for those that run. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.stopRunner();
    if (this.active > 0) await new Promise<void>((resolve) => (this.onIdle = resolve));
    await withinPatience(this.loop);
  }

  private stopRunner(): void {
    this.runner?.stop().catch((error: unknown) => this.options.log.debug(`job runner: ${String(error)}`));
    this.runner = null;
  }

  private async keepRunning(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await this.runUntilItEnds().catch((error: unknown) =>
        this.options.log.warn(`job runner ended, and begins anew: ${String(error)}`),
      );
      await sleep(RESTART_MS, undefined, { signal }).catch(() => undefined);
    }
  }

  private async runUntilItEnds(): Promise<void> {
    const { run, Logger } = await import('graphile-worker');
    const { connection, concurrency } = this.options;
    // One more to listen on, one more to write down what became of a job.
    const pool = silentPool(new pg.Pool({ ...connection, max: concurrency + 2 }));
    try {
      const runner = await run({
        ...{ pgPool: pool, schema: 'graphile_worker', concurrency, pollInterval: POLL_MS, noHandleSignals: true },
        ...{ parsedCronItems: [], taskList: this.countedTasks(), events: this.watched(), logger: this.logger(Logger) },
        // Without a delay the library drops the promise of what it writes down, and its failure would end the process.
        preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      });
      this.runner = runner;
      if (this.stopping.signal.aborted) this.stopRunner();
      await runner.promise;
    } finally {
      this.runner = null;
      await withinPatience(pool.end());
    }
  }

  private countedTasks(): Record<string, Task> {
    const counted = (name: string, task: Task) => async (payload: unknown) => {
      this.active += 1;
      const begun = performance.now();
      let outcome = 'failed';
      try {
        await withOrigin({ request: `job ${name}`, address: null }, () => task(payload));
        outcome = 'done';
      } finally {
        const ms = Math.round(performance.now() - begun);
        this.options.log.log({ msg: 'job', job: name, ...(payload as object), outcome, ms });
        this.active -= 1;
        if (this.active === 0) this.onIdle?.();
      }
    };
    return Object.fromEntries(Object.entries(this.options.tasks).map(([name, task]) => [name, counted(name, task)]));
  }

  private watched(): WorkerEvents {
    const events: WorkerEvents = new EventEmitter();
    // The session that listens lives as long as the runner and says so; listening again, it says so again.
    events.on('pool:listen:success', ({ client, workerPool }) => {
      const hold = () =>
        client.query(HOLD_RUNNER, [workerPool.id]).catch((error: unknown) => this.options.log.debug(String(error)));
      // The library asks it to listen first, and a connection answers one question at a time.
      client.once('drain', () => void hold());
    });
    let hasAsked = false;
    const asked = () => (hasAsked = true);
    events.on('worker:getJob:empty', asked).on('job:start', asked);
    // The library keeps a failure of its first question for ever.
    events.on('worker:getJob:error', () => {
      if (!hasAsked) this.stopRunner();
    });
    return events;
  }

  /** What the library tells about its work is of interest to nobody but developers. */
  private logger(Logger: typeof JobLogger): JobLogger {
    const { log } = this.options;
    return new Logger(() => (level, message) => {
      if (/^(error|warning)$/.test(level)) log.warn(message);
      else log.debug(message);
    });
  }
}

async function withinPatience(work: Promise<unknown> | null): Promise<void> {
  await Promise.race([work, sleep(STOP_PATIENCE_MS, undefined, { ref: false })]);
}
