/** 附件1 明细表: department × category, the months of the year, what corrects earlier periods, and what is listed and never added. */
import { byCodePoint } from '../../kernel/order.js';
import { periodWords } from '../../synergy/headline.js';
import type { Measure } from '../../synergy/measures.js';
import { CATEGORIES } from '../../synergy/types.js';
import { BLANK, said, sentence, stated, wan, words } from '../blocks.js';
import { known, type Datum } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import type { CorrectionSum, LeftOut, PlaceSum } from '../input.js';
import type { Block, Column, Said, Section } from '../model.js';
import { named } from '../say.js';
import { tableOf } from '../tables.js';
import { CATEGORY_WORDS, MEASURE_WORDS, categoryTitle, measureTitle, type Names } from '../words/names.js';
import { TOTAL } from './top-table.js';

/** The parts of the value and the value, so that each row can be checked by itself (VAL-1). */
const DETAIL_MEASURES = [
  ...(['explicit_actual', 'baseline', 'price_reduction', 'usage_saving', 'amount_saving'] as const),
  ...(['gains', 'inputs', 'implicit_opportunity_saving', 'synergy_value'] as const),
] satisfies readonly Measure[];
const TREND_MEASURES = ['turnover', 'synergy_value', 'price_reduction'] as const satisfies readonly Measure[];
const CORRECTED_MEASURES = [
  ...(['explicit_actual', 'explicit_saving', 'gains', 'inputs', 'synergy_value'] as const),
] satisfies readonly Measure[];

const KIND_WORDS: Readonly<Record<LeftOut['kind'], Said>> = {
  gain: said('增收', 'Gain'),
  input: said('投入', 'Input'),
};
const WHY_WORDS: Readonly<Record<LeftOut['why'], Said>> = {
  annualised: said('年化数', 'annualised'),
  planned: said('计划数', 'planned'),
  claimed: said('财务尚未确认', 'not confirmed by finance'),
};

export function details(facts: Facts, figures: Figures, names: Names): Section {
  const { corrections, leftOut } = facts.input;
  const blocks: Block[] = [
    ...placesTable(facts, figures, names),
    trendTable(facts, figures),
    ...correctionsTable(figures, names, corrections),
    ...leftOutTable(leftOut, figures, names),
  ];
  return { id: 'details', title: said('明细表', 'Detailed tables'), absent: null, blocks };
}

const measureColumns = (measures: readonly Measure[]): Column[] =>
  measures.map((measure) => ({ title: measureTitle(measure), unit: 'wan' }));

function placesTable(facts: Facts, figures: Figures, names: Names): Block[] {
  const periods = facts.input.spans.now;
  const places = [...facts.input.places.now].sort(placeOrder);
  if (places.length === 0) {
    return [
      sentence(said('本期没有数据，没有部门明细。', 'There is no data, and so there are no departments to list.')),
    ];
  }
  const dataOf = ({ department, category, measures }: PlaceSum): Datum[] =>
    DETAIL_MEASURES.map((measure) => ({
      value: known(measures[measure]),
      source: { kind: 'sum', measure, place: { periods, department, category } },
    }));
  const table = tableOf(figures, {
    ...{ id: 'details', title: said('部门与协同分项明细', 'Departments and categories'), unit: 'wan' },
    columns: [words('部门', 'Department'), words('协同分项', 'Category'), ...measureColumns(DETAIL_MEASURES)],
    body: places.map((sum) => [names.department(sum.department), categoryTitle(sum.category), ...dataOf(sum)]),
    total: [TOTAL, BLANK, ...DETAIL_MEASURES.map((measure) => facts.sum(measure, periods))],
  });
  return [table];
}

/** By department; within one as the six synergies are counted. */
function placeOrder(a: PlaceSum, b: PlaceSum): number {
  return byCodePoint(a.department, b.department) || CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category);
}

/** Twelve months, each with the one a year before; what has no data is — and not zero (CMP-1). */
function trendTable(facts: Facts, figures: Figures): Block {
  const at = (code: string | null): Datum[] =>
    TREND_MEASURES.map((measure) => facts.sum(measure, code === null ? null : { from: code, to: code }));
  const lastYear = TREND_MEASURES.map((measure): Column => {
    const { zh, en } = measureTitle(measure);
    return wan(`上年同期${zh}`, `${en}, a year before`);
  });
  return tableOf(figures, {
    ...{ id: 'months', title: said('近十二个月及上年同期', 'The last twelve months and a year before'), unit: 'wan' },
    columns: [words('期间', 'Period'), ...measureColumns(TREND_MEASURES), ...lastYear],
    body: facts.input.spans.trend.map(({ period, lastYear: before }) => [
      ...[periodWords([period]), ...at(period), ...at(before)],
    ]),
  });
}

/** COR-1: within the figures above, on lines of their own. */
function correctionsTable(figures: Figures, names: Names, corrections: readonly CorrectionSum[]): Block[] {
  if (corrections.length === 0) {
    return [sentence(said('本期没有更正以前期间的数据。', 'Nothing corrects an earlier period.'))];
  }
  const data = ({ period, priorPeriod, department, category, measures }: CorrectionSum): Datum[] =>
    CORRECTED_MEASURES.map((measure) => {
      const [reported, corrected] = [periodWords([period]), periodWords([priorPeriod])];
      return stated(measures[measure], {
        zh: `${reported.zh}报告的对${corrected.zh}的更正：部门${department}，${CATEGORY_WORDS[category].zh}，${MEASURE_WORDS[measure].zh}`,
        en: `correction of ${corrected.en} reported in ${reported.en}: department ${department}, ${CATEGORY_WORDS[category].en}, ${MEASURE_WORDS[measure].en}`,
      });
    });
  const table = tableOf(figures, {
    ...{
      id: 'corrections',
      title: said('其中：更正以前期间', 'Of which: corrections of earlier periods'),
      unit: 'wan',
    },
    columns: [
      ...[words('报告期间', 'Reported in'), words('更正期间', 'Corrects')],
      ...[words('部门', 'Department'), words('协同分项', 'Category'), ...measureColumns(CORRECTED_MEASURES)],
    ],
    body: corrections.map((sum) => [
      ...[periodWords([sum.period]), periodWords([sum.priorPeriod])],
      ...[names.department(sum.department), categoryTitle(sum.category), ...data(sum)],
    ]),
  });
  return [table];
}

/** GAI-1: annualised, planned and claimed amounts are listed and never added, so there is no total. */
function leftOutTable(leftOut: readonly LeftOut[], figures: Figures, names: Names): Block[] {
  if (leftOut.length === 0) {
    return [sentence(said('没有未计入的增收和投入。', 'No gains or inputs were left out.'))];
  }
  const table = tableOf(figures, {
    ...{
      id: 'left-out',
      title: said('未计入的增收和投入（只列示，不相加）', 'Gains and inputs left out: listed, never added'),
    },
    unit: 'wan',
    columns: [
      ...[words('期间', 'Period'), words('编号', 'Id'), words('部门', 'Department'), words('协同分项', 'Category')],
      ...[words('类别', 'Kind'), words('未计入的原因', 'Why left out'), wan('金额', 'Amount')],
    ],
    body: leftOut.map(({ id, period, department, category, kind, why, amount }) => [
      ...[periodWords([period]), named(id), names.department(department), categoryTitle(category)],
      ...[KIND_WORDS[kind], WHY_WORDS[why]],
      stated(amount, said(`调整${id}的金额`, `amount of adjustment ${id}`)),
    ]),
  });
  return [table];
}
