import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { AppError, type Finding } from '../../../platform/errors/app-error.js';
import { UnitOfWork, type Tx } from '../../../platform/database/unit-of-work.js';
import { wholeMine } from '../../mines/index.js';
import type { Kind } from '../../rules/columns.js';
import { finishImport } from './finish-import.js';
import { NO_WISHES, insertImport } from '../db/import-queries.js';
import type { FormatLimits } from '../../formats/index.js';
import { FORMAT_LIMITS } from './run-import.js';
import type { Intake } from './source.js';
import { takeIn } from './take-in.js';

/** Takes one row in, through the same door as a file of a million. */
@Injectable()
export class TakeRow {
  constructor(
    private readonly uow: UnitOfWork,
    @Inject(FORMAT_LIMITS) private readonly limits: FormatLimits,
  ) {}

  /**
   * Answers the import that the row became. A refused row is kept as a refused import, too.
   * @throws AppError `row_refused` with everything that is wrong with the row
   */
  async take(
    mine: string,
    kind: Kind,
    values: Readonly<Record<string, string | null>>,
    actor: string,
  ): Promise<string> {
    const body = JSON.stringify(values);
    const sha256 = createHash('sha256').update(body).digest('hex');
    const name = `${kind}.json`;
    const { importId, findings } = await this.uow.run(wholeMine(mine, actor), async (tx) => {
      const of = { mine, kind, fileName: name, actor, sha256, sizeBytes: Buffer.byteLength(body), wishes: NO_WISHES };
      const importId = await insertImport(tx, of, [{ name, kind, sha256 }], body);
      const sources = [{ kind, name, sha256, values }];
      const intake: Intake = {
        ...{ mine, importId, sources, method: null, ...NO_WISHES, limits: this.limits, problems: [] },
        onProgress: () => undefined,
      };
      const taken = await takeIn(tx, intake);
      await finishImport(tx, mine, importId, taken);
      return { importId, findings: taken.status === 'refused' ? await findingsOf(tx, mine, importId) : null };
    });
    if (findings) throw new AppError('refused', 'row_refused', { import_id: importId }, findings);
    return importId;
  }
}

function findingsOf(tx: Tx, mine: string, importId: string): Promise<Finding[]> {
  return tx.rows<Finding>(
    `SELECT row_no AS row, column_name AS column, code, params FROM row_fates
     WHERE mine_id = $1 AND import_id = $2 AND fate = 'refused' ORDER BY seq`,
    [mine, importId],
  );
}
