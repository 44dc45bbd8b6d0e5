import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import type { StoredFile } from '../../../platform/files/file-store.js';
import { FileStore } from '../../../platform/files/file-store.js';
import type { FormatLimits } from '../../formats/index.js';
import { columnsOf, isLedgerKind, type TableKind } from '../../rules/tables.js';
import { rowPlace } from '../../rules/row-number.js';
import { listFindings, type FindingRow } from '../db/import-answers.js';
import { NO_WISHES, insertImport } from '../db/import-queries.js';
import type { HandIn } from './register-import.js';
import { FORMAT_LIMITS } from './run-import.js';
import { OPEN, type Intake, type Staged } from './source.js';
import { wholeMine, type Reach } from '../../mines/index.js';
import { holdScope, readBooks, type ReadBooks } from './take-in.js';

/** What a file would become, without anything being written. */
export interface Preview {
  readonly read: ReadBooks;
  /** The first rows as they would be posted: the contract's columns, texts. */
  readonly rows: readonly PreviewRow[];
  readonly findings: readonly FindingRow[];
}

export interface PreviewRow {
  readonly document: TableKind;
  readonly row: number;
  readonly values: Readonly<Record<string, string | null>>;
}

const ROWS = 20;
const FINDINGS = 200;

/** Carries a preview out of the transaction that is undone for it. */
class Undone extends Error {
  constructor(readonly preview: Preview) {
    super('the preview is made and nothing is kept');
  }
}

/** Runs a file as far as the door and undoes it: what the clerk sees is what the import would do, not a guess at it. */
@Injectable()
export class PreviewImport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: FileStore,
    @Inject(FORMAT_LIMITS) private readonly limits: FormatLimits,
  ) {}

  async preview(reach: Reach, { wishes = NO_WISHES, ...handIn }: HandIn, stored: StoredFile): Promise<Preview> {
    const { mine, actor, departments } = reach;
    try {
      return await this.uow.run(wholeMine(mine, actor), async (tx) => {
        const { kind, fileName: name } = handIn;
        const file = { name, kind: kind === 'folder' ? 'auto' : kind, sha256: stored.sha256 };
        const importId = await insertImport(
          tx,
          { mine, actor, departments, ...handIn, ...stored, wishes },
          [file],
          null,
        );
        const path = this.store.pathOf(stored.sha256);
        const source = { kind: file.kind === 'auto' ? null : file.kind, name, sha256: stored.sha256, path };
        const intake: Intake = {
          ...{ mine, importId, sender: { actor, departments }, gate: OPEN, sources: [source], method: null, ...wishes },
          ...{ profileVersion: null, limits: this.limits, problems: [] },
          onProgress: () => undefined,
        };
        throw new Undone(await this.look(tx, intake));
      });
    } catch (error) {
      if (error instanceof Undone) return error.preview;
      throw error;
    }
  }

  private async look(tx: Tx, intake: Intake): Promise<Preview> {
    const read = await readBooks(tx, intake);
    await holdScope(tx, intake, read);
    const shown = [...read.mapped.targets, ...read.staged.filter(({ document }) => !isLedgerKind(document))];
    const rows: PreviewRow[] = [];
    for (const staged of shown) rows.push(...(await firstRows(tx, staged)));
    const findings = await listFindings(tx, intake.mine, intake.importId, '0', FINDINGS);
    return { read, rows: rows.slice(0, ROWS), findings };
  }
}

async function firstRows(tx: Tx, { document, table }: Staged): Promise<PreviewRow[]> {
  const columns = columnsOf(document).map(({ name }) => `"${name}"`);
  const rows = await tx.rows<Record<string, string | null> & { row_no: number }>(
    `SELECT row_no, ${columns.join(', ')} FROM ${table} ORDER BY row_no LIMIT ${ROWS}`,
  );
  return rows.map(({ row_no, ...values }) => ({
    ...{ document, row: rowPlace(row_no).row },
    values: values,
  }));
}
