import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { KINDS } from '../../rules/columns.js';
import { wholeMine, type Reach } from '../../mines/index.js';
import { findImport, listFindings, type FindingRow, type ImportRow } from '../db/import-answers.js';
import { NO_WISHES, type Wishes } from '../db/import-queries.js';
import { ImportApproval } from './import-approval.js';
import { stateOf, type ShownApproval } from './import-state.js';
import { RegisterImport, type Registered } from './register-import.js';
import { RunImport, type OnProgress } from './run-import.js';
import type { Phase } from './source.js';

export interface FolderImport {
  readonly import: ImportRow;
  /** Where it stands on its path; null where it needs nobody's approval. */
  readonly approval: ShownApproval | null;
  /** False when the same content had been taken in before. */
  readonly isNew: boolean;
  readonly findings: readonly FindingRow[];
}

const MAX_FINDINGS = 10_000;
/** How often, in milliseconds, an import that another process runs is looked at. */
const LOOK_AGAIN_MS = 300;

/** Takes in what lies on this machine, a folder, a zip of one or a single file of any format, and waits for the end. */
@Injectable()
export class ImportFolder {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: RegisterImport,
    private readonly runImport: RunImport,
    private readonly approval: ImportApproval,
  ) {}

  /**
   * On behalf of whoever the reach is of. Ends when the import was posted or refused, or waits for approval.
   * @throws AppError `folder_not_found`, and what `RegisterImport` says
   */
  async take(reach: Reach, path: string, onProgress: OnProgress, wishes: Wishes = NO_WISHES): Promise<FolderImport> {
    const { mine } = reach;
    const { importId, isNew } = await this.registerPath(reach, path, wishes);
    const ran = await this.runImport.run(mine, importId, onProgress);
    const row = await this.finished(mine, importId, onProgress);
    return this.uow.run(wholeMine(mine), async (tx) => {
      const findings = row.status === 'refused' ? await listFindings(tx, mine, importId, '0', MAX_FINDINGS) : [];
      const { approval } = stateOf(row, (await this.approval.of(tx, mine, [importId])).get(importId));
      return { import: row, approval, isNew: isNew || ran, findings };
    });
  }

  /** A service that runs beside this command may have taken the job up first. */
  private async finished(mine: string, importId: string, onProgress: OnProgress): Promise<ImportRow> {
    const reach = wholeMine(mine);
    for (;;) {
      const row = (await this.uow.run(reach, (tx) => findImport(tx, reach, importId)))!;
      if (row.status !== 'queued' && row.status !== 'running') return row;
      if (row.phase !== null) onProgress(row.phase as Phase, Number(row.rows_read));
      await sleep(LOOK_AGAIN_MS);
      await this.runImport.run(mine, importId, onProgress);
    }
  }

  private async registerPath(reach: Reach, path: string, wishes: Wishes): Promise<Registered> {
    const found = await stat(path).catch(() => null);
    if (found === null) throw new AppError('not_found', 'folder_not_found');
    if (found.isDirectory()) return this.register.folder(reach, path, wishes);
    if (!found.isFile()) throw new AppError('refused', 'file_unreadable');
    const fileName = basename(path);
    // Our own file names say what the file holds, as in a folder; whatever else is told from the content.
    const kind = KINDS.find((known) => fileName === `${known}.csv`) ?? 'auto';
    const stored = await this.register.store.put(createReadStream(path));
    return this.register.stored(reach, { kind, fileName, wishes }, stored);
  }
}
