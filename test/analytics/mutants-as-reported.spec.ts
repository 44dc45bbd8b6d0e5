import { describe, expect, it } from '@jest/globals';
import { Calendar } from '../../analytics/kernel/calendar.js';
import type { GroupPart, cellsOfGroup } from '../../analytics/synergy/cells.js';
import { computeSynergy, sumsOfRecord, valuedOn, type Inputs } from '../../analytics/synergy/compute.js';
import { NO_SUMS, addSums, type Sums } from '../../analytics/synergy/group.js';
import { BaselineIndex, isApproved, isValidOn } from '../../analytics/synergy/match.js';
import { shown, sumOf, type Measures } from '../../analytics/synergy/measures.js';
import { DIMENSIONS } from '../../analytics/synergy/roll-up.js';
import { readTables } from '../../src/modules/offline/read-folder.js';
import * as typed from '../../src/modules/offline/typed-inputs.js';
import { checkRows } from '../../src/modules/rules/check-rows.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import { METHOD_FILE, readMethod } from '../../src/modules/rules/method.js';
import { bytesOf, loadWith, mutantFolders, type Mutant } from '../support/mutate.js';
import { naiveReported, type Folder } from '../support/naive.js';

type CellsOfGroup = typeof cellsOfGroup;

/** A valid folder as the calculation takes it; every text in it passes for a known code. */
function inputsOf(folder: Folder): Inputs {
  const files = bytesOf(folder);
  const { tables } = readTables(files);
  const texts = new Set([...tables.values()].flatMap((rows) => rows.flatMap(({ values }) => Object.values(values))));
  const codes = texts as ReadonlySet<string>;
  const known = {
    codes: { departments: codes, items: codes, projects: codes },
    itemNatures: new Map<string, string>(),
  };
  const of = (kind: Kind) => checkRows(kind, tables.get(kind) ?? [], known).rows;
  const periods = of('periods').map(({ read }) => ({ code: read.code!, start: read.start!, end: read.end! }));
  return {
    calendar: new Calendar(periods.length > 0 ? periods : null),
    projects: of('projects').map(typed.projectOf),
    records: of('records').map(typed.recordOf),
    baselines: of('baselines').map(typed.baselineOf),
    volumes: of('activities').map(typed.volumeOf),
    rates: of('rates').map(typed.rateOf),
    adjustments: of('adjustments').map(typed.adjustmentOf),
    method: readMethod(files.get(METHOD_FILE)).value,
  };
}

const joined = (...texts: string[]) => texts.join('\u0000');

/** The records of each group by project and by the period that reported them. */
function partsByGroup({ records, projects, baselines, calendar }: Inputs): Map<string, Map<string, GroupPart>> {
  const byCode = new Map(projects.map((project) => [project.code, project]));
  const index = new BaselineIndex(baselines, byCode);
  const groups = new Map<string, Map<string, GroupPart>>();
  for (const record of records) {
    const day = valuedOn(record, calendar);
    const { department, category, item, nature } = record;
    const baseline = index.match(record, day)?.code ?? '';
    const key = joined(department, calendar.ofDate(day)!.code, category, item, nature, baseline);
    const project = record.project ?? '';
    const reportedIn = calendar.ofDate(record.date)!.code;
    const parts = groups.get(key) ?? new Map<string, GroupPart>();
    const before: Sums = parts.get(joined(project, reportedIn))?.sums ?? NO_SUMS;
    const sums = addSums(before, sumsOfRecord(record, isApproved(byCode.get(project), day)));
    groups.set(key, parts.set(joined(project, reportedIn), { project, reportedIn, sums }));
  }
  return groups;
}

