import { setTimeout as sleep } from 'node:timers/promises';
import type { UnitOfWork, Tx } from '../../src/platform/database/unit-of-work.js';
import type { HttpAppUnderTest } from '../support/http-app.js';

/** Where a transaction is held up: at the first statement of its kind, before it is sent or once it was answered. */
export interface Place {
  readonly when: 'before' | 'after';
  readonly statement: string;
}

export interface Gate {
  /** The backend that came to it. */
  readonly reached: Promise<number>;
  open(): void;
}

interface Shut extends Gate {
  readonly place: Place;
  readonly mine: string;
  readonly arrive: (pid: number) => void;
  readonly opened: Promise<void>;
}

/** Turns one statement into another, to leave a lock out. */
export type Rewriting = (sql: string) => string;

/** Stands between the running service and its database: holds transactions up where a test says so. */
export class Gates {
  private shut: Shut[] = [];
  rewriting: Rewriting | null = null;

  /** Every transaction of the service passes here from now on. */
  constructor(
    private readonly running: HttpAppUnderTest,
    uow: UnitOfWork,
  ) {
    const run = uow.run.bind(uow);
    uow.run = (sight, work) => run(sight, (tx) => work(this.watched(tx, sight.settings['app.mine'] ?? '')));
  }

  /** The next transaction of that mine which comes to the place waits there; later ones pass. */
  shutAt(mine: string, place: Place): Gate {
    let arrive: (pid: number) => void = () => undefined;
    let open: () => void = () => undefined;
    const reached = new Promise<number>((resolve) => (arrive = resolve));
    const opened = new Promise<void>((resolve) => (open = resolve));
    this.shut.push({ place, mine, arrive, reached, open: () => open(), opened });
    return { reached, open: () => open() };
  }

  /** Once somebody waits for a lock that the backend holds, by what the database itself says; or the deed is over. */
  async untilWaitedFor(pid: number, deed: Promise<unknown>): Promise<'waits' | 'over'> {
    let isOver = false;
    void deed.finally(() => (isOver = true)).catch(() => undefined);
    while (!isOver) {
      const waiting = await this.running.query('SELECT FROM pg_stat_activity WHERE $1 = ANY (pg_blocking_pids(pid))', [
        pid,
      ]);
      if (waiting.length > 0) return 'waits';
      await sleep(5);
    }
    return 'over';
  }

  private watched(tx: Tx, mine: string): Tx {
    return {
      ...tx,
      rows: async <Row>(sql: string, parameters: readonly unknown[] = []) => {
        await this.pass(tx, mine, 'before', sql);
        const rows = await tx.rows<Row>(this.rewriting?.(sql) ?? sql, parameters);
        await this.pass(tx, mine, 'after', sql);
        return rows;
      },
    };
  }

  private async pass({ client }: Tx, mine: string, when: Place['when'], sql: string): Promise<void> {
    const at = this.shut.find(
      (gate) => gate.mine === mine && gate.place.when === when && sql.includes(gate.place.statement),
    );
    if (at === undefined) return;
    this.shut = this.shut.filter((gate) => gate !== at);
    at.arrive((client as unknown as { readonly processID: number }).processID);
    await at.opened;
  }
}
