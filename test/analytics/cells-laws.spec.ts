import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ZERO } from '../../analytics/kernel/exact.js';
import { cellsOfGroup, type Group, type GroupCell, type GroupPart } from '../../analytics/synergy/cells.js';
import { sumsOfRecord } from '../../analytics/synergy/compute.js';
import { NO_SUMS, addSums, baselineMeasures, recordMeasures, standingOf } from '../../analytics/synergy/group.js';
import { complete, sumOf } from '../../analytics/synergy/measures.js';
import {
  DEFAULT_METHOD,
  NATURES,
  type Baseline,
  type BaselineKind,
  type Nature,
} from '../../analytics/synergy/types.js';

/** PROPERTY_RUNS=10000 widens the run, PROPERTY_SEED repeats one. */
const RUNS = {
  numRuns: Number(process.env.PROPERTY_RUNS ?? 300),
  seed: Number(process.env.PROPERTY_SEED ?? Date.now() % 2 ** 31),
};

const PERIODS = ['2023-01', '2023-02', '2023-03'];
const PROJECTS = ['', 'P1', 'P2'];

const fen = fc.integer({ min: -5_000_000, max: 20_000_000 }).map((count) => BigInt(count) * 10n ** 16n);
const micro = fc.integer({ min: 1, max: 900_000_000 }).map((count) => BigInt(count) * 10n ** 12n);
const quantity = fc.oneof(
  fc.constant(ZERO),
  micro,
  micro.map((count) => -count),
);

function baselineOf(nature: Nature, kind: BaselineKind, driver: string | null) {
  const figures = fc.record({ price: micro, norm: micro, quantity: micro, amount: fen, planned: micro, fixed: fen });
  return fc.tuple(figures, fc.constantFrom(null, 'P1')).map(([given, project]): Baseline => ({
    ...{ code: 'B', kind, department: 'CM1', category: 'resource', item: '0104', nature, project },
    ...{ validFrom: null, validTo: null, unit: null, driver },
    unitPrice: nature === 'explicit' && kind !== 'amount' ? given.price : null,
    norm: kind === 'norm' ? given.norm : null,
    quantity: kind === 'quantity' ? given.quantity : null,
    amount: kind === 'amount' ? given.amount : null,
    plannedVolume: kind === 'amount' && driver !== null ? given.planned : null,
    fixedAmount: kind === 'amount' && driver !== null ? given.fixed : null,
  }));
}

function baseline(nature: Nature): fc.Arbitrary<Baseline | null> {
  const measured = [
    baselineOf(nature, 'norm', 't'),
    baselineOf(nature, 'quantity', null),
    baselineOf(nature, 'amount', null),
    baselineOf(nature, 'amount', 't'),
  ];
  const price = nature === 'explicit' ? [baselineOf(nature, 'price', null)] : [];
  return fc.oneof(fc.constant(null), ...measured, ...price);
}

/** One record; nine in ten have a quantity. */
const part = (nature: Nature): fc.Arbitrary<GroupPart> =>
  fc
    .record({
      ...{ project: fc.constantFrom(...PROJECTS), reportedIn: fc.constantFrom(...PERIODS) },
      ...{
        quantity: fc.option(quantity, { freq: 9 }),
        amount: fen,
        isInternal: fc.boolean(),
        isApproved: fc.boolean(),
      },
    })
    .map(({ project, reportedIn, quantity: count, amount, isInternal, isApproved }) => {
      const given = nature === 'explicit' || count === null ? amount : null;
      return {
        project,
        reportedIn,
        sums: sumsOfRecord({ nature, quantity: count, amount: given, isInternal }, isApproved),
      };
    });

/** A group of February: records reported before, in and after it. */
const group: fc.Arbitrary<Group> = fc.constantFrom(...NATURES).chain((nature) =>
  fc.record({
    ...{ nature: fc.constant(nature), baseline: baseline(nature), period: fc.constant('2023-02') },
    parts: fc.array(part(nature), { maxLength: 6 }),
    around: fc.record({ volume: fc.option(micro, { freq: 6 }), rate: micro }),
  }),
);

const cellsOf = (of: Group) => cellsOfGroup(of, DEFAULT_METHOD, (code) => code);
/** What the cells of each project come to; zeros where it has none. */
const byProject = (cells: readonly GroupCell[]) =>
  PROJECTS.map((project) =>
    sumOf([
      complete({}, DEFAULT_METHOD),
      ...cells.filter((cell) => cell.project === project).map((cell) => cell.measures),
    ]),
  );

describe(`laws of a group’s cells (seed ${RUNS.seed})`, () => {
  it('linearity (GRN-2): the lines of its records and of its baseline sum to its cells', () => {
    fc.assert(
      fc.property(group, (of) => {
        const standing = standingOf(of.baseline, of.parts.map(({ sums }) => sums).reduce(addSums, NO_SUMS), of.around);
        const lines = of.parts.map(({ project, sums }): GroupCell => ({
          project,
          reportedIn: of.period,
          measures: complete(recordMeasures(of.nature, standing, sums, of.around.rate), DEFAULT_METHOD),
        }));
        const ofBaseline = baselineMeasures(of.nature, standing);
        if (ofBaseline && (of.parts.length > 0 || of.baseline!.project === null)) {
          const measures = complete(ofBaseline, DEFAULT_METHOD);
          lines.push({ project: of.baseline!.project ?? '', reportedIn: of.period, measures });
        }
        expect(byProject(cellsOf(of).cells)).toEqual(byProject(lines));
      }),
      RUNS,
    );
  });

  it('COR-1: what was reported up to a period is what was known then', () => {
    fc.assert(
      fc.property(group, fc.constantFrom(...PERIODS), (of, until) => {
        const parts = of.parts.filter((each) => each.reportedIn <= until);
        const then = { ...of, parts: parts.map((each) => ({ ...each, reportedIn: of.period })) };
        const known = parts.length === 0 && until < of.period ? [] : cellsOf(then).cells;
        const reported = cellsOf(of).cells.filter((cell) => cell.reportedIn <= until);
        expect(byProject(reported)).toEqual(byProject(known));
      }),
      RUNS,
    );
  });

  it('how records are put together into parts, and in which order, does not matter', () => {
    fc.assert(
      fc.property(group, (of) => {
        const merged = new Map<string, GroupPart>();
        for (const each of [...of.parts].reverse()) {
          const key = `${each.project} ${each.reportedIn}`;
          merged.set(key, { ...each, sums: addSums(merged.get(key)?.sums ?? NO_SUMS, each.sums) });
        }
        const inOrder = ({ cells, issue }: ReturnType<typeof cellsOf>) => [
          issue,
          ...cells
            .map((cell) => [`${cell.reportedIn} ${cell.project}`, cell.measures] as const)
            .sort(([a], [b]) => (a < b ? -1 : 1)),
        ];
        expect(inOrder(cellsOf({ ...of, parts: [...merged.values()] }))).toEqual(inOrder(cellsOf(of)));
      }),
      RUNS,
    );
  });
});