/** The rows “as reported”, put together as the service does: every group from its parts, every adjustment in its period. */
function rowsAsReported(cellsOf: CellsOfGroup, folder: Folder): Map<string, Record<string, string>> {
  const inputs = inputsOf(folder);
  const parts = partsByGroup(inputs);
  const startOf = (code: string) => inputs.calendar.ofCode(code)!.start;
  const found = new Map<string, Measures[]>();
  const put = (key: string, measures: Measures) => found.set(key, [...(found.get(key) ?? []), measures]);
  const seen = new Set<string>();
  for (const cell of computeSynergy(inputs).cells) {
    const { department, period, category, item, nature, project, baseline: code } = cell;
    const key = joined(department, period, category, item, nature, code);
    if (nature === '') put(joined(department, period, category, item, nature, project, ''), cell.measures);
    if (nature === '' || seen.has(key)) continue;
    seen.add(key);
    const baseline = inputs.baselines.find((each) => each.code === code) ?? null;
    const volume = inputs.volumes.find(
      (v) => v.department === department && v.period === period && v.driver === baseline?.driver,
    );
    const rate = inputs.rates.find(
      (each) => each.item === item && isValidOn(each, inputs.calendar.ofCode(period)!.end),
    );
    const around = { volume: volume?.actual ?? null, rate: rate?.rate ?? null };
    const group = { nature, baseline, period, parts: [...(parts.get(key)?.values() ?? [])], around };
    const { cells } = cellsOf(group as Parameters<CellsOfGroup>[0], inputs.method, startOf);
    for (const { project: of, reportedIn, measures } of cells) {
      const prior = reportedIn === period ? '' : period;
      put(joined(department, reportedIn, category, item, nature, of, prior), measures);
    }
  }
  return new Map([...found].map(([key, measures]) => [key, shown(sumOf(measures))]));
}

const expected = mutantFolders.map((folder) => {
  const { rows } = naiveReported(folder, DIMENSIONS);
  return new Map(
    rows.map((row) => [joined(...DIMENSIONS.map((name) => row[name]!), row.priorPeriod!), { ...row.measures }]),
  );
});

const inOrder = (rows: Map<string, Record<string, string>>) =>
  JSON.stringify([...rows].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, row]) => [key, Object.entries(row).sort()]));

/** The number of the first folder whose rows are not the oracle's; null when there is none. */
function firstDifference(cellsOf: CellsOfGroup): number | null {
  const at = mutantFolders.findIndex((folder, i) => inOrder(rowsAsReported(cellsOf, folder)) !== inOrder(expected[i]!));
  return at < 0 ? null : at + 1;
}

const FILE = 'analytics/synergy/cells.ts';
const cellsWith = async (mutant: Mutant | null): Promise<CellsOfGroup> =>
  (await loadWith<{ cellsOfGroup: CellsOfGroup }>(mutant, FILE)).cellsOfGroup;

describe('“as reported” (COR-1)', () => {
  it('agrees with the oracle, in an exact copy (control)', async () => {
    const cellsOf = await cellsWith(null);
    for (const [at, folder] of mutantFolders.entries()) expect(rowsAsReported(cellsOf, folder)).toEqual(expected[at]);
  });

  it('has something to agree on: corrections, some of them from earlier than what they correct', () => {
    const priors = expected.flatMap((rows) => [...rows].filter(([key]) => !key.endsWith('\u0000')));
    expect(priors.length).toBeGreaterThan(200);
    expect(priors.some(([, row]) => row['unreported_baseline'].startsWith('-'))).toBe(true);
    expect(priors.some(([, row]) => Object.values(row).every((yuan) => yuan === '0.00'))).toBe(true);
  });

  it.each([
    ['what was shown before shown again', '    before = now;\n', ''],
    [
      'only the newest reports known',
      'startOf(part.reportedIn) <= startOf(reportedIn)',
      'part.reportedIn === reportedIn',
    ],
    ['later reports known before they came', 'startOf(part.reportedIn) <= startOf(reportedIn)', 'part !== null'],
    ['the newest reports first', 'startOf(a) < startOf(b) ? -1 : 1', 'startOf(a) < startOf(b) ? 1 : -1'],
    ['its own period forgotten', 'new Set([group.period, ...', 'new Set([...'],
    ['never unreported before the first report', '!(group.baseline && expectsReport(group.baseline))', 'true'],
    [
      'unreported before the first report, price or not',
      '!(group.baseline && expectsReport(group.baseline))',
      '!group.baseline',
    ],
    ['corrections that change nothing left out', 'isFirst || hasLine || Object', 'isFirst || Object'],
    ['first lines of zeros left out', 'isFirst || hasLine || Object', 'Object'],
    [
      'changes of other projects left out',
      'hasLine || Object.values(change).some((value) => value !== ZERO)',
      'hasLine',
    ],
    [
      'everything known shown in its own period',
      'cells.push({ project, reportedIn,',
      'cells.push({ project, reportedIn: group.period,',
    ],
  ])('notices a deliberate defect: %s', async (defect, from, to) => {
    expect(firstDifference(await cellsWith({ clause: 'COR-1', defect, file: FILE, from, to }))).not.toBeNull();
  });
});
