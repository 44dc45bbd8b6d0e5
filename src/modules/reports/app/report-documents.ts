import { Injectable } from '@nestjs/common';
import type { Language, ReportModel } from '../../../../analytics/report/model.js';
import { UnitOfWork } from '../../../platform/database/unit-of-work.js';
import type { Reach } from '../../mines/index.js';
import { filesOfReport, insertReportFile, type Format, type StoredDocument } from '../db/report-file-queries.js';
import type { StoredReport } from '../db/report-queries.js';
import { Apart } from '../apart/apart.js';
import { KeptBytes } from './kept-bytes.js';

export interface Document {
  readonly file: StoredDocument;
  readonly content: Buffer;
}

/** The documents of stored reports: written once, and from then on given out byte for byte. */
@Injectable()
export class ReportDocuments {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly bytes: KeptBytes,
    private readonly apart: Apart,
  ) {}

  /** @throws AppError `report_file_damaged`, `report_not_written` */
  async get(reach: Reach, report: StoredReport, format: Format, language: Language): Promise<Document> {
    const [file] = await this.write(reach, report, language, [format]);
    return { file: file!, content: await this.bytes.get(file!.sha256) };
  }

  /** @throws AppError `report_file_damaged` */
  async model({ modelSha256 }: Pick<StoredReport, 'modelSha256'>): Promise<ReportModel> {
    return readModel(await this.bytes.get(modelSha256));
  }

  /** Writes what of these is not there yet; answers all of them, in the order asked for. */
  async write(
    reach: Reach,
    report: StoredReport,
    language: Language,
    formats: readonly Format[],
  ): Promise<StoredDocument[]> {
    const { mine } = reach;
    const inLanguage = async () =>
      (await this.uow.run(reach, (tx) => filesOfReport(tx, mine, report.id))).filter(
        (file) => file.language === language,
      );
    const kept = await inLanguage();
    const missing = formats.filter((format) => kept.every((file) => file.format !== format));
    if (missing.length === 0) return inOrder(formats, kept);
    const written = await this.render(report, language, missing);
    await this.uow.run(reach, async (tx) => {
      for (const file of written) await insertReportFile(tx, mine, report.id, file);
    });
    return inOrder(formats, await inLanguage());
  }

  private async render(
    { id, modelSha256, templateSha256, baseUrl }: StoredReport,
    language: Language,
    formats: readonly Format[],
  ): Promise<StoredDocument[]> {
    const job = {
      ...{ id, modelBytes: await this.bytes.get(modelSha256), sha256: modelSha256, language, baseUrl, formats },
      template: templateSha256 === '' || !formats.includes('docx') ? null : await this.bytes.get(templateSha256),
    };
    const files: StoredDocument[] = [];
    await this.apart.do({ render: job }, async ({ bytes }) => {
      files.push({ format: formats[files.length]!, language, ...(await this.bytes.put(bytes)) });
    });
    return files;
  }
}

const readModel = (bytes: Buffer): ReportModel => JSON.parse(bytes.toString('utf8')) as ReportModel;

const inOrder = (formats: readonly Format[], files: readonly StoredDocument[]): StoredDocument[] =>
  formats.map((format) => files.find((file) => file.format === format)!);
