/** Shares and rates: their words in a sentence, the share of a whole, and the columns of a change. */
import { ZERO } from '../../kernel/exact.js';
import { percent, said, wan } from '../blocks.js';
import { derived, none, ratio, type Datum } from '../datum.js';
import type { Figures } from '../figures.js';
import type { Column } from '../model.js';
import { say } from '../say.js';
import type { Sentence } from '../words/change.js';
import { isYearOnYear } from '../words/names.js';

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

/** Of the change against the span before: 环比; of a whole year it is 同比. */
export function againstPrevious(spans: Parameters<typeof isYearOnYear>[0]): Record<'change' | 'rate', Column> {
  return isYearOnYear(spans)
    ? { change: wan('同比增减', 'Against last year'), rate: percent('同比%', '%') }
    : { change: wan('环比增减', 'Against previous'), rate: percent('环比%', '%') };
}
