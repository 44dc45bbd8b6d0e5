import { exact, fixed } from '../../../../analytics/kernel/exact.js';
import type { Language } from '../../../platform/http/language.js';
import type { Submission } from '../../approval/index.js';
import { kindOfFile, sentenceOf } from '../../rules/messages.js';
import type { FindingRow, ImportFileRow, ImportRow } from '../db/import-answers.js';
import { stateOf } from '../app/import-state.js';
import type { FindingDto, ImportDto, ImportFileDto, ImportSummaryDto } from './import.dto.js';

export function presentSummary(row: ImportRow, submission: Submission | undefined): ImportSummaryDto {
  return {
    id: row.id,
    kind: row.kind,
    format: row.format,
    ...{ profile: row.profile, profileVersion: row.profile_version },
    ...{ supersedes: row.supersedes, supersededBy: row.superseded_by },
    ...stateOf(row, submission),
    reason: row.reason,
    phase: row.phase,
    rows: Number(row.rows_read),
    accepted: Number(row.rows_accepted),
    refused: Number(row.rows_refused),
    skipped: Number(row.rows_skipped),
    controlTotals: { rows: Number(row.control_rows), amount: fixed(exact(row.control_amount), 2) },
    sha256: row.sha256,
  };
}

export function presentImport(
  row: ImportRow,
  submission: Submission | undefined,
  files: readonly ImportFileRow[],
): ImportDto {
  return {
    ...presentSummary(row, submission),
    receipt: {
      actor: row.actor,
      fileName: row.file_name,
      sizeBytes: Number(row.size_bytes),
      createdAt: row.created_at.toISOString(),
      finishedAt: row.finished_at?.toISOString() ?? null,
      files: files.map(presentFile),
    },
  };
}

function presentFile(file: ImportFileRow): ImportFileDto {
  return {
    ...{ name: file.name, kind: file.kind, sha256: file.sha256, format: file.format, encoding: file.encoding },
    amount: file.amount,
    read: Number(file.rows_read),
    added: Number(file.rows_added),
    changed: Number(file.rows_changed),
    unchanged: Number(file.rows_unchanged),
    skipped: Number(file.rows_skipped),
  };
}

/** `importKind` tells which table a file of any name holds. */
export function presentFinding(finding: FindingRow, importKind: string, language: Language): FindingDto {
  const { file, sheet, document, row, column, code, params } = finding;
  const kind = document ?? kindOfFile(importKind === 'folder' ? file : `${importKind}.csv`);
  const message = sentenceOf({ code, column, params, ...(kind ? { kind } : {}) }, language);
  return { file, sheet, row, column, code, message };
}
