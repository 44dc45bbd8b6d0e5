import { extname } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { FileStore } from '../../../platform/files/file-store.js';
import type { FormatLimits } from '../../formats/index.js';
import type { Reach } from '../../mines/index.js';
import { countFindings, firstFindings, receiptFiles, receiptImport } from '../db/receipt-queries.js';
import type { FileToReturn } from './mark-file.js';
import { RETURNED_FINDINGS, markedWorkbook } from './mark-workbook.js';
import { FORMAT_LIMITS } from './run-import.js';

/** A workbook of a million rows takes a processor for half a minute: two at once leave one to answer others. */
const AT_ONCE = 2;

/** Gives a file back with what is wrong in it marked, so that the clerk corrects it and sends it again. */
@Injectable()
export class ReturnWorkbook {
  private underWay = 0;

  constructor(
    private readonly uow: UnitOfWork,
    private readonly store: FileStore,
    @Inject(FORMAT_LIMITS) private readonly limits: FormatLimits,
  ) {}

  /**
   * Writes the marked workbook of one file of an import to `target`: of the file named, else of the first with findings.
   * Answers the name to save it under.
   * @throws AppError unknown_import, unknown_import_file, nothing_to_mark, file_not_kept, marking_busy
   */
  async write(reach: Reach, importId: string, fileName: string | null, target: string): Promise<string> {
    const file = await this.fileOf(reach, importId, fileName);
    if (this.underWay >= AT_ONCE) throw new AppError('unavailable', 'marking_busy');
    this.underWay++;
    try {
      const { isSameWorkbook } = await markedWorkbook(file, target, this.limits);
      // A workbook with macros keeps the ending without which no program opens it.
      const ending = isSameWorkbook && /\.xlsm$/i.test(file.name) ? '.xlsm' : '.xlsx';
      return `${file.name.slice(0, file.name.length - extname(file.name).length)}-待改正${ending}`;
    } finally {
      this.underWay--;
    }
  }

  private fileOf(reach: Reach, importId: string, fileName: string | null): Promise<FileToReturn> {
    const { mine } = reach;
    return this.uow.run(reach, async (tx) => {
      const of = await receiptImport(tx, reach, importId);
      if (of === null) throw new AppError('not_found', 'unknown_import', { id: importId });
      const files = await receiptFiles(tx, mine, importId);
      if (fileName !== null && !files.some(({ name }) => name === fileName)) {
        throw new AppError('not_found', 'unknown_import_file', { id: importId, file: fileName });
      }
      const [first] = await firstFindings(tx, mine, importId, { file: fileName, limit: 1 });
      if (first === undefined) throw new AppError('conflict', 'nothing_to_mark', { id: importId });
      const file = files.find(({ name }) => name === first.file) ?? files[0];
      // What came as one JSON row has no bytes of a file.
      if (file === undefined || !(await this.store.has(file.sha256))) {
        throw new AppError('not_found', 'file_not_kept', { id: importId });
      }
      return {
        ...{ path: this.store.pathOf(file.sha256), name: file.name, importKind: of.kind },
        ...{ delimiter: file.delimiter, details: file.details },
        findings: await firstFindings(tx, mine, importId, { file: first.file, limit: RETURNED_FINDINGS }),
        findingCount: await countFindings(tx, mine, importId, first.file),
      };
    });
  }
}
