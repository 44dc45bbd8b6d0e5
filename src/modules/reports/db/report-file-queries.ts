import type { Language } from '../../../../analytics/report/model.js';
import type { Tx } from '../../../platform/database/unit-of-work.js';

/** The documents of a report. `json` is the model itself, the same in both languages. */
export const FORMATS = ['json', 'html', 'docx', 'pdf', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

export interface StoredDocument {
  readonly format: Format;
  readonly language: Language;
  readonly sha256: string;
  readonly sizeBytes: number;
}

const COLUMNS = `format, language, sha256, size_bytes::int AS "sizeBytes"`;

/** By format and language. */
export function filesOfReport(tx: Tx, mine: string, report: string): Promise<StoredDocument[]> {
  return tx.rows<StoredDocument>(
    `SELECT ${COLUMNS} FROM report_files WHERE mine_id = $1 AND report_id = $2 ORDER BY format, language`,
    [mine, report],
  );
}

/** Where another process was first, its document stands. */
export async function insertReportFile(tx: Tx, mine: string, report: string, file: StoredDocument): Promise<void> {
  await tx.rows(
    `INSERT INTO report_files (mine_id, report_id, format, language, sha256, size_bytes)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [mine, report, file.format, file.language, file.sha256, file.sizeBytes],
  );
}
