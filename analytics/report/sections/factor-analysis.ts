/** 五、因素分析: what volume, unit consumption and price did to the cost, and price and quantity indices. */
import type { Effect } from '../../factors/orders.js';
import type { Fraction } from '../../kernel/fraction.js';
import { BLANK, counted, heading, sentence, wan, words } from '../blocks.js';
import { derived, known, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import { ABSENT, type Figures } from '../figures.js';
import type { BasketLine } from '../input.js';
import type { Block, Language, Paragraph, Said, Section, Table } from '../model.js';
import { joined, named, say } from '../say.js';
import { tableOf, type Line } from '../tables.js';
import { changeWords, type Sentence } from '../words/change.js';
import { listed } from '../words/listed.js';
import { paragraph, type Names } from '../words/names.js';
import {
  PARTS,
  basketsOf,
  type BasketGroup,
  type Baskets,
  type Obstacle,
  type Ordered,
  type Part,
} from './basket-groups.js';
import { boughtInBoth, indexBlocks } from './price-indices.js';
import { TOTAL } from './top-table.js';

const TITLE = { zh: '因素分析', en: 'Factor analysis' };
const NO_SOURCE = {
  zh: '本期没有定额或数量基准项目的用量，也没有与上期可比的采购项目，无从作因素分析。',
  en: 'Nothing was used under a norm or quantity baseline, and nothing was bought in both periods: there is nothing to analyse.',
};
const NO_BASKET = {
  zh: '本期没有定额或数量基准项目的用量，未作产量、单耗、价格的因素分析。',
  en: 'Nothing was used under a norm or quantity baseline: volume, unit consumption and price are not analysed.',
};

export function factorAnalysis(facts: Facts, figures: Figures, names: Names): Section {
  const { basket } = facts.input;
  const bought = boughtInBoth(facts.input.bought);
  if (basket.length === 0 && bought.matched.length === 0)
    return { id: 'factor-analysis', title: TITLE, absent: NO_SOURCE, blocks: [] };
  const blocks: Block[] = [
    heading('产量、单耗与价格', 'Volume, unit consumption and price'),
    ...(basket.length === 0 ? [sentence(NO_BASKET)] : basketBlocks(facts, figures, names)),
    heading('价格与用量指数', 'Price and quantity indices'),
    ...indexBlocks(facts, figures, names, bought),
  ];
  return { id: 'factor-analysis', title: TITLE, absent: null, blocks };
}

function basketBlocks(facts: Facts, figures: Figures, names: Names): Block[] {
  const baskets = basketsOf(facts.input.basket);
  const blocks: Block[] = [];
  const isAnalysed = baskets.groups.length > 0;
  if (isAnalysed) blocks.push(changeOfCost(facts, figures, baskets), bandOf(facts, figures, baskets));
  if (baskets.leftOut.size > 0) blocks.push(leftOutOf(figures, names, baskets));
  if (isAnalysed) blocks.push(groupTable(facts, figures, names, baskets), bandTable(facts, figures, baskets));
  return blocks;
}

/** Decimals that are kept of what does not end. */
const PLACES = 12;

/** FAC-1 to FAC-3 reckon with volumes, quantities and prices; what their outcome is checked against is the sums. */
const effect = (of: readonly Datum[], yuan: Fraction): Datum =>
  derived('effect', of, () => known(yuan.rounded(PLACES)));

const ofWhole = (facts: Facts): Datum[] => [
  facts.sum('baseline', facts.input.spans.now),
  facts.sum('covered_actual', facts.input.spans.now),
];

function changeOfCost(facts: Facts, figures: Figures, { whole }: Baskets): Paragraph {
  const of = ofWhole(facts);
  const [planned, actual] = [effect(of, whole.planned), effect(of, whole.actual)];
  const [plan, cost] = [figures.inText('wan', planned), figures.inText('wan', actual)];
  const change = changeWords(figures, 'wan', { now: actual, then: planned, name: { zh: '计划', en: 'the plan' } });
  return paragraph({
    zh: say`纳入分析的定额和数量基准项目，计划成本${plan}万元（基准单价×定额×计划业务量），实际成本${cost}万元，${change.zh}。以下影响额正数为成本上升，负数为成本下降。`,
    en: say`Items under a norm or quantity baseline: planned cost ${plan} (baseline price × norm × planned volume), actual cost ${cost} (10,000 yuan), ${change.en}. Below, a positive effect raises the cost and a negative one lowers it.`,
  });
}

const PART_WORDS: Readonly<Record<Part, Said>> = {
  volume: { zh: '产量', en: 'Volume' },
  consumption: { zh: '单耗', en: 'Unit consumption' },
  price: { zh: '价格', en: 'Price' },
  dropped: { zh: '停用项目', en: 'Dropped items' },
  new: { zh: '新增项目', en: 'New items' },
  unsplit: { zh: '缺数量未分解', en: 'Not split, no quantity' },
};

/** What could not be split is the effect of nothing by name. */
const effectWords = (part: Part): Said =>
  part === 'unsplit' ? PART_WORDS.unsplit : { zh: `${PART_WORDS[part].zh}影响`, en: PART_WORDS[part].en };

const isOrdered = (part: Part): part is Ordered => part !== 'new' && part !== 'unsplit';

/** Volume, consumption and price always; the others where there are any (FAC-2). */
function shownParts({ groups, whole }: Baskets): Part[] {
  const isShown = (part: Part) =>
    ['volume', 'consumption', 'price'].includes(part) ||
    groups.some(({ parts }) => !parts[part].isZero) ||
    (isOrdered(part) && [whole.ordered[part].least, whole.ordered[part].most].some((bound) => !bound.isZero));
  return PARTS.filter(isShown);
}

const inOrderOf = ({ whole }: Baskets, part: Part): Fraction =>
  isOrdered(part) ? whole.ordered[part].inOrder : whole[part];

/** FAC-1 and FAC-3: the order that was taken, and what the price would come to in the others. */
function bandOf(facts: Facts, figures: Figures, baskets: Baskets): Paragraph {
  const of = ofWhole(facts);
  const inWan = (yuan: Fraction) => figures.inText('wan', effect(of, yuan));
  const parts = shownParts(baskets).map((part) => [effectWords(part), inWan(inOrderOf(baskets, part))] as const);
  const zh = joined(parts.flatMap(([{ zh }, figure]) => ['，', zh, figure, '万元']));
  const en = joined(parts.flatMap(([{ en }, figure], at) => [at === 0 ? ' ' : ', ', en.toLowerCase(), ' ', figure]));
  const { least, most, shapley } = baskets.whole.ordered.price;
  const [from, to, fair] = [inWan(least), inWan(most), inWan(shapley)];
  return paragraph({
    zh: say`按产量→单耗→价格的次序替代${zh}；各种替代次序下价格影响在${from}至${to}万元之间，沙普利值${fair}万元。`,
    en: say`Substituted in the order volume → unit consumption → price:${en} (10,000 yuan); over all orders the effect of the price lies between ${from} and ${to}, and its Shapley value is ${fair}.`,
  });
}

const OBSTACLE_WORDS: Readonly<Record<Obstacle, Said>> = {
  no_planned_volume: { zh: '缺计划业务量的', en: 'without a planned volume' },
  no_actual_volume: { zh: '缺实际业务量的', en: 'without an actual volume' },
  volume_not_positive: { zh: '业务量不大于零的', en: 'with a volume not above zero' },
};
const OBSTACLES = Object.keys(OBSTACLE_WORDS) as Obstacle[];

function leftOutOf(figures: Figures, names: Names, { leftOut }: Baskets): Paragraph {
  const clauses = OBSTACLES.filter((why) => leftOut.has(why)).map((why): Sentence => {
    const [lines, { zh, en }] = [leftOut.get(why)!, OBSTACLE_WORDS[why]];
    const count = figures.inText('number', counted(lines.length, { zh: `${zh}基准数`, en: `baselines ${en}` }));
    const list = listed(lines.map((line) => nameOf(names, line)));
    return { zh: say`${zh}${count}项（${list.zh}）`, en: say`${count} ${en} (${list.en})` };
  });
  const all = (language: Language, between: string) =>
    joined(clauses.flatMap((clause, at) => [at === 0 ? '' : between, ...clause[language]]));
  return paragraph({
    zh: say`未纳入因素分析：${all('zh', '；')}。`,
    en: say`Left out of the factor analysis: ${all('en', '; ')}.`,
  });
}

function nameOf(names: Names, { department, item }: BasketLine): Said {
  const [at, what] = [names.department(department), names.item(item)];
  return { zh: at.zh + what.zh, en: `${at.en} ${what.en}` };
}

const NO_DRIVER = { zh: '固定数量', en: 'fixed quantity' };

/** Effects in order; the total is of the whole, from its own exact values (RND-3). */
function groupTable(facts: Facts, figures: Figures, names: Names, baskets: Baskets): Table {
  const parts = shownParts(baskets);
  const row = ({ department, driver, ...group }: BasketGroup): Line => {
    const of = sumsOf(facts, { department, ...group });
    return [
      ...[names.department(department), driver === '' ? NO_DRIVER : named(driver)],
      effect(of, group.actual.minus(group.planned)),
      ...parts.map((part) => effect(of, group.parts[part])),
    ];
  };
  const [of, { planned, actual }] = [ofWhole(facts), baskets.whole];
  return tableOf(figures, {
    ...{
      id: 'factors',
      title: { zh: '因素影响（按部门和动因）', en: 'Effects by department and driver' },
      unit: 'wan',
    },
    columns: [
      ...[words('部门', 'Department'), words('动因代码', 'Driver code'), wan('成本变动', 'Change of cost')],
      ...parts.map((part) => wan(PART_WORDS[part].zh, PART_WORDS[part].en)),
    ],
    body: baskets.groups.map(row),
    total: [
      TOTAL,
      BLANK,
      effect(of, actual.minus(planned)),
      ...parts.map((part) => effect(of, inOrderOf(baskets, part))),
    ],
  });
}

const sumsOf = (facts: Facts, { department, categories }: Pick<BasketGroup, 'department' | 'categories'>): Datum[] =>
  categories.flatMap((category) =>
    (['baseline', 'covered_actual'] as const).map((measure) =>
      facts.sum(measure, facts.input.spans.now, { department, category }),
    ),
  );

/** FAC-3 beside FAC-1, for the whole mine. Smallest and largest are of different orders and do not add up. */
function bandTable(facts: Facts, figures: Figures, baskets: Baskets): Table {
  const of = ofWhole(facts);
  const { whole } = baskets;
  const row = (part: Part): Line => {
    const { inOrder, least, most, shapley } = isOrdered(part) ? whole.ordered[part] : withoutOrder(whole[part]);
    return [PART_WORDS[part], ...[inOrder, least, most, shapley].map((yuan) => effect(of, yuan))];
  };
  const change = effect(of, whole.actual.minus(whole.planned));
  return tableOf(figures, {
    ...{ id: 'factor-band', title: { zh: '全矿因素影响及其区间', en: 'Effects of the whole mine, and their band' } },
    unit: 'wan',
    columns: [
      words('因素', 'Factor'),
      wan('按产量→单耗→价格', 'Volume → consumption → price'),
      ...[wan('各次序最小', 'Smallest of all orders'), wan('各次序最大', 'Largest of all orders')],
      wan('沙普利值', 'Shapley value'),
    ],
    body: shownParts(baskets).map(row),
    total: [TOTAL, change, named(ABSENT), named(ABSENT), change],
  });
}

const withoutOrder = (yuan: Fraction): Effect => ({ inOrder: yuan, least: yuan, most: yuan, shapley: yuan });
