import { isValidOn, type Baseline, type Books, type CostRecord, type Period } from './books.js';

/** The records of one department and valued period that match one baseline; without a baseline, one record alone. */
export interface Group {
  readonly baseline: Baseline | undefined;
  readonly department: string;
  readonly period: Period;
  readonly records: readonly CostRecord[];
}

/** BAS-2: the most specific baseline valid on the record's valued date. */
export function baselineFor(books: Books, record: CostRecord): Baseline | undefined {
  const { category, item, nature, department, project, valuedOn } = record;
  const candidates = books.baselines.filter(
    (baseline) =>
      baseline.category === category &&
      baseline.item === item &&
      baseline.nature === nature &&
      isValidOn(valuedOn, baseline.validFrom, baseline.validTo),
  );
  const find = (byProject: string, byDepartment: string): Baseline | undefined =>
    candidates.find((baseline) => baseline.project === byProject && baseline.department === byDepartment);
  const ofProject =
    project !== '' && books.isApproved(project, valuedOn)
      ? (find(project, department) ?? find(project, ''))
      : undefined;
  return ofProject ?? find('', department) ?? find('', '');
}

/** COV-3: may the baseline stand unreported in the period? (explicit and implicit, never a price or a project's) */
function isExpectedIn(baseline: Baseline, { start, end }: Period): boolean {
  const covers = isValidOn(start, baseline.validFrom, '') && isValidOn(end, '', baseline.validTo);
  return baseline.kind !== 'price' && baseline.project === '' && covers;
}

/** Every group of the folder: the matched ones, each unmatched record, and the unreported ones with no records. */
export function groupsOf(books: Books): Group[] {
  const groups: (Group & { records: CostRecord[] })[] = [];
  for (const record of books.records) {
    const baseline = baselineFor(books, record);
    const { department, valuedIn: period } = record;
    const existing = groups.find(
      (group) =>
        baseline !== undefined &&
        group.baseline === baseline &&
        group.department === department &&
        group.period.code === period.code,
    );
    if (existing) existing.records.push(record);
    else groups.push({ baseline, department, period, records: [record] });
  }
  const reported = [...groups];
  for (const period of books.lookedAt) {
    for (const baseline of books.baselines.filter((each) => isExpectedIn(each, period))) {
      if (reported.some((group) => group.baseline === baseline && group.period.code === period.code)) continue;
      groups.push({ baseline, department: baseline.department, period, records: [] });
    }
  }
  return groups;
}
