/** What stands in the way of a closing or was let pass, of a closed period as its closing decided it (section 七). */
import { ZERO, exact, type Exact } from '../../../../../analytics/kernel/exact.js';
import { byCodePoint, byTexts } from '../../../../../analytics/kernel/order.js';
import type { CellIssueLine, OpenCause, ReportInput } from '../../../../../analytics/report/input.js';
import { ISSUE_CODES, type Category, type IssueCode } from '../../../../../analytics/synergy/types.js';
import type { Tx } from '../../../../platform/database/unit-of-work.js';
import type { Reach } from '../../../mines/index.js';
import { CAUSE_TITLES, findPeriod, listReporting, loadChecklist } from '../../../periods/index.js';
import { compareWithBooks } from '../../../reconciliation/index.js';
import { loadIssues } from '../../../synergy/index.js';
import { hasBooks } from '../../db/input/period-books.js';
import type { KeptCause, StandingClosing } from '../../db/input/standing-closings.js';

type Causes = Pick<ReportInput, 'causes' | 'undeclared' | 'unreconciled'>;

/** Of the last period of a report. */
export async function loadCauses(
  tx: Tx,
  reach: Reach,
  closings: readonly StandingClosing[],
  last: string,
): Promise<Causes> {
  const closing = closings.find(({ period }) => period === last);
  return closing === undefined ? causesNow(tx, reach, last) : causesAtClosing(tx, reach.mine, closing);
}

async function causesNow(tx: Tx, reach: Reach, code: string): Promise<Causes> {
  const period = await findPeriod(tx, reach.mine, code);
  const causes = period === null ? [] : (await loadChecklist(tx, reach, period)).causes;
  return {
    ...{ causes: causes.map(openCause), undeclared: await undeclaredOf(tx, reach, code, causes) },
    unreconciled: await unreconciledOf(tx, reach.mine, code, causes, null),
  };
}

/** Nothing closes before every department that is expected to declare has declared (COV-4). */
async function causesAtClosing(tx: Tx, mine: string, { period, causes, closedAt }: StandingClosing): Promise<Causes> {
  const unreconciled = await unreconciledOf(tx, mine, period, causes, closedAt);
  return { causes: causes.map(openCause), undeclared: [], unreconciled };
}

/** A cause names not more departments than a screen shows; a report names all. */
async function undeclaredOf(tx: Tx, reach: Reach, period: string, causes: readonly KeptCause[]): Promise<string[]> {
  const found = causes.find(({ code }) => code === 'not_declared');
  if (found === undefined) return [];
  if (found.lines.length === found.count) return found.lines.map(({ department }) => department!);
  const reporting = await listReporting(tx, reach, period);
  return reporting.flatMap((one) => (one.isExpected && one.declaredBy === null ? [one.department] : []));
}

/**
 * The lines of the cause add up to the difference, unless there are too many to be kept. Of a closed period: books that
 * came later (`closedAt`) say nothing of what was reported.
 */
async function unreconciledOf(
  tx: Tx,
  mine: string,
  period: string,
  causes: readonly KeptCause[],
  closedAt: string | null,
): Promise<Exact | null> {
  const found = causes.find(({ code }) => code === 'unreconciled');
  if (found === undefined) return (await hasBooks(tx, mine, period, closedAt)) ? ZERO : null;
  if (found.lines.length < found.count) return (await compareWithBooks(tx, mine, period)).difference;
  return found.lines.reduce<Exact>((sum, { amountYuan }) => sum + exact(amountYuan!), ZERO);
}

function openCause({ code, count, waiver, lines }: KeptCause): OpenCause {
  const departments = lines.flatMap(({ department }) => department ?? []);
  return {
    ...{ code, title: CAUSE_TITLES[code], count, departments: [...new Set(departments)].sort(byCodePoint) },
    waived: waiver?.reason ?? null,
  };
}

/** What the calculation could not measure, or may have counted twice, in all periods of a report. */
export async function loadIssueLines(
  tx: Tx,
  mine: string,
  closings: readonly StandingClosing[],
  periods: readonly string[],
): Promise<CellIssueLine[]> {
  const closed = new Set(closings.map(({ period }) => period));
  const open = periods.filter((period) => !closed.has(period));
  const live = (await loadIssues(tx, mine, open, {})).map(({ code, department, category, item }) => ({
    ...{ code, department, category: category as Category, item },
  }));
  const order = ({ code, department, category, item }: CellIssueLine) => [code, department, category, item];
  return [...live, ...closings.flatMap(keptIssues)].sort((a, b) => byTexts(order(a), order(b)));
}

function keptIssues({ causes }: StandingClosing): CellIssueLine[] {
  return causes.flatMap(({ code, lines }) =>
    isIssue(code)
      ? lines.map(({ department, category, item }) => ({
          ...{ code, department: department!, category: category as Category, item: item ?? '' },
        }))
      : [],
  );
}

const isIssue = (code: string): code is IssueCode => ISSUE_CODES.some((issue) => issue === code);
