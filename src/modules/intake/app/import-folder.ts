import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { KINDS } from '../../rules/columns.js';
import { findImport, listFindings, type FindingRow, type ImportRow } from '../db/import-answers.js';
import { RegisterImport, type Registered } from './register-import.js';
import { RunImport, type OnProgress } from './run-import.js';
import { AppError } from '../../../platform/errors/app-error.js';

export interface FolderImport {
  readonly import: ImportRow;
  /** False when the same content had been taken in before. */
  readonly isNew: boolean;
  readonly findings: readonly FindingRow[];
}

const MAX_FINDINGS = 10_000;

/** Takes in what lies on this machine, a folder, a zip of one or a single file, and waits for the end. */
@Injectable()
export class ImportFolder {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly register: RegisterImport,
    private readonly runImport: RunImport,
  ) {}

  async take(mine: string, path: string, actor: string, onProgress: OnProgress): Promise<FolderImport> {
    const { importId, isNew } = await this.registerPath(mine, path, actor);
    const ran = await this.runImport.run(mine, importId, onProgress);
    return this.uow.run(async (tx) => {
      const row = (await findImport(tx, mine, importId))!;
      const findings = row.status === 'refused' ? await listFindings(tx, mine, importId, '0', MAX_FINDINGS) : [];
      return { import: row, isNew: isNew || ran, findings };
    });
  }

  private async registerPath(mine: string, path: string, actor: string): Promise<Registered> {
    const found = await stat(path).catch(() => null);
    if (found === null) throw new AppError('not_found', 'folder_not_found');
    if (found.isDirectory()) return this.register.folder(mine, path, actor);
    const name = basename(path);
    const kind = name.endsWith('.zip') ? 'folder' : KINDS.find((known) => name === `${known}.csv`);
    if (!kind) throw new AppError('refused', 'unknown_file', { file: name });
    const stored = await this.register.store.put(createReadStream(path));
    return this.register.stored(mine, kind, name, actor, stored);
  }
}
