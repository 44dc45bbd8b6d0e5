import { Module } from '@nestjs/common';
import { Sentences } from '../../platform/http/sentences.js';
import { Mines, MinesModule } from '../mines/index.js';
import { KNOWN_SIX } from './app/control-items.js';
import { KeptBytes } from './app/kept-bytes.js';
import { MakeReport } from './app/make-report.js';
import { MonthlyDrafts } from './app/monthly-drafts.js';
import { ReportDocuments } from './app/report-documents.js';
import { ReportTemplates } from './app/report-template.js';
import { TraceFigure } from './app/trace-figure.js';
import { Apart } from './apart/apart.js';
import { replaceControlItems } from './db/office-queries.js';
import { FiguresController } from './http/figures.controller.js';
import { OfficeController } from './http/office.controller.js';
import { ReportTemplateController } from './http/report-template.controller.js';
import { ReportsController } from './http/reports.controller.js';
import { SignaturesController } from './http/signatures.controller.js';
import { REPORT_SENTENCES } from './reports.errors.js';

@Module({
  imports: [MinesModule],
  controllers: [
    ...[ReportsController, SignaturesController, OfficeController, ReportTemplateController],
    FiguresController,
  ],
  providers: [
    { provide: Apart, useFactory: () => new Apart() },
    KeptBytes,
    ReportDocuments,
    MakeReport,
    ReportTemplates,
    TraceFigure,
    MonthlyDrafts,
  ],
  exports: [MakeReport, ReportDocuments],
})
export class ReportsModule {
  constructor(sentences: Sentences, mines: Mines) {
    sentences.register(REPORT_SENTENCES);
    mines.whenFounded((tx, mine) => replaceControlItems(tx, mine, KNOWN_SIX));
  }
}
