import type { Language } from '../../../platform/http/language.js';
import type { Sentences } from '../../../platform/http/sentences.js';
import type { RecordDecided } from '../../records/index.js';
import type { RecordStepDto } from './record-steps.dto.js';

/** What became of each record, in the caller's language. */
export function presentSteps(
  decided: readonly (RecordDecided & { readonly reversal?: string | null })[],
  sentences: Sentences,
  language: Language,
): { data: RecordStepDto[] } {
  const data = decided.map(({ id, outcome, refusal, reversal }): RecordStepDto => {
    const made = reversal == null ? {} : { reversal };
    if (refusal === null) return { id, outcome, ...made };
    const { code, params, findings = [] } = refusal;
    const errors = findings.map((finding) => ({
      ...{ row: finding.row, column: finding.column, code: finding.code },
      message: sentences.sayFinding(finding, language),
    }));
    const message = sentences.sayFinding({ row: 0, column: '', code, params }, language);
    return { id, outcome, code, message, ...(errors.length === 0 ? {} : { errors }) };
  });
  return { data };
}
