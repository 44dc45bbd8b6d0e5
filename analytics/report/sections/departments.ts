/** 六、部门完成情况与排名: who reported, who leads, who is below plan, and every department's place. */
import { ZERO } from '../../kernel/exact.js';
import { BLANK, count, counted, percent, said, sentence, wan, words } from '../blocks.js';
import { REASON_WORDS, difference, none, ratio, type Datum } from '../datum.js';
import type { Facts, Where } from '../facts.js';
import { ABSENT, printsAsZero, type Figures } from '../figures.js';
import { largestFirst } from '../item-facts.js';
import type { Block, Column, Language, Paragraph, Said, Section, Table } from '../model.js';
import { joined, named, say } from '../say.js';
import { tableOf, type Line } from '../tables.js';
import type { Sentence } from '../words/change.js';
import { listed } from '../words/listed.js';
import { paragraph, type Names } from '../words/names.js';
import { bulletOf, heatOf } from './department-charts.js';
import { rankingOf, type Ranking, type Standing } from './department-ranking.js';
import { TOTAL } from './top-table.js';

const TITLE = said('部门完成情况与排名', 'Departments: plan and ranking');
const NOTHING_REPORTED = said('本期没有部门上报数据。', 'No department has reported anything in the period.');

export function departments(facts: Facts, figures: Figures, names: Names): Section {
  const ranking = rankingOf(facts.input);
  const { standings } = ranking;
  if (standings.length === 0) return { id: 'departments', title: TITLE, absent: NOTHING_REPORTED, blocks: [] };
  const blocks: Block[] = [
    whoReported(figures, names, ranking),
    whoLeads(facts, figures, names, standings),
    whoIsBelowPlan(facts, figures, names, standings),
    rankingTable(facts, figures, names, ranking),
    heatOf(facts, figures, names, standings),
  ];
  const bullet = bulletOf(facts, figures, names, standings);
  if (bullet !== null) blocks.push(bullet);
  return { id: 'departments', title: TITLE, absent: null, blocks };
}

function whoReported(figures: Figures, names: Names, { standings, silent }: Ranking): Paragraph {
  const number = (all: readonly unknown[], zh: string, en: string) =>
    figures.inText('number', counted(all.length, said(zh, en)));
  const reported = number(standings, '本期上报数据的部门数', 'departments that reported in the period');
  if (silent.length === 0) {
    return paragraph({
      zh: say`本期上报数据的部门${reported}个，没有未上报的部门。`,
      en: say`Departments that reported: ${reported}; none is missing.`,
    });
  }
  const missing = number(silent, '本期未上报数据的部门数', 'departments that reported nothing in the period');
  const list = listed(silent.map((code) => names.department(code)));
  return paragraph({
    zh: say`本期上报数据的部门${reported}个；未上报${missing}个：${list.zh}，不参加排名。`,
    en: say`Departments that reported: ${reported}. Not reported, and not ranked: ${missing}: ${list.en}.`,
  });
}

/** So many places are named; where many share one, so many departments. */
const LEADING = 3;
const NAMED = 10;

function whoLeads(facts: Facts, figures: Figures, names: Names, standings: readonly Standing[]): Paragraph {
  const leaders = standings.filter(({ rank }) => rank <= LEADING);
  const { zh, en } = inARow(leaders, said('、', ', '), ({ department }) => {
    const [name, value] = [names.department(department), figures.inText('wan', valueOf(facts, department))];
    return { zh: say`${name.zh}（${value}万元）`, en: say`${name.en} (${value})` };
  });
  return paragraph({
    zh: say`协同创效居前的是${zh}。`,
    en: say`Highest synergy value, in 10,000 yuan: ${en}.`,
  });
}

/** At most ten, and that there are more. */
function inARow<T>(all: readonly T[], between: Said, phraseOf: (each: T) => Sentence): Sentence {
  const phrases = all.slice(0, NAMED).map(phraseOf);
  const row = (language: Language, more: string) =>
    joined([
      ...phrases.flatMap((phrase, at) => [at === 0 ? '' : between[language], ...phrase[language]]),
      ...(all.length > NAMED ? [more] : []),
    ]);
  return { zh: row('zh', '等'), en: row('en', ' and others') };
}

const valueOf = (facts: Facts, department: string): Datum =>
  facts.sum('synergy_value', facts.input.spans.now, { department });
const planOf = (facts: Facts, department: string): Datum =>
  facts.plan('synergy_value', facts.input.spans.now, { department });

interface Planned {
  readonly department: string;
  readonly value: Datum;
  readonly plan: Datum;
  /** Plan less value. */
  readonly gap: Datum;
}

const NO_PLAN = said(
  '上报数据的部门本期没有协同创效计划，未比较完成情况。',
  'No department that reported has a plan of its synergy value: completion is not compared.',
);

