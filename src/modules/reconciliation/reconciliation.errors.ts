import type { Sentence } from '../../platform/http/language.js';

/** In the words of /synergy, which asks for periods too. */
export const RECONCILIATION_ERRORS: Readonly<Record<string, Sentence>> = {
  no_such_period: { zh: '没有期间 {period}。', en: 'There is no period {period}.' },
};
