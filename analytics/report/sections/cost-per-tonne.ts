/** 吨煤成本: what ties to the ledger (TUR-1) ÷ output, of the span and to date; the tonnage and its basis are the mine's. */
import { ZERO, type Exact } from '../../kernel/exact.js';
import { periodWords } from '../../synergy/headline.js';
import type { PeriodRange } from '../../synergy/compare.js';
import { percent, said, sentence, wan, words } from '../blocks.js';
import { REASON_WORDS, difference, known, none, rate, ratio, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import type { Output } from '../input.js';
import type { Block, Paragraph, Said, Table } from '../model.js';
import { say } from '../say.js';
import { tableOf } from '../tables.js';
import { periodsIn } from '../periods-in.js';
import { changeWords } from '../words/change.js';
import { listed } from '../words/listed.js';
import { LAST_YEAR_WORDS, inTitle, paragraph } from '../words/names.js';

interface PerTonne {
  readonly label: Said;
  readonly cost: Datum;
  readonly tonnes: Datum;
  /** Yuan per tonne: a ratio of sums, never a mean of months (CMP-1). */
  readonly now: Datum;
  readonly lastYear: Datum;
}

export function costPerTonne(facts: Facts, figures: Figures): Block[] {
  const { output, spans } = facts.input;
  if (output === null) return [NOT_GIVEN];
  const all = [perTonne(facts, output, spans.now, spans.lastYear, said('本期', 'This period'))];
  if (spans.cumulative !== null) {
    const label = said('本年累计', 'Year to date');
    all.push(perTonne(facts, output, spans.cumulative, spans.cumulativeLastYear, label));
  }
  return [perTonneWords(facts, figures, output, all), perTonneTable(figures, output, all)];
}

const NOT_GIVEN: Paragraph = sentence(
  said('没有给出产量，不计算吨煤成本。', 'No output is given: the cost per tonne is not computed.'),
);

function perTonne(facts: Facts, output: Output, now: PeriodRange, lastYear: PeriodRange | null, label: Said): PerTonne {
  const costOf = (periods: PeriodRange | null) =>
    difference(facts.sum('explicit_actual', periods), facts.sum('internal_actual', periods));
  const [cost, tonnes] = [costOf(now), tonnesOf(facts, output, now)];
  return {
    ...{ label, cost, tonnes, now: ratio(cost, tonnes) },
    lastYear: ratio(costOf(lastYear), tonnesOf(facts, output, lastYear)),
  };
}

/** Of the periods that have a cost, so that both sums are of the same ones; none where one of these has no tonnage. */
function tonnesOf({ input }: Facts, { basis, tonnes }: Output, periods: PeriodRange | null): Datum {
  const { spans } = input;
  const range = periods ?? spans.now;
  const span = periodWords([range.from, range.to]);
  const what = { zh: `${basis.zh}，${span.zh}，吨`, en: `${basis.en}, ${span.en}, tonnes` };
  const codes = periods === null ? [] : periodsIn(spans, periods).filter((code) => spans.withData.has(code));
  if (codes.length === 0) return { value: none(REASON_WORDS.missing), source: { kind: 'stated', what } };
  const without = codes.filter((code) => !tonnes.has(code));
  const value =
    without.length > 0
      ? none(withoutTonnage(basis, without, codes))
      : known(codes.reduce<Exact>((sum, code) => sum + tonnes.get(code)!, ZERO));
  return { value, source: { kind: 'stated', what } };
}

/** Where all of a span is without, the span is named and not each of its periods. */
function withoutTonnage(basis: Said, without: readonly string[], codes: readonly string[]): Said {
  const isAll = without.length === codes.length;
  const { zh, en } = isAll ? periodWords(codes) : listed(without.map((code) => periodWords([code])));
  return { zh: `没有${zh}的${basis.zh}`, en: `no ${basis.en} of ${en}` };
}

function perTonneWords(facts: Facts, figures: Figures, { basis }: Output, all: readonly PerTonne[]): Paragraph {
  const { spans } = facts.input;
  const period = periodWords([spans.now.from, spans.now.to]);
  const [now, cumulative] = all.map((each, at) => {
    const words = oneWords(figures, each);
    return at === 0
      ? { zh: say`${period.zh}${words.zh}`, en: say`${period.en}: ${words.en}` }
      : { zh: say`；本年累计${words.zh}`, en: say`; year to date: ${words.en}` };
  });
  const tail = cumulative ?? { zh: [], en: [] };
  return paragraph({
    zh: say`按${basis.zh}计（显性成本扣除内部结算），${now!.zh}${tail.zh}。`,
    en: say`Per tonne of ${basis.en} (explicit cost less internal settlement), ${now!.en}${tail.en}.`,
  });
}

function oneWords(figures: Figures, { now, lastYear }: PerTonne) {
  if (now.value.exact === null) {
    const { zh, en } = now.value.reason;
    return { zh: say`不计算吨煤成本（${zh}）`, en: say`no cost per tonne (${en})` };
  }
  const figure = figures.inText('yuanPerTonne', now);
  const ago = changeWords(figures, 'yuanPerTonne', { now, then: lastYear, name: LAST_YEAR_WORDS });
  return { zh: say`吨煤成本${figure}元/吨，${ago.zh}`, en: say`${figure} yuan per tonne; ${ago.en}` };
}

function perTonneTable(figures: Figures, { basis }: Output, all: readonly PerTonne[]): Table {
  const inYuan = (zh: string, en: string) =>
    ({ title: { zh: `${zh}（元/吨）`, en: `${en} (yuan per tonne)` }, unit: 'yuanPerTonne' }) as const;
  return tableOf(figures, {
    ...{ id: 'cost-per-tonne', title: { zh: '吨煤成本', en: 'Cost per tonne' }, unit: 'wan' },
    columns: [
      ...[words('期间', 'Period'), wan('成本', 'Cost')],
      { title: { zh: `${basis.zh}（吨）`, en: `${inTitle(basis).en} (tonnes)` }, unit: 'number' },
      ...[inYuan('吨煤成本', 'Cost per tonne'), inYuan('上年同期', 'Last year'), inYuan('增减', 'Change')],
      percent('增减%', 'Change %'),
    ],
    body: all.map(({ label, cost, tonnes, now, lastYear }) => [
      ...[label, cost, tonnes, now, lastYear, difference(now, lastYear), rate(now, lastYear)],
    ]),
  });
}
