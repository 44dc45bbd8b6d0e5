import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { wholeMine, type Reach } from '../../mines/index.js';
import { KEYS, type Kind } from '../../rules/columns.js';
import { ImportApproval } from './import-approval.js';
import { NO_WISHES, insertImport } from '../db/import-queries.js';
import type { FormatLimits } from '../../formats/index.js';
import { FORMAT_LIMITS } from './run-import.js';
import type { Intake } from './source.js';
import { takeIn } from './take-in.js';

/** What became of a row that was found right. */
export interface TakenRow {
  readonly importId: string;
  /** Where it waits for approval, and nothing is changed by it yet; null: it holds. */
  readonly submissionId: string | null;
}

/** Takes one row in, through the same door as a file of a million. */
@Injectable()
export class TakeRow {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(FORMAT_LIMITS) private readonly limits: FormatLimits,
    private readonly approval: ImportApproval,
  ) {}

  /**
   * On behalf of whoever the reach is of. A refused row is kept as a refused import, too.
   * @throws AppError `row_refused` with everything that is wrong with the row
   */
  async take(reach: Reach, kind: Kind, values: Readonly<Record<string, string | null>>): Promise<TakenRow> {
    const { mine, actor, departments } = reach;
    const body = JSON.stringify(values);
    const sha256 = createHash('sha256').update(body).digest('hex');
    const name = `${kind}.json`;
    const { findings, ...taken } = await this.uow.run(wholeMine(mine, actor), async (tx) => {
      const handedIn = { mine, actor, departments, kind, fileName: name, sha256, sizeBytes: Buffer.byteLength(body) };
      const importId = await insertImport(tx, { ...handedIn, wishes: NO_WISHES }, [{ name, kind, sha256 }], body);
      const intake: Intake = {
        ...{ mine, importId, sender: { actor, departments }, gate: this.approval.gate(mine), method: null },
        ...{ sources: [{ kind, name, sha256, values }], ...NO_WISHES, profileVersion: null, limits: this.limits },
        ...{ problems: [], onProgress: () => undefined },
      };
      const became = await takeIn(tx, intake);
      const submissionId = await this.approval.settle(tx, intake, became, titleOf(kind, values));
      const isRefused = became.status === 'refused';
      return { importId, submissionId, findings: isRefused ? await findingsOf(tx, mine, importId) : null };
    });
    if (findings) throw new AppError('refused', 'row_refused', { import_id: taken.importId }, findings);
    return taken;
  }
}

/** The row by its key: `baselines B1`. */
const titleOf = (kind: Kind, values: Readonly<Record<string, string | null>>) =>
  [kind, ...KEYS[kind].flatMap((name) => values[name] ?? [])].join(' ');

function findingsOf(tx: Tx, mine: string, importId: string): Promise<Finding[]> {
  return tx.rows<Finding>(
    `SELECT row_no AS row, column_name AS column, code, params FROM row_fates
     WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused' ORDER BY seq`,
    [mine, importId],
  );
}
