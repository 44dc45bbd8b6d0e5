import type pg from 'pg';
import type { PoolClient } from 'pg';
import { AppError } from '../errors/app-error.js';
import { originNow } from '../origin/origin.js';

/** Waiting for a lock ends a little before waiting as such: “others are at it” says more than “it took too long”. */
const LOCK_PATIENCE_MS = 25_000;
/** PostgreSQL stops by itself first, which leaves the connection whole. */
const CUT_AFTER_MS = 1_000;
/** A transaction whose program has gone quiet is ended last: the program itself should have. */
const QUIET_MS = 5_000;

/** Milliseconds that whoever asked still waits; null where nobody does: jobs, commands. */
function timeLeft(): number | null {
  const endsAt = originNow()?.endsAt;
  return endsAt === undefined ? null : Math.ceil(endsAt - performance.now());
}

/**
 * The end that a request sets to its transactions. PostgreSQL is told, so that it stops working; and as a network that
 * swallows everything would keep its answer from us as well, the connection is cut by a clock of our own.
 */
export class Deadline {
  private isOver = false;
  private readonly timer: NodeJS.Timeout | undefined;

  private constructor(
    client: PoolClient,
    private readonly leftMs: number | null,
  ) {
    if (leftMs === null) return;
    this.timer = setTimeout(() => {
      this.isOver = true;
      abandon(client);
    }, leftMs + CUT_AFTER_MS);
  }

  /** @throws AppError `took_too_long` where nothing is left of the request's time */
  static of(client: PoolClient): Deadline {
    const leftMs = timeLeft();
    if (leftMs !== null && leftMs <= 0) throw tookTooLong();
    return new Deadline(client, leftMs);
  }

  /** Settings that hold for one transaction. */
  get settings(): Readonly<Record<string, string>> {
    if (this.leftMs === null) return {};
    return {
      statement_timeout: String(this.leftMs),
      lock_timeout: String(Math.min(this.leftMs, LOCK_PATIENCE_MS)),
      idle_in_transaction_session_timeout: String(this.leftMs + QUIET_MS),
    };
  }

  /** What a failure means: of a connection that was cut here, that the time was over. */
  meaningOf(error: unknown): unknown {
    return this.isOver ? tookTooLong() : error;
  }

  clear(): void {
    clearTimeout(this.timer);
  }
}

/** The pool drops connections that end; one that hangs must not carry its transaction back into it. */
export function abandon(client: PoolClient): void {
  (client as unknown as pg.Client).end().catch(() => undefined);
}

const tookTooLong = () => new AppError('unavailable', 'took_too_long');
