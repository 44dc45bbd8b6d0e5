import { Injectable } from '@nestjs/common';
import type { ReportInput } from '../../../../analytics/report/input.js';
import type { Language } from '../../../../analytics/report/model.js';
import type { PeriodRange } from '../../../../analytics/synergy/compare.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import { AppError } from '../../../platform/errors/app-error.js';
import { Apart } from '../apart/apart.js';
import { sent } from '../apart/sent-input.js';
import type { Piece } from '../apart/work.js';
import type { Reach } from '../../mines/index.js';
import { FORMATS } from '../db/report-file-queries.js';
import { findReportOf, insertReport, type NewReport, type StoredReport } from '../db/report-queries.js';
import { KeptBytes } from './kept-bytes.js';
import { readForReport, type Look, type ReadForReport } from './read-for-report.js';
import { ReportDocuments } from './report-documents.js';
import { publishReport } from './report-events.js';

/** The bytes of a model, and their hash: what is printed, stored and signed. */
interface Written extends Piece {
  readonly version: number;
}

/** Makes reports: from what is read in one moment, by pure functions, to bytes that are kept for good. */
@Injectable()
export class MakeReport {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bytes: KeptBytes,
    private readonly documents: ReportDocuments,
    private readonly apart: Apart,
  ) {}

  /**
   * The report of some periods with all its documents in a language: the stored one where nothing has changed since,
   * else a new draft, or, where every period is closed, a new final version. With the sight of the whole mine.
   * @throws AppError `no_such_period`, `period_range_reversed`, `report_made_meanwhile`, `report_not_written`
   */
  async make(reach: Reach, periods: PeriodRange, language: Language): Promise<StoredReport> {
    const report = await this.keep(reach, periods);
    await this.documents.write(reach, report, language, FORMATS);
    return report;
  }

  private async keep(reach: Reach, periods: PeriodRange): Promise<StoredReport> {
    const read = await this.uow.run(reach, (tx) => readForReport(tx, reach, periods));
    const written = await (read.input.state === 'draft' ? this.write(read.input, 0) : this.writeFinal(read));
    if (written === 'stands') return read.last!;
    await this.bytes.put(written.bytes);
    return this.insert(reach, newReport(read, periods, written, reach.actor));
  }

  /**
   * The last final report stands once all have signed it, until a period of it is reopened; before that, while it would
   * be written the same again.
   */
  private async writeFinal({ input, last, look }: ReadForReport): Promise<Written | 'stands'> {
    if (last === null) return this.write(input, 1);
    if (last.isSigned && last.isStanding) return 'stands';
    if (looksAs(last, look) && (await this.write(input, last.version)).sha256 === last.modelSha256) return 'stands';
    return this.write(input, last.version + 1);
  }

  private async write(input: ReportInput, version: number): Promise<Written> {
    const pieces: Piece[] = [];
    await this.apart.do({ compose: sent({ ...input, version }) }, (piece) => void pieces.push(piece));
    return { version, ...pieces[0]! };
  }

  private insert(reach: Reach, report: NewReport): Promise<StoredReport> {
    const { mine } = reach;
    return this.uow.run(reach, async (tx) => {
      const inserted = await insertReport(tx, mine, report);
      if (inserted !== null) {
        await publishReport(tx, mine, inserted.id);
        return inserted;
      }
      const same = await findReportOf(tx, mine, report);
      if (same === null) throw new AppError('conflict', 'report_made_meanwhile');
      return same;
    });
  }
}

const looksAs = (last: Look, look: Look): boolean =>
  last.templateSha256 === look.templateSha256 && last.baseUrl === look.baseUrl;

const newReport = (
  { input, look }: ReadForReport,
  periods: PeriodRange,
  { version, sha256 }: Written,
  madeBy: string,
): NewReport => ({
  ...{ periods, state: input.state, version, modelSha256: sha256, ...look, madeBy },
  closings:
    input.state === 'draft' ? [] : input.basis.closings.map(({ period, version: of }) => ({ period, version: of })),
});
