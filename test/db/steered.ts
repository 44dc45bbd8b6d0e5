/** Units of work that can be held up or spoilt at a given place, to make two writers meet there. */
import type { DataSource } from 'typeorm';
import { UnitOfWork, type Sight, type Tx } from '../../src/platform/database/unit-of-work.js';

/** Does everything, says so, and commits only when it is told to. */
export class Paused extends UnitOfWork {
  readonly isDone: Promise<void>;
  private sayDone: () => void = () => undefined;
  private readonly goOn: Promise<void>;
  commit: () => void = () => undefined;

  constructor(dataSource: DataSource) {
    super(dataSource);
    this.isDone = new Promise((resolve) => (this.sayDone = resolve));
    this.goOn = new Promise((resolve) => (this.commit = resolve));
  }

  override run<Result>(sight: Sight, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return super.run(sight, async (tx) => {
      const result = await work(tx);
      this.sayDone();
      await this.goOn;
      return result;
    });
  }
}

/** Lets something happen just before the work takes its lock on the mine. */
export class Overtaken extends UnitOfWork {
  constructor(
    dataSource: DataSource,
    private readonly happens: () => Promise<unknown>,
  ) {
    super(dataSource);
  }

  override run<Result>(sight: Sight, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return super.run(sight, (tx) =>
      work({
        ...tx,
        rows: async (sql, parameters) => {
          if (sql.includes('pg_advisory_xact_lock_shared')) await this.happens();
          return tx.rows(sql, parameters);
        },
      }),
    );
  }
}

/** Lets something happen between marking an import as running and taking it in. */
export class Interrupted extends UnitOfWork {
  private runs = 0;

  constructor(
    dataSource: DataSource,
    private readonly happens: () => Promise<unknown>,
  ) {
    super(dataSource);
  }

  override async run<Result>(sight: Sight, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    this.runs += 1;
    if (this.runs === 2) await this.happens();
    return super.run(sight, work);
  }
}

/** Every lock on period rows is left out: writers of one group compute it from what each of them happens to see. */
export class WithoutPeriodLocks extends UnitOfWork {
  override run<Result>(sight: Sight, work: (tx: Tx) => Promise<Result>): Promise<Result> {
    return super.run(sight, (tx) =>
      work({
        ...tx,
        rows: (sql, parameters) =>
          sql.includes('FOR NO KEY UPDATE')
            ? Promise.resolve([])
            : tx.rows(sql.replace('FOR KEY SHARE OF p', ''), parameters),
      }),
    );
  }
}
