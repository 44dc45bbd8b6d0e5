/** The title of the report, and the lines on which it is set. */
import { periodWords } from '../../synergy/headline.js';
import type { ReportInput } from '../input.js';
import type { Language, ReportModel, Said } from '../model.js';

const DRAFT_MARK: Said = { zh: '（未结账）', en: ' (draft, not closed)' };

/** COV-4: a draft says that it is one wherever its title stands. */
export function titleOf({ mine, spans, state }: Pick<ReportInput, 'mine' | 'spans' | 'state'>): Said {
  const period = periodWords([spans.now.from, spans.now.to]);
  const mark = state === 'draft' ? DRAFT_MARK : { zh: '', en: '' };
  return {
    zh: `${mine.name}${period.zh}成本协同情况报告${mark.zh}`,
    en: `${mine.name}: cost synergy report, ${period.en}${mark.en}`,
  };
}

/** The mark of a draft stands on a line of its own: Chinese may break anywhere, and would within the mark. */
export function titleLines({ title, state }: Pick<ReportModel, 'title' | 'state'>, language: Language): string[] {
  const whole = title[language];
  const mark = DRAFT_MARK[language];
  return state === 'draft' && whole.endsWith(mark) ? [whole.slice(0, -mark.length), mark.trim()] : [whole];
}
