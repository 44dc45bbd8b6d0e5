import { Facts } from '../../../analytics/report/facts.js';
import { Figures } from '../../../analytics/report/figures.js';
import { inOrder } from '../../../analytics/report/in-order.js';
import type { ReportInput } from '../../../analytics/report/input.js';
import type { ReportModel, Section } from '../../../analytics/report/model.js';
import { Names } from '../../../analytics/report/words/names.js';

/** A report of one section alone: what reads reports reads it too. */
export function reportOf(
  section: (facts: Facts, figures: Figures, names: Names) => Section,
  given: ReportInput,
): Pick<ReportModel, 'sections' | 'figures'> & ReportModel {
  const [input, figures] = [inOrder(given), new Figures()];
  const sections = [section(new Facts(input), figures, new Names(input))];
  return { restatement: null, annexes: [], sections, figures: figures.all() } as unknown as ReportModel;
}
