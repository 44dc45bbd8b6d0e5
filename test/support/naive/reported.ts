import type { Books, Period } from './books.js';
import { minus } from './fraction.js';
import { groupLines, adjustmentLines, isZeroLine, MEASURES, type Line, type Measures } from './lines.js';
import { groupsOf, type Group } from './matching.js';

/** COR-1: a line as it was reported; priorPeriod is the period it values where that is not the posting period, else ''. */
export interface ReportedLine extends Line {
  readonly priorPeriod: string;
}

const difference = (now: Measures, then: Measures): Measures =>
  Object.fromEntries(MEASURES.map((measure) => [measure, minus(now[measure], then[measure])])) as Measures;

/**
 * The states of a group in the order of posting: what was known of it in each posting period, and in its own
 * period (where it may have stood as unreported). Each state's change is shown in the period that brought it; a
 * line that did not change is not shown again.
 */
function reportedGroup(books: Books, group: Group): ReportedLine[] {
  const own = group.period;
  const postings = new Map<string, Period>(
    [own, ...group.records.map(({ postedIn }) => postedIn)].map((p) => [p.code, p]),
  );
  const inOrder = [...postings.values()].sort((a, b) => (a.start < b.start ? -1 : 1));
  const known = new Map<string, Line>();
  const shown: ReportedLine[] = [];
  for (const posting of inOrder) {
    const records = group.records.filter(({ postedIn }) => postedIn.start <= posting.start);
    if (records.length === 0 && group.baseline === undefined) continue;
    for (const line of groupLines(books, { ...group, records }).lines) {
      const key = `${line.kind} ${line.id}`;
      const then = known.get(key);
      const change = then ? { ...line, measures: difference(line.measures, then.measures) } : line;
      known.set(key, line);
      if (then && isZeroLine(change)) continue;
      shown.push({ ...change, period: posting.code, priorPeriod: posting.code === own.code ? '' : own.code });
    }
  }
  return shown;
}

/** The lines of the “as reported” view; baselines and adjustments stand in their own period. */
export function reportedLines(books: Books): ReportedLine[] {
  const adjustments = adjustmentLines(books).map((line) => ({ ...line, priorPeriod: '' }));
  return [...groupsOf(books).flatMap((group) => reportedGroup(books, group)), ...adjustments];
}
