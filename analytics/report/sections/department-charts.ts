/** Departments as pictures; every number in them stands in a table too, of section 六 or of the annexes. */
import { magnitude } from '../../kernel/exact.js';
import { CATEGORIES } from '../../synergy/types.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import type { Chart } from '../model.js';
import { categoryTitle, type Names } from '../words/names.js';
import type { Standing } from './department-ranking.js';

/** More rows are too low to be read on a page. */
const MOST_ROWS = 30;
const MOST_BARS = 20;

/** Departments × categories, in the order of the ranking; of many departments those of the largest value, of either sign. */
export function heatOf(facts: Facts, figures: Figures, names: Names, standings: readonly Standing[]): Chart {
  const shown = largest(standings, MOST_ROWS, ({ value }) => magnitude(value));
  const { now } = facts.input.spans;
  const tiles = shown.map(({ department }) => {
    const no = figures.nextNumber();
    return CATEGORIES.map((category, at) =>
      figures.inCell(no, at + 1, 'wan', facts.sum('synergy_value', now, { department, category })),
    );
  });
  const title = { zh: '各部门六大协同创效（万元）', en: 'Synergy value by department and category (10,000 yuan)' };
  const cut = cutWords(shown.length, standings.length, {
    zh: '只列协同创效绝对值最大的',
    en: 'the largest by magnitude alone',
  });
  return {
    ...{ kind: 'chart', shape: 'heat', id: 'department-heat', title },
    ...{ rows: shown.map(({ department }) => names.department(department)), tiles },
    columns: CATEGORIES.map(categoryTitle),
    alt: {
      zh: `热力图：${title.zh}，行为部门，按名次排列，列为六大协同${cut.zh}。`,
      en: `Heat map: ${title.en}; rows are departments by rank, columns the six synergies${cut.en}.`,
    },
  };
}

/** Value against plan, of those that have one; null where none has. */
export function bulletOf(facts: Facts, figures: Figures, names: Names, standings: readonly Standing[]): Chart | null {
  const { now } = facts.input.spans;
  const planOf = (department: string) => facts.plan('synergy_value', now, { department });
  const planned = standings
    .map(({ department }) => ({ department, plan: planOf(department) }))
    .filter(({ plan }) => plan.value.exact !== null);
  if (planned.length === 0) return null;
  const shown = largest(planned, MOST_BARS, ({ plan }) => magnitude(plan.value.exact!));
  const bars = shown.map(({ department, plan }) => {
    const no = figures.nextNumber();
    const value = facts.sum('synergy_value', now, { department });
    return {
      label: names.department(department),
      ...{ figure: figures.inCell(no, 1, 'wan', value), plan: figures.inCell(no, 2, 'wan', plan) },
    };
  });
  const title = { zh: '各部门协同创效与计划（万元）', en: 'Synergy value of departments against plan (10,000 yuan)' };
  const cut = cutWords(shown.length, planned.length, { zh: '只列计划最大的', en: 'the largest plans alone' });
  return {
    ...{ kind: 'chart', shape: 'bullet', id: 'department-plan', title, bars },
    alt: {
      zh: `子弹图：${title.zh}，条为实际，短线为计划，按名次排列${cut.zh}。`,
      en: `Bullet chart: ${title.en}; the bar is the value, the mark the plan, by rank${cut.en}.`,
    },
  };
}

/** The largest of them, in the order in which they stood. */
function largest<T>(all: readonly T[], most: number, weightOf: (each: T) => bigint): T[] {
  if (all.length <= most) return [...all];
  const byWeight = all.map((each, at) => ({ each, at, weight: weightOf(each) }));
  byWeight.sort((a, b) => (a.weight === b.weight ? a.at - b.at : a.weight > b.weight ? -1 : 1));
  return byWeight
    .slice(0, most)
    .sort((a, b) => a.at - b.at)
    .map(({ each }) => each);
}

const cutWords = (shown: number, all: number, { zh, en }: { readonly zh: string; readonly en: string }) =>
  shown === all
    ? { zh: '', en: '' }
    : { zh: `；共${all}个部门，${zh}${shown}个`, en: `; of ${all} departments ${shown}, ${en}` };
