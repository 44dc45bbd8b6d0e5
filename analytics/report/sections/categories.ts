/** 二、六大协同分项: each category with its figures, what moved it and why, and its largest departments and items. */
import { CATEGORIES, type Category } from '../../synergy/types.js';
import { percent, said, sentence, wan, words } from '../blocks.js';
import { difference, ratio, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import { ABSENT, shownIn, type Figures } from '../figures.js';
import { largestFirst, partsOf, wholeOf, type Dimension, type Part } from '../item-facts.js';
import type { Bar, Block, Chart, Column, Language, Paragraph, Said, Section, Table } from '../model.js';
import { say } from '../say.js';
import { tableOf } from '../tables.js';
import { itemTitle } from '../words/movers.js';
import { CATEGORY_WORDS, categoryTitle, isYearOnYear, paragraph, previousWords, type Names } from '../words/names.js';
import { categoryWords } from './category-words.js';
import { shareOf } from './shares.js';
import { TOTAL, topOf, topTable } from './top-table.js';

const ROWS = 5;

export function categories(facts: Facts, figures: Figures, names: Names): Section {
  const section = { id: 'categories', title: { zh: '六大协同分项', en: 'The six synergies' } };
  if (wholeOf(facts).now('synergy_value').value.exact === null) return { ...section, absent: NO_DATA, blocks: [] };
  const blocks: Block[] = [sixTable(facts, figures), bridge(facts, figures)];
  for (const category of CATEGORIES) blocks.push(...oneCategory(facts, figures, names, category));
  return { ...section, absent: null, blocks };
}

const NO_DATA = said('本期没有数据', 'there is no data of this period');

function oneCategory(facts: Facts, figures: Figures, names: Names, category: Category): Block[] {
  const heading: Block = { kind: 'heading', text: categoryTitle(category) };
  const parts = partsOf(facts, { category }, ['department', 'item']);
  if (!parts.some(({ isNow }) => isNow)) return [heading, nothingIn(facts, figures, category)];
  return [
    ...[heading, paragraph(categoryWords(facts, figures, names, category, parts))],
    largest(facts, figures, category, 'department', {
      ...{ title: said('主要部门', 'largest departments'), first: words('部门', 'Department') },
      labelOf: (code) => names.department(code),
    }),
    largest(facts, figures, category, 'item', {
      ...{ title: said('主要项目', 'largest items'), first: words('成本项目', 'Item') },
      labelOf: (code) => itemTitle(names, code),
    }),
  ];
}

/** A sentence; with what stood in the span before, where something did. */
function nothingIn(facts: Facts, figures: Figures, category: Category): Paragraph {
  const before = wholeOf(facts, { category }).previous('synergy_value');
  const { zh, en } = CATEGORY_WORDS[category];
  if (!before.value.exact) return sentence(said(`本期没有${zh}的数据。`, `Nothing in ${en} this period.`));
  const [figure, then] = [figures.inText('wan', before), previousWords(facts.input.spans)];
  return paragraph({
    zh: say`本期没有${zh}的数据，${then.zh}协同创效${figure}万元。`,
    en: say`Nothing in ${en} this period; synergy value of ${then.en}: ${figure} × 10,000 yuan.`,
  });
}

interface Largest {
  readonly title: Said;
  readonly first: Column;
  readonly labelOf: (code: string) => Said;
}

/** By synergy value, with the share of the category's. */
function largest(
  facts: Facts,
  figures: Figures,
  category: Category,
  by: Dimension,
  { title, first, labelOf }: Largest,
): Table {
  const whole = wholeOf(facts, { category });
  const parts = partsOf(facts, { category }, [by]).filter(({ isNow }) => isNow);
  const ranked = largestFirst(withValue(parts), ({ now }) => now('synergy_value'));
  const name = categoryTitle(category);
  return topTable(figures, {
    ...{ id: `${category}-${by}s`, unit: 'wan', first, whole },
    title: { zh: `${name.zh}：${title.zh}`, en: `${name.en}: ${title.en}` },
    columns: [
      { column: wan('协同创效', 'Synergy value'), of: ({ now }) => now('synergy_value') },
      { column: wan('价格降本', 'Price reduction'), of: ({ now }) => now('price_reduction') },
      {
        column: percent('占创效%', '% of value'),
        of: ({ now }) => shareOf(now('synergy_value'), whole.now('synergy_value')),
      },
    ],
    entries: topOf(whole, ranked, ROWS, ({ where }) => labelOf(where[by]!)),
  });
}

/** What made neither value nor price reduction is not among the largest, unless nothing else is there. */
function withValue(parts: readonly Part[]): readonly Part[] {
  const made = parts.filter(({ now }) =>
    [now('synergy_value'), now('price_reduction')].some((each) => each.value.exact),
  );
  return made.length === 0 ? parts : made;
}

/** CMP-1: changes of the value, and the plan. */
function sixTable(facts: Facts, figures: Figures): Table {
  const { spans } = facts.input;
  const isOnce = isYearOnYear(spans);
  const line = (where: { readonly category?: Category }): Datum[] => {
    const { now, previous } = wholeOf(facts, where);
    const value = now('synergy_value');
    const plan = facts.plan('synergy_value', spans.now, where);
    return [
      ...[now('turnover'), value, now('price_reduction')],
      ...(isOnce ? [] : [difference(value, previous('synergy_value'))]),
      ...[difference(value, facts.sum('synergy_value', spans.lastYear, where)), plan, ratio(value, plan)],
    ];
  };
  return tableOf(figures, {
    ...{ id: 'categories', title: { zh: '六大协同主要指标', en: 'The six synergies' }, unit: 'wan' },
    columns: [
      ...[words('协同类别', 'Category'), wan('协同额', 'Turnover'), wan('协同创效', 'Synergy value')],
      wan('价格降本', 'Price reduction'),
      ...(isOnce ? [] : [wan('创效环比增减', 'Value against previous')]),
      ...[wan('创效同比增减', 'Value against last year'), wan('创效计划', 'Plan of value')],
      percent('完成%', '% of plan'),
    ],
    body: CATEGORIES.map((category) => [categoryTitle(category), ...line({ category })]),
    total: [TOTAL, ...line({})],
  });
}

/**
 * SAV-1: from the baseline through each category's saving, which leads down, to the actual that was measured against it.
 * COV-1, COV-3: what was measured against nothing, and what was not reported, are bars of their own.
 */
function bridge(facts: Facts, figures: Figures): Chart {
  const { now } = wholeOf(facts);
  const steps = CATEGORIES.map((category): Drawn => ({
    ...{ role: 'step', label: CATEGORY_WORDS[category] },
    datum: wholeOf(facts, { category }).now('explicit_saving'),
  }));
  const bars: readonly Drawn[] = [
    { role: 'level', label: said('基准成本', 'baseline'), datum: now('baseline') },
    ...steps,
    { role: 'level', label: said('已对基准的实际', 'covered actual'), datum: now('covered_actual') },
    {
      ...{ role: 'gap', label: said('未对基准', 'uncovered') },
      datum: difference(now('explicit_actual'), now('covered_actual')),
    },
    { role: 'gap', label: said('应报未报', 'not reported'), datum: now('unreported_baseline') },
  ];
  return {
    ...{ kind: 'chart', shape: 'bridge', id: 'bridge', title: BRIDGE_TITLE, alt: bridgeInWords(bars) },
    bars: bars.map(({ role, label, datum }) => ({
      ...{ role, label, figure: figures.inCell(figures.nextNumber(), 1, 'wan', datum) },
    })),
  };
}

interface Drawn extends Pick<Bar, 'role' | 'label'> {
  readonly datum: Datum;
}

const BRIDGE_TITLE = said('从基准到实际（万元）', 'From baseline to actual (10,000 yuan)');

/** The picture for who does not see it: every bar with its figure. */
function bridgeInWords(bars: readonly Drawn[]): Said {
  const told = (language: Language, between: string, isTold: (role: Bar['role']) => boolean) =>
    bars
      .filter(({ role }) => isTold(role))
      .map(({ label, datum: { value } }) => {
        const shown = value.exact === null ? ABSENT : shownIn('wan', value.exact);
        return language === 'zh' ? label.zh + shown : `${label.en} ${shown}`;
      })
      .join(between);
  const isGap = (role: Bar['role']) => role === 'gap';
  const isBridge = (role: Bar['role']) => role !== 'gap';
  return {
    zh: `桥图：${BRIDGE_TITLE.zh}，经六大协同，节约向下，超支（负数）向上：${told('zh', '、', isBridge)}；另用刻度单列：${told('zh', '、', isGap)}。`,
    en: `Bridge: ${BRIDGE_TITLE.en}, through the six synergies, a saving leading down and overspending (negative) up: ${told('en', ', ', isBridge)}; apart, on a scale of their own: ${told('en', ', ', isGap)}.`,
  };
}
