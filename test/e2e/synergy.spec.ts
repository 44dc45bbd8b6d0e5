import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SynergyRow } from '../../src/modules/synergy/app/answer-synergy.js';
import type { PivotAnswer } from '../../src/modules/synergy/app/pivot-synergy.js';
import type { RowKey } from '../../src/modules/synergy/db/cell-queries.js';
import {
  naive,
  naiveLines,
  naiveReported,
  MEASURES,
  type Dimension,
  type Folder,
  type NaiveLine,
} from '../support/naive.js';
import { parsed, plus, shownYuan, ZERO } from '../support/naive/fraction.js';
import { rowsOf } from '../support/naive/table.js';
import { randomFolder } from '../support/random-folder.js';
import { expectedComparison } from '../support/expected-comparison.js';
import { SynergyService } from '../support/synergy-service.js';

/** The stored cells behind real HTTP against the oracle, on random folders. FOLDERS=100 widens the run. */
const FOLDERS = Number(process.env.FOLDERS ?? 4);
const SEEDS = Array.from({ length: FOLDERS }, (_, i) => 1_000 + i);

const ALL: readonly Dimension[] = ['department', 'period', 'category', 'item', 'nature', 'project'];
const GROUPINGS: readonly (readonly Dimension[])[] = [
  ['department', 'period', 'category'],
  ['period', 'project'],
  ['nature', 'item'],
  ALL,
  [],
];

let service: SynergyService;
beforeAll(async () => {
  service = await SynergyService.start();
});
afterAll(() => service.stop());

/** Of a row, what `compute` says of it too. */
const asComputed = (row: SynergyRow, names: readonly string[]) => ({
  ...Object.fromEntries(names.map((name) => [name, row[name as RowKey]])),
  measures: row.measures,
});

describe.each(SEEDS)('random folder %i', (seed) => {
  const folder = randomFolder(seed);
  const mine = `mine-${seed}`;
  beforeAll(() => service.take(mine, folder));

  it.each(GROUPINGS.map((by) => [by.join(',')]))('by %s: rows, total, issues and method of compute', async (by) => {
    const dimensions = (by === '' ? [] : by.split(',')) as Dimension[];
    const answer = await service.get(mine, { by });
    const { rows, total, issues, method } = naive(folder, dimensions);
    expect(answer.rows.map((row) => asComputed(row, dimensions))).toEqual(rows);
    expect(answer).toMatchObject({ by: dimensions, method, total, issues, asOf: 'known' });
  });

  it.each(GROUPINGS.map((by) => [by.join(',')]))('by %s: as reported (COR-1)', async (by) => {
    const dimensions = (by === '' ? [] : by.split(',')) as Dimension[];
    const names = dimensions.includes('period') ? [...dimensions, 'priorPeriod'] : dimensions;
    const answer = await service.get(mine, { by, asOf: 'reported' });
    const { rows, total } = naiveReported(folder, dimensions);
    expect(answer.rows.map((row) => asComputed(row, names))).toEqual(rows);
    expect(answer).toMatchObject({ total, issues: [] });
  });

  it('the lines are those of the oracle, page by page, each in full', async () => {
    const expected = naiveLines(folder).map(placeOf);
    const listed = await service.lines(mine, { limit: '7' });
    expect(listed.map(placeOf).sort(byText)).toEqual(expected.sort(byText));
    const kinds = listed.map(({ kind }) => ['record', 'baseline', 'adjustment'].indexOf(kind));
    expect(kinds).toEqual([...kinds].sort());
  });

  it.each([[ALL.join(',')], ['department,category'], ['project'], ['']])(
    'the lines behind every row by %s add up to it',
    async (by) => {
      const { rows, total } = await service.get(mine, { by });
      for (const { measures, ...row } of rows) {
        const place = Object.fromEntries(ALL.filter((name) => name in row).map((name) => [name, row[name]]));
        expect(added(await service.lines(mine, { ...place, limit: '200' }))).toEqual(measures);
      }
      expect(added(await service.lines(mine, { limit: '50' }))).toEqual(total);
    },
  );

  it('a filter leaves exactly its lines, and their issues', async () => {
    const lines = naiveLines(folder);
    const { issues } = naive(folder);
    for (const { query, holds } of filtersOf(folder, lines)) {
      const answer = await service.get(mine, { by: '', ...query });
      expect({ query, total: answer.total }).toEqual({ query, total: added(lines.filter(holds)) });
      expect(answer.rows).toHaveLength(lines.some(holds) ? 1 : 0);
      expect(answer.headline === undefined).toBe(Object.keys(query).some((name) => name !== 'period'));
      // An issue belongs to every project that its group has a line of.
      const ofGroup = (issue: (typeof issues)[number]) => (line: NaiveLine) =>
        GROUP.every((name) => line[name] === issue[name]) && holds(line);
      expect(answer.issues).toEqual(issues.filter((issue) => lines.some(ofGroup(issue))));
    }
  });

  it('as reported, a row looks back to the period before, and a correction to the correction before', async () => {
    const answer = await service.get(mine, { by: 'department,period', asOf: 'reported', compare: 'previous' });
    const { periods, before } = await service.calendar(mine);
    const back = (code: string) => (code === '' ? '' : before(code));
    for (const row of answer.rows) {
      expect(periods).toContain(row.period);
      const then = answer.rows.find(
        (other: typeof row) =>
          other.department === row.department &&
          other.period === back(row.period!) &&
          other.priorPeriod === back(row.priorPeriod!),
      );
      const found = MEASURES.map((measure) => row.compare!.previous![measure]!.then);
      expect(found).toEqual(MEASURES.map((measure) => then?.measures[measure] ?? null));
    }
  });

  it('compares as the oracle does (CMP-1)', async () => {
    const { periods } = await service.calendar(mine);
    const ranges = [null, [periods[0]!, periods[0]!], [periods[1] ?? periods[0]!, periods.at(-1)!]] as const;
    for (const by of ['department,period,category', 'category', 'item', '']) {
      for (const range of ranges) {
        const query = { by, compare: 'previous,last_year,plan', ...(range && { period: range.join('..') }) };
        const answer = await service.get(mine, query);
        const dimensions = (by === '' ? [] : by.split(',')) as Dimension[];
        const expected = expectedComparison(folder, dimensions, range, periods);
        for (const row of answer.rows) expect(row.compare).toEqual(expected.ofRow(row));
        expect(answer.totalCompare).toEqual(expected.ofTotal());
      }
    }
  });

  it('pivots the same figures, and shares add up to one', async () => {
    const { rows: cells } = naive(folder, ['department', 'category']);
    const byDepartment = naive(folder, ['department']).rows;
    const byCategory = new Map(naive(folder, ['category']).rows.map(({ category, measures }) => [category, measures]));
    const pivot = await service.get<PivotAnswer>(mine, { measure: 'explicit_actual' }, '/pivot');
    expect(pivot.columnTotals).toEqual(pivot.columns.map((code: string) => byCategory.get(code)?.explicit_actual));
    expect([...pivot.columns].sort()).toEqual([...byCategory.keys()].sort());
    expect(pivot.total).toBe(naive(folder).total.explicit_actual);
    for (const { department, measures } of byDepartment) {
      const row = pivot.rows.find(({ code }) => code === department)!;
      expect(row.total).toBe(measures.explicit_actual);
      const own = cells.filter((cell) => cell.department === department);
      const amounts = pivot.columns.map(
        (column: string) => own.find(({ category }) => category === column)?.measures.explicit_actual ?? null,
      );
      expect(row.cells).toEqual(amounts);
    }
    if (pivot.total !== '0.00') expect(pivot.rows.at(-1)!.cumulativeShare).toBe('1.000000');
  });
});

