import { readFile } from 'node:fs/promises';
import { Injectable, Logger } from '@nestjs/common';
import type { Method } from '../../../../analytics/synergy/types.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { FileStore } from '../../../platform/files/file-store.js';
import type { Kind } from '../../rules/columns.js';
import { readMethod } from '../../rules/method.js';
import type { Problem } from '../../rules/problem.js';
import { filesOf, takenFiles, type ImportFile } from '../db/import-queries.js';
import { finishImport } from './finish-import.js';
import type { Intake, Phase, Source } from './source.js';
import { takeIn } from './take-in.js';

export type OnProgress = (phase: Phase, rows: number) => void;

/** Tries before an import that keeps being interrupted is given up. */
const MAX_ATTEMPTS = 3;

/** Takes a registered import in, from its stored bytes; safe to call again after a crash, and beside another process. */
@Injectable()
export class RunImport {
  private readonly logger = new Logger(RunImport.name);

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: FileStore,
  ) {}

  /** Answers false when another process is at it, or it is done already. */
  async run(mine: string, importId: string, onProgress: OnProgress): Promise<boolean> {
    if (!(await this.begin(mine, importId))) return false;
    try {
      return await this.uow.run(async (tx) => {
        if (!(await holdImport(tx, importId))) return false;
        const taken = await takeIn(tx, await this.intakeOf(tx, mine, importId, onProgress));
        await finishImport(tx, mine, importId, taken);
        return true;
      });
    } catch (error) {
      this.logger.error(`import ${importId} of ${mine} failed: ${(error as Error).stack}`);
      await this.refuse(mine, importId, 'internal_error');
      return true;
    }
  }

  /** Marks an import as running; one that was interrupted too often ends as refused. */
  private async begin(mine: string, importId: string): Promise<boolean> {
    const state = await this.uow.run(async (tx) => {
      if (!(await holdImport(tx, importId))) return null;
      const [row] = await tx.rows<{ attempts: number }>(
        `UPDATE imports SET status = 'running', attempts = attempts + 1, started_at = now()
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
    await this.uow.run((tx) =>
      tx.rows(
        `UPDATE imports SET status = 'refused', reason = $3, finished_at = now()
         WHERE mine_id = $1 AND id = $2 AND status IN ('queued', 'running')`,
        [mine, importId, reason],
      ),
    );
  }

  private async intakeOf(tx: Tx, mine: string, importId: string, onProgress: OnProgress): Promise<Intake> {
    const files = await filesOf(tx, mine, importId);
    const isTaken = await takenFiles(tx, mine, importId);
    const method = await this.methodOf(files);
    const sources = files.flatMap(({ name, kind, sha256 }): Source[] =>
      kind === 'method' || isTaken.has(name) ? [] : [{ kind, name, sha256, path: this.store.pathOf(sha256) }],
    );
    return { mine, importId, sources: inOrder(sources), ...method, onProgress };
  }

  private async methodOf(files: readonly ImportFile[]): Promise<{ method: Method | null; problems: Problem[] }> {
    const file = files.find(({ kind }) => kind === 'method');
    if (!file) return { method: null, problems: [] };
    const { value, isGiven, problems } = readMethod(await readFile(this.store.pathOf(file.sha256)));
    return { method: isGiven ? value : null, problems };
  }
}

/** Two sources of one kind would share a staging table; a folder has one file a kind. */
function inOrder(sources: readonly Source[]): Source[] {
  const place = (kind: Kind) => (kind === 'records' ? 1 : 0);
  return [...sources].sort((a, b) => place(a.kind) - place(b.kind));
}

/** Whoever holds an import's lock is alive and at it; the lock goes with the transaction or the connection. */
async function holdImport(tx: Tx, importId: string): Promise<boolean> {
  const [lock] = await tx.rows<{ held: boolean }>('SELECT pg_try_advisory_xact_lock(hashtextextended($1, 8)) AS held', [
    `import ${importId}`,
  ]);
  return lock!.held;
}
