/** Shares and rates: their column, their words in a sentence, and the share of a whole. */
import { ZERO } from '../../kernel/exact.js';
import { said } from '../blocks.js';
import { derived, none, ratio, type Datum } from '../datum.js';
import type { Figures } from '../figures.js';
import type { Column } from '../model.js';
import { say } from '../say.js';
import type { Sentence } from '../words/change.js';

export const percent = (zh: string, en: string): Column => ({ title: { zh, en }, unit: 'percent' });

/** `2.67%`; without a value `—（分母为零）`. */
export function percentWords(figures: Figures, datum: Datum): Sentence {
  const figure = figures.inText('percent', datum);
  if (datum.value.exact !== null) return { zh: say`${figure}%`, en: say`${figure}%` };
  const { zh, en } = datum.value.reason;
  return { zh: say`${figure}（${zh}）`, en: say`${figure} (${en})` };
}

const NEGATIVE_WHOLE = said('合计为负', 'the total is negative');

/** part ÷ whole; there is no share of zero or of a negative total. */
export function shareOf(part: Datum, whole: Datum): Datum {
  const isNegative = whole.value.exact !== null && whole.value.exact < ZERO;
  return isNegative ? derived('ratio', [part, whole], () => none(NEGATIVE_WHOLE)) : ratio(part, whole);
}