const GROUP = ['department', 'period', 'category', 'item', 'nature', 'baseline'] as const;

interface Filter {
  readonly query: Readonly<Record<string, string>>;
  readonly holds: (line: NaiveLine) => boolean;
}

/** Each kind of filter by itself with every value there is, “none” among them, and a few together. */
function filtersOf(folder: Folder, lines: readonly NaiveLine[]): Filter[] {
  const single = ALL.flatMap((name) =>
    [...new Set(lines.map((line) => line[name]))].map((value) => ({
      query: { [name]: value },
      holds: (line: NaiveLine) => line[name] === value,
    })),
  );
  const parents = new Map(rowsOf(folder, 'departments.csv').map((row) => [row('code'), row('parent')]));
  const isUnder = (code: string | undefined, top: string): boolean =>
    code !== undefined && (code === top || isUnder(parents.get(code), top));
  const under = [...parents.keys()].map((top) => ({
    query: { under: top },
    holds: ({ department }: NaiveLine) => isUnder(department, top),
  }));
  const both = single.slice(0, 12).map((first, i) => {
    const second = under[i % under.length]!;
    return {
      query: { ...first.query, ...second.query },
      holds: (line: NaiveLine) => first.holds(line) && second.holds(line),
    };
  });
  return [...single, ...under, ...both];
}

const byText = (a: string, b: string) => (a < b ? -1 : 1);

/** A line as a text: what it is, where it lies, and its exact measures. */
function placeOf(line: NaiveLine): string {
  const { kind, id, department, period, category, item, nature, project, baseline, measures } = line;
  const figures = MEASURES.map((measure) => measures[measure]);
  return [kind, id, department, period, category, item, nature, project, baseline, ...figures].join('|');
}

/** RND-3: exact parts added up and rounded once. */
const added = (lines: readonly NaiveLine[]) =>
  Object.fromEntries(
    MEASURES.map((measure) => [
      measure,
      shownYuan(lines.reduce((sum, line) => plus(sum, parsed(line.measures[measure])), ZERO)),
    ]),
  );
