/** The sentence the committee reads (VAL-2, VAL-3, IMP-4) and the figures in it: 万元 with two decimals, each rounded once (RND-1). */
import { ZERO, exact, fixed, quotient, type Exact } from '../kernel/exact.js';
import type { Measures } from './measures.js';
import type { Method } from './types.js';

export type HeadlineFigures = Pick<
  Measures,
  'turnover' | 'synergy_value' | 'price_reduction' | 'implicit_opportunity_saving'
>;

const NO_RATIO = '—';
const YUAN_PER_WAN = exact('10000');

/** Yuan as 万元 with two decimals. */
export function inWan(yuan: Exact): string {
  return fixed(quotient(yuan, YUAN_PER_WAN, 2), 2);
}

/** a ÷ b in percent with two decimals; «—» where b is zero. */
export function inPercent(a: Exact, b: Exact): string {
  return b === ZERO ? NO_RATIO : `${fixed(quotient(a * 100n, b, 2), 2)}%`;
}

/** VAL-3: synergy value ÷ turnover. */
export function valueRate(total: Pick<Measures, 'synergy_value' | 'turnover'>): string {
  return inPercent(total.synergy_value, total.turnover);
}

/** How the figures of a headline stand in it: as texts, or as something that can be traced. */
export interface HeadlinePrinter<Printed> {
  /** 万元. `rest` is the value without the price reduction. */
  readonly wan: (figure: keyof HeadlineFigures | 'rest', yuan: Exact) => Printed;
  /** Synergy value ÷ turnover, or “—”. */
  readonly rate: () => Printed;
}

export type HeadlineParts<Printed> = Readonly<Record<'zh' | 'en', readonly (string | Printed)[]>>;

/**
 * The headline of a period for the whole mine. `period` is the period in words (`periodWords`), '' where there is none.
 * Totals are in yuan, exact.
 */
export function headline(
  total: HeadlineFigures,
  method: Method,
  period: { readonly zh: string; readonly en: string },
): { zh: string; en: string } {
  const printer = { wan: (_: unknown, yuan: Exact) => inWan(yuan), rate: () => valueRate(total) };
  const { zh, en } = headlineParts(total, method, period, printer);
  return { zh: zh.join(''), en: en.join('') };
}

/** The same, with each figure printed as the caller likes: once, however often it stands in it. */
export function headlineParts<Printed>(
  total: HeadlineFigures,
  method: Method,
  period: { readonly zh: string; readonly en: string },
  { wan, rate }: HeadlinePrinter<Printed>,
): HeadlineParts<Printed> {
  const [turnover, value] = [wan('turnover', total.turnover), wan('synergy_value', total.synergy_value)];
  const price = pricePart(total, method, wan);
  const opportunity = opportunityPart(total, method, wan);
  const valueRate = rate();
  return {
    zh: [
      ...[period.zh && `${period.zh}，`, '全矿协同', turnover, '万元，实现协同创效', value, '万元'],
      ...[...price.zh, ...opportunity.zh, '，创效率', valueRate, '。'],
    ],
    en: [
      ...[
        period.en && `${period.en}: `,
        'synergy turnover of the whole mine ',
        turnover,
        ', synergy value created ',
        value,
      ],
      ...[...price.en, ...opportunity.en, ', value rate ', valueRate, ' (amounts in 10,000 yuan).'],
    ],
  };
}

/** VAL-2: “其中” only of a part that lies within the value; they are never added up. */
export function pricePart<Printed>(
  total: HeadlineFigures,
  method: Method,
  wan: HeadlinePrinter<Printed>['wan'],
): HeadlineParts<Printed> {
  const price = wan('price_reduction', total.price_reduction);
  if (method.priceReduction === 'beside') {
    return {
      zh: ['，另有价格降本', price, '万元（不计入协同创效）'],
      en: [', price reduction ', price, ' beside it (not included)'],
    };
  }
  if (ZERO <= total.price_reduction && total.price_reduction <= total.synergy_value) {
    return { zh: ['（其中：价格降本', price, '万元）'], en: [' (of which price reduction ', price, ')'] };
  }
  const others = wan('rest', total.synergy_value - total.price_reduction);
  return {
    zh: ['，同期价格降本', price, '万元，用量等因素影响', others, '万元'],
    en: [', price reduction of the same time ', price, ', effect of usage and other factors ', others],
  };
}

/** IMP-4: always shown as its own part where there is any. */
export function opportunityPart<Printed>(
  total: HeadlineFigures,
  method: Method,
  wan: HeadlinePrinter<Printed>['wan'],
): HeadlineParts<Printed> {
  if (total.implicit_opportunity_saving === ZERO) return { zh: [], en: [] };
  const saving = wan('implicit_opportunity_saving', total.implicit_opportunity_saving);
  const { zh, en } = opportunityCounted(method);
  return {
    zh: ['，账外机会损失节约', saving, `万元${zh}`],
    en: [', saving of opportunity losses ', saving, ` ${en}`],
  };
}

/** IMP-4: which way the switch stands. */
export const opportunityCounted = ({ opportunitySaving }: Method): Readonly<Record<'zh' | 'en', string>> =>
  opportunitySaving === 'within' ? { zh: '已计入', en: 'included' } : { zh: '未计入', en: 'not included' };

/** Period codes as people say them: `2023年3月`, `2023年1月至12月`; codes in any order, '' for none. */
export function periodWords(codes: readonly string[]): { zh: string; en: string } {
  const sorted = [...codes].sort();
  const [first, last] = [sorted[0], sorted.at(-1)];
  if (first === undefined || last === undefined) return { zh: '', en: '' };
  if (first === last) return { zh: yearOf(first) + monthOf(first), en: first };
  const isSameYear = first.slice(0, 4) === last.slice(0, 4);
  if (isSameYear && first.endsWith('-01') && last.endsWith('-12')) return { zh: yearOf(first), en: first.slice(0, 4) };
  const zh = `${yearOf(first)}${monthOf(first)}至${isSameYear ? '' : yearOf(last)}${monthOf(last)}`;
  return { zh, en: `${first} to ${last}` };
}

const yearOf = (code: string) => `${code.slice(0, 4)}年`;

/** A table of periods may number beyond the months of a year (adjustment periods of a ledger). */
function monthOf(code: string): string {
  const month = Number(code.slice(5));
  return month >= 1 && month <= 12 ? `${month}月` : `第${month}期`;
}
