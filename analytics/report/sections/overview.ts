/** 一、总体情况: the headline, what moved against which yardstick, and the year as a line. */
import { headlineParts, periodWords, type HeadlineFigures } from '../../synergy/headline.js';
import type { PeriodRange } from '../../synergy/compare.js';
import type { Measure } from '../../synergy/measures.js';
import { difference, rate, ratio, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import { percent, sentence, wan, words } from '../blocks.js';
import type { Block, Chart, Paragraph, Run, Said, Section, Table } from '../model.js';
import { joined, named, say } from '../say.js';
import { tableOf } from '../tables.js';
import { changesOf } from '../words/changes.js';
import { isYearOnYear, measureTitle, paragraph } from '../words/names.js';

/** Rows of the table, in its order. */
const SHOWN_MEASURES = [
  ...(['turnover', 'synergy_value', 'price_reduction', 'usage_saving', 'amount_saving', 'gains', 'inputs'] as const),
  ...(['implicit_opportunity_saving', 'booked_value', 'explicit_actual', 'internal_actual'] as const),
] satisfies readonly Measure[];

export function overview(facts: Facts, figures: Figures): Section {
  const { now, cumulative } = facts.input.spans;
  const blocks: Block[] = [headlineOf(facts, figures, now)];
  if (cumulative !== null) blocks.push(headlineOf(facts, figures, cumulative));
  blocks.push(valueAgainstAll(facts, figures), comparisonTable(facts, figures));
  if (cumulative !== null) blocks.push(cumulativeTable(facts, figures, cumulative));
  blocks.push(yearLine(facts, figures));
  return { id: 'overview', title: { zh: '总体情况', en: 'Overview' }, absent: null, blocks };
}

/** VAL-2, VAL-3: the sentence that the committee reads, with every figure in it to be traced. */
function headlineOf(facts: Facts, figures: Figures, periods: PeriodRange): Paragraph {
  const data = (measure: keyof HeadlineFigures) => facts.sum(measure, periods);
  if (data('turnover').value.exact === null) return sentence(noDataOf(periods));
  const total = facts.total(periods);
  const parts = headlineParts<readonly Run[]>(
    total,
    facts.input.basis.method,
    periodWords([periods.from, periods.to]),
    {
      wan: (name) => [
        figures.inText(
          'wan',
          name === 'rest' ? difference(data('synergy_value'), data('price_reduction')) : data(name),
        ),
      ],
      rate: () => percentRuns(figures, ratio(data('synergy_value'), data('turnover'))),
    },
  );
  return paragraph({ zh: joined(parts.zh.flat()), en: joined(parts.en.flat()) });
}

function noDataOf({ from, to }: PeriodRange): Said {
  const { zh, en } = periodWords([from, to]);
  return { zh: `${zh}没有数据。`, en: `There is no data of ${en}.` };
}

const percentRuns = (figures: Figures, datum: Datum): Run[] => [
  figures.inText('percent', datum),
  ...(datum.value.exact === null ? [] : ['%']),
];

/** 环比、同比 and plan of the value, one clause each (CMP-1). */
function valueAgainstAll(facts: Facts, figures: Figures): Paragraph {
  const { spans } = facts.input;
  const now = facts.sum('synergy_value', spans.now);
  const changes = changesOf(facts, figures, 'synergy_value');
  const plan = facts.plan('synergy_value', spans.now);
  const done = ratio(now, plan);
  const ofPlan =
    done.value.exact === null
      ? { zh: say`${done.value.reason.zh}`, en: say`${done.value.reason.en}` }
      : completion(figures, plan, done);
  return paragraph({
    zh: say`协同创效${changes.zh}；${ofPlan.zh}。`,
    en: say`Synergy value: ${changes.en}; ${ofPlan.en}.`,
  });
}

function completion(figures: Figures, plan: Datum, done: Datum) {
  const [planned, share] = [figures.inText('wan', plan), figures.inText('percent', done)];
  return {
    zh: say`完成计划${planned}万元的${share}%`,
    en: say`${share}% of the plan of ${planned} × 10,000 yuan`,
  };
}

const MEASURE_COLUMN = words('指标', 'Measure');

function comparisonTable(facts: Facts, figures: Figures): Table {
  const { spans } = facts.input;
  const { now, previous, lastYear } = spans;
  const isOnce = isYearOnYear(spans);
  const against = (measure: Measure, then: Datum): Datum[] => {
    const datum = facts.sum(measure, now);
    return [difference(datum, then), rate(datum, then)];
  };
  return tableOf(figures, {
    ...{ id: 'overview', title: { zh: '主要指标及对比', en: 'Main measures and comparison' }, unit: 'wan' },
    columns: [
      ...[MEASURE_COLUMN, wan('本期', 'Now')],
      ...(isOnce ? [] : [wan('环比增减', 'Against previous'), percent('环比%', '%')]),
      ...[wan('同比增减', 'Against last year'), percent('同比%', '%')],
      ...[wan('计划', 'Plan'), percent('完成%', '% of plan')],
    ],
    body: SHOWN_MEASURES.map((measure) => [
      ...[measureTitle(measure), facts.sum(measure, now)],
      ...(isOnce ? [] : against(measure, facts.sum(measure, previous))),
      ...against(measure, facts.sum(measure, lastYear)),
      ...[facts.plan(measure, now), ratio(facts.sum(measure, now), facts.plan(measure, now))],
    ]),
  });
}

function cumulativeTable(facts: Facts, figures: Figures, periods: PeriodRange): Table {
  const { cumulativeLastYear } = facts.input.spans;
  return tableOf(figures, {
    ...{ id: 'cumulative', title: { zh: '本年累计', en: 'Year to date' }, unit: 'wan' },
    columns: [
      ...[MEASURE_COLUMN, wan('累计', 'To date'), wan('上年同期累计', 'Last year')],
      ...[wan('增减', 'Change'), percent('增减%', '%'), wan('累计计划', 'Plan'), percent('完成%', '% of plan')],
    ],
    body: SHOWN_MEASURES.map((measure) => {
      const [now, then] = [facts.sum(measure, periods), facts.sum(measure, cumulativeLastYear)];
      const plan = facts.plan(measure, periods);
      return [measureTitle(measure), now, then, difference(now, then), rate(now, then), plan, ratio(now, plan)];
    }),
  });
}

/** Twelve months with last year's behind them; the numbers stand in the annexed table of months. */
function yearLine(facts: Facts, figures: Figures): Chart {
  const points = facts.input.spans.trend.map(({ period, lastYear }) => {
    const at = (code: string | null) => facts.sum('synergy_value', code === null ? null : { from: code, to: code });
    const no = figures.nextNumber();
    return {
      label: named(period),
      figure: figures.inCell(no, 1, 'wan', at(period)),
      lastYear: figures.inCell(no, 2, 'wan', at(lastYear)),
    };
  });
  const title = { zh: '近十二个月协同创效（万元）', en: 'Synergy value of the last twelve months (10,000 yuan)' };
  return {
    ...{ kind: 'chart', shape: 'line', id: 'year', title, points },
    alt: {
      zh: `折线图：${title.zh}，实线为当期，虚线为上年同期。`,
      en: `Line chart: ${title.en}; solid these periods, dashed those a year before.`,
    },
  };
}
