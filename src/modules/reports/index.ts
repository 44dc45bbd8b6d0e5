export { PERIODS_PATTERN, periodsOf } from './app/asked-periods.js';
export { MakeReport } from './app/make-report.js';
export { ReportDocuments } from './app/report-documents.js';
export { FORMATS } from './db/report-file-queries.js';
export { REPORT_SENTENCES } from './reports.errors.js';
export { ReportsModule } from './reports.module.js';
