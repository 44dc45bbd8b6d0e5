/** 环比 and 同比 of a measure, a clause each (CMP-1). */
import type { Measure } from '../../synergy/measures.js';
import type { Facts, Where } from '../facts.js';
import type { Figures } from '../figures.js';
import { say } from '../say.js';
import { changeWords, type Sentence } from './change.js';
import { LAST_YEAR_WORDS, isYearOnYear, previousWords } from './names.js';

const NOTHING: Sentence = { zh: [], en: [] };

/**
 * 比上月增加…，增长…；比上年同期减少…，下降…. Of a whole year there is one clause: the year before is both. `why` follows what
 * is said of the span before.
 */
export function changesOf(
  facts: Facts,
  figures: Figures,
  measure: Measure,
  where: Where = {},
  why: () => Sentence = () => NOTHING,
): Sentence {
  const { spans } = facts.input;
  const now = facts.sum(measure, spans.now, where);
  const then = facts.sum(measure, spans.previous, where);
  const before = changeWords(figures, 'wan', { now, then, name: previousWords(spans) });
  const reasons = why();
  const first: Sentence = { zh: say`${before.zh}${reasons.zh}`, en: say`${before.en}${reasons.en}` };
  if (isYearOnYear(spans)) return first;
  const lastYear = facts.sum(measure, spans.lastYear, where);
  const ago = changeWords(figures, 'wan', { now, then: lastYear, name: LAST_YEAR_WORDS });
  return { zh: say`${first.zh}；${ago.zh}`, en: say`${first.en}; ${ago.en}` };
}
