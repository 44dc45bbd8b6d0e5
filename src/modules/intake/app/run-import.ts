import { readFile } from 'node:fs/promises';
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Method } from '../../../../analytics/synergy/types.js';
import { isDatabaseGone } from '../../../platform/database/database-gone.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { isStorageFull } from '../../../platform/errors/storage-full.js';
import { FileStore } from '../../../platform/files/file-store.js';
import type { FormatLimits } from '../../formats/index.js';
import { wholeMine } from '../../mines/index.js';
import type { Kind } from '../../rules/columns.js';
import { readMethod } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { askedOf, filesOf, takenFiles, type ImportFile } from '../db/import-queries.js';
import { ImportApproval } from './import-approval.js';
import { publishEnd } from './import-events.js';
import type { Intake, Phase, Source } from './source.js';
import { takeIn } from './take-in.js';

export type OnProgress = (phase: Phase, rows: number) => void;

/** Token of the FormatLimits that the composition root hands in. */
export const FORMAT_LIMITS = Symbol('FORMAT_LIMITS');

/** Tries before an import that keeps being interrupted is given up. */
const MAX_ATTEMPTS = 3;

/**
 * Takes a registered import in, from its stored bytes: as far as it goes without approval, and again once it is approved. Safe to call again after a crash, and beside another process.
 */
@Injectable()
export class RunImport {
  private readonly logger = new Logger(RunImport.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: FileStore,
    @Inject(FORMAT_LIMITS) private readonly limits: FormatLimits,
    private readonly approval: ImportApproval,
  ) {}

  /**
   * Answers false when another process is at it, or it is done already.
   * @throws what the driver says when the database went away: nothing was written, and it may be tried again
   */
  async run(mine: string, importId: string, onProgress: OnProgress): Promise<boolean> {
    if (!(await this.begin(mine, importId))) return false;
    try {
      if (!(await this.takeIn(mine, importId, onProgress))) return false;
    } catch (error) {
      if (isDatabaseGone(error)) throw error;
      this.logger.error(`import ${importId} of ${mine} failed: ${(error as Error).stack}`);
      await this.refuse(mine, importId, isStorageFull(error) ? 'storage_full' : 'internal_error');
    }
    // By itself: a commit that notifies makes every other one wait for it.
    await this.uow.run(wholeMine(mine), (tx) => publishEnd(tx, mine, importId));
    return true;
  }

  private takeIn(mine: string, importId: string, onProgress: OnProgress): Promise<boolean> {
    return this.uow.run(wholeMine(mine), async (tx) => {
      if (!(await holdImport(tx, importId)) || !(await isRunning(tx, mine, importId))) return false;
      const intake = await this.intakeOf(tx, mine, importId, onProgress);
      await this.approval.settle(tx, intake, await takeIn(tx, intake));
      return true;
    });
  }

  /** Marks an import as running; one that was interrupted too often ends as refused. */
  private async begin(mine: string, importId: string): Promise<boolean> {
    const state = await this.uow.run(wholeMine(mine), async (tx) => {
      if (!(await holdImport(tx, importId))) return null;
      const [row] = await tx.rows<{ attempts: number }>(
        `UPDATE imports SET status = 'running', attempts = attempts + ${IS_ANOTHER_ATTEMPT}::int, started_at = now()
         WHERE mine_id = $1 AND id = $2 AND status IN ('queued', 'running') RETURNING attempts`,
        [mine, importId],
      );
      return row ?? null;
    });
    if (state === null) return false;
    if (state.attempts <= MAX_ATTEMPTS) return true;
    await this.refuse(mine, importId, 'interrupted');
    return false;
  }

  private async refuse(mine: string, importId: string, reason: string): Promise<void> {
    await this.uow.run(wholeMine(mine), async (tx) => {
      const refused = await tx.rows(
        `UPDATE imports SET status = 'refused', reason = $3, finished_at = now(), rows_accepted = 0, control_rows = 0,
           control_amount = 0 WHERE mine_id = $1 AND id = $2 AND status IN ('queued', 'running') RETURNING 1`,
        [mine, importId, reason],
      );
      if (refused.length > 0) await this.approval.giveUp(tx, mine, importId, reason);
    });
  }

  private async intakeOf(tx: Tx, mine: string, importId: string, onProgress: OnProgress): Promise<Intake> {
    const files = await filesOf(tx, mine, importId);
    const isTaken = await takenFiles(tx, mine, importId);
    const method = await this.methodOf(files);
    const { values, ...asked } = await askedOf(tx, mine, importId);
    const sources = files.flatMap(({ name, kind, sha256 }): Source[] => {
      if (kind === 'method' || isTaken.has(name)) return [];
      if (values !== null) return [{ kind: kind as Kind, name, sha256, values }];
      return [{ kind: kind === 'auto' ? null : kind, name, sha256, path: this.store.pathOf(sha256) }];
    });
    const gate = await this.approval.gateOf(tx, mine, importId);
    return { mine, importId, gate, sources: inOrder(sources), ...method, ...asked, limits: this.limits, onProgress };
  }

  private async methodOf(files: readonly ImportFile[]): Promise<{ method: Method | null; problems: Problem[] }> {
    const file = files.find(({ kind }) => kind === 'method');
    if (!file) return { method: null, problems: [] };
    const { value, isGiven, problems } = readMethod(await readFile(this.store.pathOf(file.sha256)));
    return { method: isGiven ? value : null, problems };
  }
}

/** Marked a moment ago, it is on the way to its lock with another process, and was not interrupted. */
const IS_ANOTHER_ATTEMPT = `(status = 'queued' OR coalesce(started_at < now() - interval '1 second', true))`;

/** Records last: what they name may come in the same folder. */
function inOrder(sources: readonly Source[]): Source[] {
  const place = ({ kind }: Source) => (kind === 'records' ? 1 : 0);
  return [...sources].sort((a, b) => place(a) - place(b));
}

/** Whoever holds an import's lock is alive and at it; the lock goes with the transaction or the connection. */
async function holdImport(tx: Tx, importId: string): Promise<boolean> {
  const [lock] = await tx.rows<{ held: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 8)) AS held', [
    `import ${importId}`,
  ]);
  return lock!.held;
}

/** Between marking it and taking its lock again, another process may have finished it. */
async function isRunning(tx: Tx, mine: string, importId: string): Promise<boolean> {
  const found = await tx.rows(`SELECT FROM imports WHERE mine_id = $1 AND id = $2 AND status = 'running'`, [
    mine,
    importId,
  ]);
  return found.length > 0;
}
