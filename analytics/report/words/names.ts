/** What things are called, in both languages. */
import type { Measure } from '../../synergy/measures.js';
import type { Category, Nature } from '../../synergy/types.js';
import type { ReportInput, Spans } from '../input.js';
import type { Paragraph, Said } from '../model.js';
import { named } from '../say.js';
import type { Sentence } from './change.js';

export const MEASURE_WORDS: Readonly<Record<Measure, Said>> = {
  explicit_actual: { zh: '显性成本实际', en: 'explicit cost' },
  internal_actual: { zh: '其中：内部结算', en: 'of which internal settlement' },
  implicit_booked_actual: { zh: '账内隐性成本（其中数）', en: 'implicit cost in the books, an “of which”' },
  implicit_opportunity_actual: { zh: '账外机会损失', en: 'opportunity loss outside the ledger' },
  baseline: { zh: '基准成本', en: 'baseline cost' },
  price_base: { zh: '降价计算基数', en: 'base of the price-reduction rate' },
  price_reduction: { zh: '价格降本', en: 'price reduction' },
  usage_saving: { zh: '用量节约', en: 'usage saving' },
  amount_saving: { zh: '金额节约', en: 'amount saving' },
  explicit_saving: { zh: '显性成本节约', en: 'explicit saving' },
  implicit_booked_saving: { zh: '账内隐性节约（只列示）', en: 'implicit booked saving, shown and not added' },
  implicit_opportunity_saving: { zh: '账外机会损失节约', en: 'saving of opportunity losses' },
  gains: { zh: '增收', en: 'gains' },
  inputs: { zh: '投入', en: 'inputs' },
  booked_value: { zh: '账内创效', en: 'booked value' },
  synergy_value: { zh: '协同创效', en: 'synergy value' },
  turnover: { zh: '协同额', en: 'synergy turnover' },
  covered_actual: { zh: '已对基准的显性成本', en: 'explicit cost measured against a baseline' },
  unreported_baseline: { zh: '应报未报的基准', en: 'baselines with nothing reported' },
};

export const CATEGORY_WORDS: Readonly<Record<Category, Said>> = {
  management: { zh: '管理协同', en: 'management' },
  resource: { zh: '资源协同', en: 'resource' },
  business: { zh: '业务协同', en: 'business' },
  personnel: { zh: '人员协同', en: 'personnel' },
  market: { zh: '市场协同', en: 'market' },
  industry: { zh: '产业协同', en: 'industry' },
};

export const NATURE_WORDS: Readonly<Record<Nature, Said>> = {
  explicit: { zh: '显性', en: 'explicit' },
  implicit_booked: { zh: '账内隐性', en: 'implicit in the books' },
  implicit_opportunity: { zh: '账外机会损失', en: 'opportunity loss' },
};

/** In English a heading, a cell or a sentence begins with a capital. */
export const inTitle = ({ zh, en }: Said): Said => ({ zh, en: en.charAt(0).toUpperCase() + en.slice(1) });
export const categoryTitle = (category: Category): Said => inTitle(CATEGORY_WORDS[category]);
export const measureTitle = (measure: Measure): Said => inTitle(MEASURE_WORDS[measure]);

type Compared = Pick<Spans, 'now' | 'previous' | 'lastYear'>;

/** The span before a whole year is the year before: what is compared with both would be said twice. */
export const isYearOnYear = ({ previous, lastYear }: Compared): boolean =>
  previous !== null && previous.from === lastYear?.from && previous.to === lastYear.to;

/** What a span is compared with: 上月 where it is one month. Periods beyond the twelve are adjustments, and no months. */
export function previousWords(spans: Compared): Said {
  if (isYearOnYear(spans)) return { zh: '上年', en: 'the previous year' };
  const { from, to } = spans.now;
  const isMonth = from === to && Number(from.slice(5)) <= 12;
  return isMonth ? { zh: '上月', en: 'the previous month' } : { zh: '上期', en: 'the previous period' };
}

export const LAST_YEAR_WORDS: Said = { zh: '上年同期', en: 'the same period last year' };

/** Of a mine's own things; a code that has no name stands for itself. */
export class Names {
  constructor(private readonly input: Pick<ReportInput, 'departments' | 'items'>) {}

  department(code: string): Said {
    return named(this.input.departments.get(code)?.name ?? code);
  }

  item(code: string): Said {
    return code === '' ? { zh: '不分项目', en: 'no item' } : named(this.input.items.get(code) ?? code);
  }
}

export const paragraph = (text: Sentence, origin: Paragraph['origin'] = 'computed'): Paragraph => ({
  ...{ kind: 'paragraph', origin, text },
});