/** CMP-1: of those that reported and have a plan. */
function whoIsBelowPlan(facts: Facts, figures: Figures, names: Names, standings: readonly Standing[]): Paragraph {
  const planned = standings
    .map(({ department }) => plannedOf(facts, department))
    .filter(({ plan }) => plan.value.exact !== null);
  if (planned.length === 0) return sentence(NO_PLAN);
  const below = largestFirst(
    planned.filter(({ gap }) => gap.value.exact! > ZERO),
    ({ gap }) => gap,
  );
  const number = (all: readonly Planned[], zh: string, en: string) =>
    figures.inText('number', counted(all.length, said(zh, en)));
  const total = number(planned, '上报且有计划的部门数', 'departments that reported and have a plan');
  if (below.length === 0) {
    return paragraph({
      zh: say`上报且有计划的部门${total}个，都达到了计划。`,
      en: say`Departments that reported and have a plan: ${total}; each has reached it.`,
    });
  }
  const few = number(below, '低于计划的部门数', 'departments below plan');
  const { zh, en } = inARow(below, said('；', '; '), (each) => belowPlan(figures, names, each));
  return paragraph({
    zh: say`上报且有计划的部门${total}个，其中低于计划的${few}个：${zh}。`,
    en: say`Departments that reported and have a plan: ${total}; below plan: ${few}, in 10,000 yuan: ${en}.`,
  });
}

function plannedOf(facts: Facts, department: string): Planned {
  const [value, plan] = [valueOf(facts, department), planOf(facts, department)];
  return { department, value, plan, gap: difference(plan, value) };
}

function belowPlan(figures: Figures, names: Names, { department, value, plan, gap }: Planned): Sentence {
  const name = names.department(department);
  const [done, planned] = [figures.inText('wan', value), figures.inText('wan', plan)];
  if (printsAsZero('wan', gap.value.exact!)) {
    return {
      zh: say`${name.zh}完成${done}万元，略低于计划${planned}万元`,
      en: say`${name.en} ${done}, just below its plan of ${planned}`,
    };
  }
  const missing = figures.inText('wan', gap);
  return {
    zh: say`${name.zh}完成${done}万元，比计划${planned}万元少${missing}万元`,
    en: say`${name.en} ${done}, ${missing} below its plan of ${planned}`,
  };
}

const COLUMNS: readonly Column[] = [
  ...[count('名次', 'Rank'), words('部门', 'Department')],
  ...[wan('协同额', 'Turnover'), wan('协同创效', 'Synergy value'), wan('价格降本', 'Price reduction')],
  ...[percent('创效率%', 'Value rate %'), wan('计划', 'Plan'), percent('完成%', '% of plan')],
  count('名次上升（负为下降）', 'Places gained (negative: lost)'),
];
const NOT_REPORTED = said('未上报', 'not reported');
const DASH = named(ABSENT);

/** Departments by rank, then those without one, so that the plans add up to the mine's. */
function rankingTable(facts: Facts, figures: Figures, names: Names, ranking: Ranking): Table {
  const { standings, silent, plannedAbove } = ranking;
  const without =
    (rank: Said) =>
    (department: string): Line => [
      ...[rank, names.department(department), DASH, DASH, DASH, DASH],
      ...[hasPlan(facts, department) ? planOf(facts, department) : DASH, DASH, DASH],
    ];
  return tableOf(figures, {
    ...{ id: 'ranking', title: said('部门协同创效排名', 'Departments by synergy value'), unit: 'wan' },
    columns: COLUMNS,
    body: [
      ...standings.map((standing) => standingLine(facts, names, standing)),
      ...silent.map(without(NOT_REPORTED)),
      ...plannedAbove.map(without(DASH)),
    ],
    total: [TOTAL, BLANK, ...amountsOf(facts, {}), BLANK],
  });
}

const hasPlan = (facts: Facts, department: string): boolean => planOf(facts, department).value.exact !== null;

const RANK = said(
  '按协同创效从高到低的名次，相同的并列',
  'place by synergy value from high to low, equal ones share it',
);
const PLACES_GAINED = said('上期名次减本期名次', 'place in the previous period less the present one');

function standingLine(facts: Facts, names: Names, { department, rank, rankBefore }: Standing): Line {
  const gained: Datum =
    rankBefore === null
      ? { value: none(REASON_WORDS.missing), source: { kind: 'stated', what: PLACES_GAINED } }
      : counted(rankBefore - rank, PLACES_GAINED);
  return [counted(rank, RANK), names.department(department), ...amountsOf(facts, { department }), gained];
}

/** Turnover, value, price reduction, value rate (VAL-3), plan and completion (CMP-1). */
function amountsOf(facts: Facts, where: Where): Datum[] {
  const { now } = facts.input.spans;
  const [turnover, value] = [facts.sum('turnover', now, where), facts.sum('synergy_value', now, where)];
  const plan = facts.plan('synergy_value', now, where);
  return [turnover, value, facts.sum('price_reduction', now, where), ratio(value, turnover), plan, ratio(value, plan)];
}
