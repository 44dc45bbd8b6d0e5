import type { Finding, Trouble } from '../../../platform/errors/app-error.js';
import type { Decided } from '../../approval/index.js';

/** What became of one record of those that a step was asked for; `id` is the record's. */
export type RecordDecided = Decided;

/** A record that stands as it stood, and why. */
export const refusal = (
  id: string,
  trouble: Trouble,
  code: string,
  params: Readonly<Record<string, string>> = {},
  findings: readonly Finding[] = [],
): RecordDecided => ({ id, outcome: 'refused', refusal: { id, trouble, code, params, findings } });

export const unknownRecord = (id: string): RecordDecided => refusal(id, 'not_found', 'unknown_record', { id });

/** What is wrong with the record itself, column by column. */
export const refusedRow = (id: string, findings: readonly Finding[]): RecordDecided =>
  refusal(id, 'refused', 'row_refused', {}, findings);

export const done = (id: string, outcome: Exclude<Decided['outcome'], 'refused'>): RecordDecided => ({
  ...{ id, outcome, refusal: null },
});
