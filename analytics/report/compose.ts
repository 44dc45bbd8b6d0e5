/** From what was read to the report: every section, in the order of their numbers. Pure: the same input, the same report. */
import { Facts } from './facts.js';
import { Figures } from './figures.js';
import { inOrder } from './in-order.js';
import type { ReportInput } from './input.js';
import type { ReportModel, Section } from './model.js';
import { categories } from './sections/categories.js';
import { departments } from './sections/departments.js';
import { details } from './sections/details.js';
import { explicitCost } from './sections/explicit-cost.js';
import { factorAnalysis } from './sections/factor-analysis.js';
import { implicitCost } from './sections/implicit-cost.js';
import { methodNotes } from './sections/method-notes.js';
import { nextSteps } from './sections/next-steps.js';
import { overview } from './sections/overview.js';
import { problems } from './sections/problems.js';
import { restated } from './sections/restated.js';
import { Names } from './words/names.js';
import { titleOf } from './words/title.js';

type SectionOf = (facts: Facts, figures: Figures, names: Names) => Section;

/** 一 to 八. */
const SECTIONS: readonly SectionOf[] = [
  ...[overview, categories, explicitCost, implicitCost],
  ...[factorAnalysis, departments, problems, nextSteps],
];
/** 附件1, 附件2. */
const ANNEXES: readonly SectionOf[] = [details, methodNotes];

/** However the rows of the input are ordered, the report is the same. */
export function composeReport(given: ReportInput): ReportModel {
  const input = inOrder(given);
  const [facts, figures, names] = [new Facts(input), new Figures(), new Names(input)];
  const restatement = input.restatement === null ? null : restated(input.restatement, figures, names);
  const composed = (sections: readonly SectionOf[]) => sections.map((section) => section(facts, figures, names));
  return {
    schema: 'six-synergies/report/1',
    ...{ mine: input.mine, periods: input.spans.now, state: input.state, version: input.version },
    ...{ title: titleOf(input), date: input.date, basis: input.basis, restatement },
    ...{ sections: composed(SECTIONS), annexes: composed(ANNEXES) },
    figures: figures.all(),
  };
}
