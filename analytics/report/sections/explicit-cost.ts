/** 三、显性成本: price and usage, the items that the cost consists of, and the cost per tonne. */
import { CATEGORIES, type Category } from '../../synergy/types.js';
import { periodWords } from '../../synergy/headline.js';
import { ZERO } from '../../kernel/exact.js';
import { heading, percent, said, wan, words } from '../blocks.js';
import { rate, ratio, sumOfData, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import { printsAsZero, type Figures } from '../figures.js';
import { changeOf, largestFirst, partsOf, wholeOf, type Part, type Sums } from '../item-facts.js';
import type { Block, Chart, Paragraph, Said, Section, Table } from '../model.js';
import { say } from '../say.js';
import { tableOf } from '../tables.js';
import { changeWords, type Sentence } from '../words/change.js';
import { changesOf } from '../words/changes.js';
import { itemTitle } from '../words/movers.js';
import { categoryTitle, paragraph, type Names, previousWords } from '../words/names.js';
import { costPerTonne } from './cost-per-tonne.js';
import { againstPrevious, percentWords, shareOf } from './shares.js';
import { TOTAL, topOf, topTable } from './top-table.js';

const ROWS = 10;
const BARS = 15;

export function explicitCost(facts: Facts, figures: Figures, names: Names): Section {
  const section = { id: 'explicit-cost', title: { zh: '显性成本', en: 'Explicit cost' } };
  const items = partsOf(facts, { nature: 'explicit' }, ['item']);
  if (!items.some(({ isNow }) => isNow)) {
    const absent = said('本期没有显性成本的数据', 'there is no data of explicit cost this period');
    return { ...section, absent, blocks: [] };
  }
  const ranked = largestFirst(items, ({ now }) => now('explicit_actual'));
  const blocks: Block[] = [
    heading('价格与用量', 'Price and usage'),
    ...[costWords(facts, figures), effectWords(facts, figures), categoryTable(facts, figures)],
    heading('主要成本项目', 'Largest cost items'),
    ...[itemTable(facts, figures, names, ranked), ...pareto(facts, figures, names, ranked)],
    heading('吨煤成本', 'Cost per tonne'),
    ...costPerTonne(facts, figures),
  ];
  return { ...section, absent: null, blocks };
}

/** The cost, its changes (CMP-1) and how much of it was measured against a baseline (COV-1). */
function costWords(facts: Facts, figures: Figures): Paragraph {
  const { spans } = facts.input;
  const whole = wholeOf(facts);
  const cost = figures.inText('wan', whole.now('explicit_actual'));
  const changes = changesOf(facts, figures, 'explicit_actual');
  const coverage = coverageWords(figures, whole, previousWords(spans));
  const period = periodWords([spans.now.from, spans.now.to]);
  return paragraph({
    zh: say`${period.zh}显性成本实际${cost}万元，${changes.zh}。${coverage.zh}`,
    en: say`Explicit cost, ${period.en}: ${cost} × 10,000 yuan; ${changes.en}. ${coverage.en}`,
  });
}

function coverageWords(figures: Figures, { now, previous }: Sums, name: Said): Sentence {
  const covered = figures.inText('wan', now('covered_actual'));
  const coverage = ratio(now('covered_actual'), now('explicit_actual'));
  const share = percentWords(figures, coverage);
  const then = ratio(previous('covered_actual'), previous('explicit_actual'));
  const moved =
    coverage.value.exact === null ? { zh: [], en: [] } : changeWords(figures, 'percent', { now: coverage, then, name });
  const comma = moved.zh.length === 0 ? said('', '') : said('，', ', ');
  return {
    zh: say`其中已对基准${covered}万元，覆盖率${share.zh}${comma.zh}${moved.zh}。`,
    en: say`Measured against a baseline: ${covered} × 10,000 yuan, coverage ${share.en}${comma.en}${moved.en}.`,
  };
}

/** SAV-1: baseline − covered actual = price + usage + amount. */
function effectWords(facts: Facts, figures: Figures): Paragraph {
  const { now } = wholeOf(facts);
  const [base, saving] = [figures.inText('wan', now('baseline')), now('explicit_saving')];
  const isOver = saving.value.exact! < ZERO && !printsAsZero('wan', saving.value.exact!);
  const result = figures.inText('wan', saving, 'magnitude');
  const price = figures.inText('wan', now('price_reduction'));
  const usage = figures.inText('wan', now('usage_saving'));
  const amount = figures.inText('wan', now('amount_saving'));
  const reduction = percentWords(figures, ratio(now('price_reduction'), now('price_base')));
  return paragraph({
    zh: say`与基准成本${base}万元相比，${isOver ? '超支' : '节约'}${result}万元：价格影响${price}万元，用量影响${usage}万元，金额影响${amount}万元（节约为正，超支为负）；降价率${reduction.zh}。`,
    en: say`Against the baseline of ${base} × 10,000 yuan: ${isOver ? 'overspent by' : 'saved'} ${result}; price effect ${price}, usage effect ${usage}, amount effect ${amount} (savings positive, overspending negative); price-reduction rate ${reduction.en}.`,
  });
}

function categoryTable(facts: Facts, figures: Figures): Table {
  const line = (where: { readonly category?: Category }): Datum[] => {
    const { now } = wholeOf(facts, where);
    return [
      ...[now('explicit_actual'), now('baseline'), now('price_reduction'), now('usage_saving'), now('amount_saving')],
      ...[now('explicit_saving'), ratio(now('price_reduction'), now('price_base'))],
      ratio(now('covered_actual'), now('explicit_actual')),
    ];
  };
  return tableOf(figures, {
    ...{ id: 'explicit-categories', title: { zh: '显性成本的价格与用量', en: 'Price and usage' }, unit: 'wan' },
    columns: [
      ...[words('协同类别', 'Category'), wan('实际', 'Actual'), wan('基准', 'Baseline')],
      ...[wan('价格影响', 'Price effect'), wan('用量影响', 'Usage effect'), wan('金额影响', 'Amount effect')],
      ...[wan('显性节约', 'Saving'), percent('降价率%', 'Price-reduction rate %')],
      percent('覆盖率%', 'Coverage %'),
    ],
    body: CATEGORIES.map((category) => [categoryTitle(category), ...line({ category })]),
    total: [TOTAL, ...line({})],
  });
}

/** The largest items with their share; the change is against the previous span (CMP-1). */
function itemTable(facts: Facts, figures: Figures, names: Names, ranked: readonly Part[]): Table {
  const whole = wholeOf(facts);
  const total = whole.now('explicit_actual');
  const against = againstPrevious(facts.input.spans);
  return topTable(figures, {
    ...{ id: 'explicit-items', title: { zh: '前十位成本项目', en: 'Ten largest cost items' }, unit: 'wan', whole },
    first: words('成本项目', 'Item'),
    columns: [
      { column: wan('实际', 'Actual'), of: ({ now }) => now('explicit_actual') },
      { column: percent('占比%', 'Share %'), of: ({ now }) => shareOf(now('explicit_actual'), total) },
      {
        column: percent('累计占比%', 'Cumulative %'),
        of: (_, upTo) => shareOf(sumOfData(upTo.map(({ now }) => now('explicit_actual'))), total),
      },
      { column: against.change, of: (sums) => changeOf(sums, 'explicit_actual') },
      {
        column: against.rate,
        of: ({ now, previous }) => rate(now('explicit_actual'), previous('explicit_actual')),
      },
    ],
    entries: topOf(whole, ranked, ROWS, ({ where }) => itemTitle(names, where.item!)),
  });
}

/** Items that cost something; beyond fifteen bars the rest is one. */
function pareto(facts: Facts, figures: Figures, names: Names, ranked: readonly Part[]): Chart[] {
  const costly = ranked.filter(({ now }) => now('explicit_actual').value.exact !== ZERO);
  if (costly.length === 0) return [];
  const atMost = costly.length > BARS ? BARS - 1 : BARS;
  const entries = topOf(wholeOf(facts), costly, atMost, ({ where }) => itemTitle(names, where.item!));
  const title = { zh: '显性成本项目帕累托图（万元）', en: 'Pareto of explicit cost items (10,000 yuan)' };
  return [
    {
      ...{ kind: 'chart', shape: 'pareto', id: 'pareto', title },
      alt: {
        zh: `帕累托图：${title.zh}，按实际成本从大到小，折线为累计占比。`,
        en: `Pareto chart: ${title.en}; largest first, the line is the cumulative share.`,
      },
      bars: entries.map(({ label, sums }) => ({
        label,
        figure: figures.inCell(figures.nextNumber(), 1, 'wan', sums.now('explicit_actual')),
      })),
    },
  ];
}
