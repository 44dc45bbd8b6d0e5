/** What a category made in the span, what moved it and why, in sentences. */
import { opportunityPart, pricePart, type HeadlineFigures } from '../../synergy/headline.js';
import type { Measure } from '../../synergy/measures.js';
import type { Category, Method } from '../../synergy/types.js';
import { difference } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import { wholeOf, type Part, type Sums } from '../item-facts.js';
import type { Said } from '../model.js';
import { say } from '../say.js';
import type { Sentence } from '../words/change.js';
import { changesOf } from '../words/changes.js';
import { measureMoves, moverWords } from '../words/movers.js';
import { CATEGORY_WORDS, inTitle, type Names } from '../words/names.js';

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
  const changes = changesOf(facts, figures, 'synergy_value', { category }, () =>
    moverWords(figures, names, 'synergy_value', { whole, parts }),
  );
  const why = whyWords(figures, method, whole);
  return {
    zh: say`${made.zh}。协同创效${changes.zh}。${why.zh}`,
    en: say`${made.en}. Synergy value: ${changes.en}.${why.en}`,
  };
}

/** The parts of the value in the words of the headline (VAL-2, IMP-4). */
function madeWords(figures: Figures, method: Method, category: Said, { now }: Sums): Sentence {
  const turnover = figures.inText('wan', now('turnover'));
  const value = figures.inText('wan', now('synergy_value'));
  const total = totalOf(now);
  const wan = (name: keyof HeadlineFigures | 'rest') =>
    figures.inText('wan', name === 'rest' ? difference(now('synergy_value'), now('price_reduction')) : now(name));
  const [price, opportunity] = [pricePart(total, method, wan), opportunityPart(total, method, wan)];
  const name = inTitle(category).en;
  return {
    zh: say`${category.zh}本期协同额${turnover}万元，实现协同创效${value}万元${price.zh}${opportunity.zh}`,
    en: say`${name}: turnover ${turnover}, synergy value created ${value}${price.en}${opportunity.en} (10,000 yuan)`,
  };
}

/** Of a category that has cells in the span, so that none is missing. */
const totalOf = (now: Sums['now']): HeadlineFigures => ({
  turnover: now('turnover').value.exact!,
  synergy_value: now('synergy_value').value.exact!,
  price_reduction: now('price_reduction').value.exact!,
  implicit_opportunity_saving: now('implicit_opportunity_saving').value.exact!,
});

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
