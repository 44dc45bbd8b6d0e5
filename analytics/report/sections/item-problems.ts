/** Of section 七: overspending and baselines with nothing reported, by department and cost item. */
import { ZERO } from '../../kernel/exact.js';
import type { Measure } from '../../synergy/measures.js';
import { BLANK, counted, said, sentence, wan, words } from '../blocks.js';
import { sumOfData } from '../datum.js';
import type { Facts } from '../facts.js';
import type { Figures } from '../figures.js';
import { partsOf, weightiestFirst, type Part } from '../item-facts.js';
import type { Block, Said } from '../model.js';
import { say } from '../say.js';
import { tableOf, type Line } from '../tables.js';
import { paragraph, type Names } from '../words/names.js';
import { OTHERS, TOTAL } from './top-table.js';

/** The largest of them stand by themselves. */
const LISTED = 10;

/** SAV-1: baseline − covered cost below zero; the largest first, equal ones by code. */
export function overspending(facts: Facts, figures: Figures, names: Names): Block[] {
  if (!hasData(facts)) return [notJudged('超支', 'overspending')];
  const over = weightiestFirst(
    placesWhere(facts, 'explicit_saving', (saving) => saving < ZERO),
    ({ now }) => now('explicit_saving'),
  );
  if (over.length === 0) {
    return [sentence(said('已对基准的显性成本中，未发现超支。', 'No overspending found against any baseline.'))];
  }
  return [overspentSentence(figures, over), overspentTable(figures, names, over)];
}

/** Missing, and not free of problems, where no period of the span has any cell (CMP-1). */
const hasData = (facts: Facts) => facts.sum('explicit_saving', facts.input.spans.now).value.exact !== null;

const notJudged = (zh: string, en: string): Block =>
  sentence(said(`本期没有数据，不能判断${zh}。`, `There is no data: ${en} cannot be judged.`));

/** Departments and items of the span, over all categories and natures, in the order of their codes. */
const placesWhere = (facts: Facts, measure: Measure, holds: (yuan: bigint) => boolean): Part[] =>
  partsOf(facts, {}, ['department', 'item']).filter(({ now }) => holds(now(measure).value.exact!));

function overspentSentence(figures: Figures, over: readonly Part[]): Block {
  const what = said('超支的部门和成本项目数', 'overspent pairs of department and cost item');
  const number = figures.inText('number', counted(over.length, what));
  const sum = sumOfData(over.map(({ now }) => now('explicit_saving')));
  const figure = figures.inText('wan', sum, 'magnitude');
  const how =
    over.length > LISTED
      ? said('，由大到小列出前十项，其余合为一行', '; the ten largest are listed, all others in one row')
      : said('，由大到小列示', '; the largest first');
  return paragraph({
    zh: say`按部门和成本项目，超支${number}项，合计超支${figure}万元${how.zh}。`,
    en: say`Overspent by department and cost item: ${number}, ${figure} × 10,000 yuan in all${how.en}.`,
  });
}

const OVERSPENT_MEASURES = ['baseline', 'covered_actual', 'explicit_saving'] as const satisfies readonly Measure[];

function overspentTable(figures: Figures, names: Names, over: readonly Part[]): Block {
  const sums = (places: readonly Part[]) =>
    OVERSPENT_MEASURES.map((measure) => sumOfData(places.map(({ now }) => now(measure))));
  const [top, others] = [over.slice(0, LISTED), over.slice(LISTED)];
  const rest: Line[] = others.length === 0 ? [] : [[OTHERS, BLANK, ...sums(others)]];
  return tableOf(figures, {
    ...{ id: 'overspending', title: said('超支明细', 'Overspending'), unit: 'wan' },
    columns: [
      ...[words('部门', 'Department'), words('成本项目', 'Cost item'), wan('基准成本', 'Baseline')],
      ...[wan('已对基准的实际', 'Measured cost'), wan('节约（负为超支）', 'Saving (negative: overspent)')],
    ],
    body: [
      ...top.map((place) => [...wordsOf(place, names), ...OVERSPENT_MEASURES.map((measure) => place.now(measure))]),
      ...rest,
    ],
    total: [TOTAL, BLANK, ...sums(over)],
  });
}

/** COV-3: never a saving; each one listed, for each must be reported. */
export function unreportedBaselines(facts: Facts, figures: Figures, names: Names): Block[] {
  if (!hasData(facts)) return [notJudged('应报未报的基准', 'baselines with nothing reported')];
  const places = placesWhere(facts, 'unreported_baseline', (yuan) => yuan !== ZERO);
  if (places.length === 0) {
    return [sentence(said('未发现应报未报的基准。', 'No baseline found with nothing reported against it.'))];
  }
  const total = facts.sum('unreported_baseline', facts.input.spans.now);
  const figure = figures.inText('wan', total);
  const text = paragraph({
    zh: say`应报未报的基准合计${figure}万元，不算节约，按部门和成本项目列示。`,
    en: say`Baselines with nothing reported against them: ${figure} × 10,000 yuan, which is no saving; by department and cost item.`,
  });
  const table = tableOf(figures, {
    ...{ id: 'unreported', title: said('应报未报明细', 'Not reported'), unit: 'wan' },
    columns: [
      ...[words('部门', 'Department'), words('成本项目', 'Cost item')],
      wan('应报未报的基准', 'Baseline not reported'),
    ],
    body: places.map((place) => [...wordsOf(place, names), place.now('unreported_baseline')]),
    total: [TOTAL, BLANK, total],
  });
  return [text, table];
}

const wordsOf = ({ where }: Part, names: Names): Said[] => [
  ...[names.department(where.department!), names.item(where.item!)],
];
