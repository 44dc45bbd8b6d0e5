/** IDX-1: price and quantity indices over what was bought in both spans, and the Bennet indicators of it. */
import { indicesOf, type Indices } from '../../factors/indices.js';
import { ZERO, exact, type Exact } from '../../kernel/exact.js';
import { Fraction } from '../../kernel/fraction.js';
import { counted, sentence } from '../blocks.js';
import { derived, known, none, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import { ABSENT, type Figures } from '../figures.js';
import type { BoughtItem, ReportInput } from '../input.js';
import type { Block, Column, Paragraph, Said, Table } from '../model.js';
import { named, say } from '../say.js';
import { tableOf, type Line } from '../tables.js';
import type { Sentence } from '../words/change.js';
import { listed } from '../words/listed.js';
import { paragraph, type Names } from '../words/names.js';

/** By department, item and unit, with a quantity above zero. */
export interface Bought {
  readonly matched: readonly { readonly now: BoughtItem; readonly previous: BoughtItem }[];
  /** Listed and not imputed. */
  readonly onlyNow: readonly BoughtItem[];
  readonly onlyPrevious: readonly BoughtItem[];
}

export function boughtInBoth(bought: ReportInput['bought']): Bought {
  const [now, previous] = [byItem(bought.now), byItem(bought.previous)];
  const without = (items: ReadonlyMap<string, BoughtItem>, others: ReadonlyMap<string, BoughtItem>) =>
    [...items].filter(([key]) => !others.has(key)).map(([, item]) => item);
  return {
    matched: [...now]
      .filter(([key]) => previous.has(key))
      .map(([key, item]) => ({ now: item, previous: previous.get(key)! })),
    ...{ onlyNow: without(now, previous), onlyPrevious: without(previous, now) },
  };
}

function byItem(bought: readonly BoughtItem[]): ReadonlyMap<string, BoughtItem> {
  const sums = new Map<string, BoughtItem>();
  for (const each of bought) {
    const { department, item, unit, quantity, amount } = each;
    const key = JSON.stringify([department, item, unit]);
    const before = sums.get(key) ?? { quantity: ZERO, amount: ZERO };
    sums.set(key, { ...each, quantity: before.quantity + quantity, amount: before.amount + amount });
  }
  return new Map([...sums].filter(([, { quantity }]) => quantity > ZERO));
}

const NOTHING_MATCHED = {
  zh: '没有与上期可比的采购项目（同部门、同项目、同计量单位，两期数量均大于零），未计算价格与用量指数。',
  en: 'Nothing was bought in both periods by the same department, of the same item and unit, with a quantity above zero: there are no indices.',
};

export function indexBlocks(facts: Facts, figures: Figures, names: Names, bought: Bought): Block[] {
  if (bought.matched.length === 0) return [sentence(NOTHING_MATCHED)];
  const data = dataOf(facts, bought);
  return [sentenceOf(figures, bought, data), unmatchedOf(figures, names, bought), indexTable(figures, data)];
}

const INDICES = ['laspeyres', 'paasche', 'fisher', 'tornqvist'] as const satisfies readonly (keyof Indices)[];

/** Of prices or of quantities: four ratios, and the indicator in yuan. */
type Side = Readonly<Record<keyof Indices | 'bennet', Datum>>;

interface IndexData {
  readonly price: Side;
  readonly quantity: Side;
  /** What the matched items cost now, less what they cost then. */
  readonly change: Datum;
}

const PLACES = 12;
const NO_INDEX = { zh: '有单价不大于零的项目', en: 'an item has a unit price that is not above zero' };

function dataOf(facts: Facts, { matched }: Bought): IndexData {
  const { now, previous } = facts.input.spans;
  const sums = [facts.sum('explicit_actual', now), facts.sum('explicit_actual', previous)];
  const effect = (value: Exact | null): Datum =>
    derived('effect', sums, () => (value === null ? none(NO_INDEX) : known(value)));
  const outcome = indicesOf(
    matched.map((item) => ({
      ...{ basePrice: priceOf(item.previous), baseQuantity: of(item.previous.quantity) },
      ...{ actualPrice: priceOf(item.now), actualQuantity: of(item.now.quantity) },
    })),
  );
  const side = (which: 'price' | 'quantity'): Side => {
    const ratios = INDICES.map((index) => [index, effect(outcome[which][index])] as const);
    return { ...(Object.fromEntries(ratios) as Side), bennet: effect(outcome.bennet[which].rounded(PLACES)) };
  };
  const change = matched.reduce<Exact>((sum, item) => sum + item.now.amount - item.previous.amount, ZERO);
  return { price: side('price'), quantity: side('quantity'), change: effect(change) };
}

const of = (value: Exact): Fraction => Fraction.of(value, exact('1'));

const PRICE_SCALE = 10n ** 36n;

/** Cut off at 36 decimals: the sum of exact prices of hundreds of items has a denominator without end, and takes minutes. */
const priceOf = ({ quantity, amount }: BoughtItem): Fraction =>
  Fraction.of((amount * PRICE_SCALE) / quantity, PRICE_SCALE);

function sentenceOf(figures: Figures, { matched }: Bought, { price, quantity }: IndexData): Paragraph {
  const what = { zh: '两期都有采购的可比项目数', en: 'items bought in both periods' };
  const count = figures.inText('number', counted(matched.length, what));
  const [prices, quantities] = [figures.inText('index', price.fisher), figures.inText('index', quantity.fisher)];
  const [byPrice, byQuantity] = [figures.inText('wan', price.bennet), figures.inText('wan', quantity.bennet)];
  return paragraph({
    zh: say`与上期可比的采购项目${count}项（同部门、同项目、同计量单位），以上期为100，费雪价格指数${prices}，费雪用量指数${quantities}；其成本变动中，价格影响${byPrice}万元，用量影响${byQuantity}万元（贝内特指标，正数为成本上升）。`,
    en: say`Items bought in both periods (same department, item and unit): ${count}. With the previous period as 100, the Fisher index is ${prices} of prices and ${quantities} of quantities; of the change of their cost, prices make ${byPrice} and quantities ${byQuantity} (Bennet, 10,000 yuan; positive: the cost rises).`,
  });
}

/** What stood only now, or only then; and where there is none of it. */
const UNMATCHED = {
  now: {
    some: { zh: '本期新购', en: 'bought now alone' },
    none: { zh: '没有本期新购的项目', en: 'nothing was bought now alone' },
  },
  previous: {
    some: { zh: '上期有而本期未购', en: 'bought in the previous period alone' },
    none: { zh: '没有上期有而本期未购的项目', en: 'nothing was bought in the previous period alone' },
  },
} as const;

const NOTHING_UNMATCHED = {
  zh: '没有本期新购或上期有而本期未购的项目。',
  en: 'Nothing was bought in one of the two periods alone.',
};

/** IDX-1: new and dropped items are listed, not imputed. */
function unmatchedOf(figures: Figures, names: Names, { onlyNow, onlyPrevious }: Bought): Paragraph {
  const phrase = (items: readonly BoughtItem[], { some, none }: Readonly<Record<'some' | 'none', Said>>): Sentence => {
    if (items.length === 0) return { zh: [none.zh], en: [none.en] };
    const count = figures.inText('number', counted(items.length, { zh: `${some.zh}项目数`, en: `items ${some.en}` }));
    const list = listed(items.map((item) => nameOf(names, item)));
    return { zh: say`${some.zh}${count}项：${list.zh}`, en: say`${count} ${some.en}: ${list.en}` };
  };
  if (onlyNow.length + onlyPrevious.length === 0) return sentence(NOTHING_UNMATCHED);
  const [now, previous] = [phrase(onlyNow, UNMATCHED.now), phrase(onlyPrevious, UNMATCHED.previous)];
  return paragraph({
    zh: say`${now.zh}；${previous.zh}。不可比的项目只列名，不推算价格。`,
    en: say`Not comparable: ${now.en}; ${previous.en}. Such items are listed, and no price is imputed to them.`,
  });
}

function nameOf(names: Names, { department, item, unit }: BoughtItem): Said {
  const [at, what] = [names.department(department), names.item(item)];
  if (unit === '') return { zh: at.zh + what.zh, en: `${at.en} ${what.en}` };
  return { zh: `${at.zh}${what.zh}（${unit}）`, en: `${at.en} ${what.en} (${unit})` };
}

const index = (zh: string, en: string): Column => ({ title: { zh, en }, unit: 'index' });

/** Both indicators together are the change of the cost; indices do not add up. */
function indexTable(figures: Figures, { price, quantity, change }: IndexData): Table {
  const row = (title: Said, side: Side): Line => [title, ...INDICES.map((name) => side[name]), side.bennet];
  return tableOf(figures, {
    ...{ id: 'indices', title: { zh: '可比项目的价格与用量指数', en: 'Indices of matched items' }, unit: 'wan' },
    columns: [
      { title: { zh: '对象', en: 'Of' }, unit: null },
      ...[index('拉氏指数', 'Laspeyres'), index('帕氏指数', 'Paasche'), index('费雪指数', 'Fisher')],
      index('特恩奎斯特指数', 'Törnqvist'),
      { title: { zh: '贝内特影响额', en: 'Bennet indicator' }, unit: 'wan' },
    ],
    body: [row({ zh: '价格', en: 'Prices' }, price), row({ zh: '用量', en: 'Quantities' }, quantity)],
    total: [{ zh: '成本变动', en: 'Change of cost' }, ...INDICES.map(() => named(ABSENT)), change],
  });
}
