import { MEASURE_WORDS } from '../../../../analytics/report/words/names.js';
import { MEASURES, type Measure } from '../../../../analytics/synergy/measures.js';

/** What the measures of docs/calculation-spec.md are called. */
export const MEASURE_NAMES = Object.fromEntries(
  MEASURES.map((measure) => [measure, `${MEASURE_WORDS[measure].zh} / ${MEASURE_WORDS[measure].en}`]),
) as Readonly<Record<Measure, string>>;
