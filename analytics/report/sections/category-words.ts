/** What a category made in the span, what moved it and why, in sentences. */
import { ZERO } from '../../kernel/exact.js';
import type { Measure } from '../../synergy/measures.js';
import type { Category, Method } from '../../synergy/types.js';
import { difference, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import { wholeOf, type Part, type Sums } from '../item-facts.js';
import type { Said } from '../model.js';
import { say } from '../say.js';
import { changeWords, type Sentence } from '../words/change.js';
import { measureMoves, moverWords } from '../words/movers.js';
import { CATEGORY_WORDS, LAST_YEAR_WORDS, type Names, previousWords } from '../words/names.js';

const NOTHING: Sentence = { zh: [], en: [] };

/** The figures of the category; then its changes with the places and the components that made them. */
export function categoryWords(
  facts: Facts,
  figures: Figures,
  names: Names,
  category: Category,
  /** By department and item. */
  parts: readonly Part[],
): Sentence {
  const whole = wholeOf(facts, { category });
  const { method } = facts.input.basis;
  const made = madeWords(figures, method, CATEGORY_WORDS[category], whole);
  const value = whole.now('synergy_value');
  const then = whole.previous('synergy_value');
  const before = changeWords(figures, 'wan', { now: value, then, name: previousWords(facts.input.spans) });
  const movers = moverWords(figures, names, 'synergy_value', { whole, parts });
  const lastYear = facts.sum('synergy_value', facts.input.spans.lastYear, { category });
  const ago = changeWords(figures, 'wan', { now: value, then: lastYear, name: LAST_YEAR_WORDS });
  const why = whyWords(figures, method, whole);
  return {
    zh: say`${made.zh}。协同创效${before.zh}${movers.zh}；${ago.zh}。${why.zh}`,
    en: say`${made.en}. Synergy value: ${before.en}${movers.en}; ${ago.en}.${why.en}`,
  };
}

function madeWords(figures: Figures, method: Method, category: Said, { now }: Sums): Sentence {
  const turnover = figures.inText('wan', now('turnover'));
  const value = figures.inText('wan', now('synergy_value'));
  const price = priceWords(figures, method, now);
  const opportunity = opportunityWords(figures, method, now('implicit_opportunity_saving'));
  const name = inTitle(category).en;
  return {
    zh: say`${category.zh}本期协同额${turnover}万元，实现协同创效${value}万元${price.zh}${opportunity.zh}`,
    en: say`${name}: turnover ${turnover}, synergy value created ${value}${price.en}${opportunity.en} (10,000 yuan)`,
  };
}

/** VAL-2, as in the headline: “其中” only of a part that lies within the value. */
function priceWords(figures: Figures, method: Method, now: Sums['now']): Sentence {
  const [value, reduction] = [now('synergy_value'), now('price_reduction')];
  const price = figures.inText('wan', reduction);
  if (method.priceReduction === 'beside') {
    return {
      zh: say`，另有价格降本${price}万元（不计入协同创效）`,
      en: say`, price reduction ${price} beside it (not included)`,
    };
  }
  const [part, whole] = [reduction.value.exact!, value.value.exact!];
  if (ZERO <= part && part <= whole) {
    return { zh: say`（其中：价格降本${price}万元）`, en: say` (of which price reduction ${price})` };
  }
  const others = figures.inText('wan', difference(value, reduction));
  return {
    zh: say`，同期价格降本${price}万元，用量等因素影响${others}万元`,
    en: say`, price reduction of the same time ${price}, effect of usage and other factors ${others}`,
  };
}

/** IMP-4: its own part, where there is any. */
function opportunityWords(figures: Figures, method: Method, saving: Datum): Sentence {
  if (saving.value.exact === ZERO) return NOTHING;
  const figure = figures.inText('wan', saving);
  const counted = opportunityCounted(method);
  return {
    zh: say`，账外机会损失节约${figure}万元${counted.zh}`,
    en: say`, saving of opportunity losses ${figure} ${counted.en}`,
  };
}

export const opportunityCounted = ({ opportunitySaving }: Method): Said =>
  opportunitySaving === 'within' ? { zh: '已计入', en: 'included' } : { zh: '未计入', en: 'not included' };

/** VAL-1, VAL-2, IMP-4: what the value consists of by the method; what was put in lowers it. */
function componentsOf({ priceReduction, opportunitySaving }: Method): readonly Measure[] {
  return [
    ...(priceReduction === 'within' ? (['price_reduction'] as const) : []),
    ...(['usage_saving', 'amount_saving', 'gains', 'inputs'] as const),
    ...(opportunitySaving === 'within' ? (['implicit_opportunity_saving'] as const) : []),
  ];
}

function whyWords(figures: Figures, method: Method, whole: Sums): Sentence {
  const moves = measureMoves(figures, componentsOf(method), whole);
  if (moves.zh.length === 0) return NOTHING;
  return { zh: say`按构成看，${moves.zh}。`, en: say` By component: ${moves.en}.` };
}

/** In English a heading or a sentence begins with a capital. */
export const inTitle = ({ zh, en }: Said): Said => ({ zh, en: en.charAt(0).toUpperCase() + en.slice(1) });
