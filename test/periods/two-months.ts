/**
 * A small mine with January and February 2023, each month alike, and what its closing needs. By month:
 * - CM1 resource 0104: q = 10, A = 900, P0 = 100 → price reduction 100·10 − 900 = 100
 * - CM1 management 02: Q0 = 2 × 100 = 200, q = 190, P0 = 10, A = 1,900 → usage 10·(200 − 190) = 100
 * - JD idle machine: 380 × (60 − 46) = 5,320 opportunity saving
 * - JD industry 05, project P1 (January), P2 (February), internal: turnover 1,000, no baseline
 * - CM1 business: gain 500, confirmed and realised
 */
import { expect } from '@jest/globals';
import type { Dimension } from '../../analytics/synergy/roll-up.js';
import { closePeriod } from '../../src/modules/periods/app/close-period.js';
import { changeDeclarations } from '../../src/modules/periods/app/declare.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import { rowValues } from '../../src/modules/rules/row-dto.js';
import { answerSynergy, type SynergyAnswer } from '../../src/modules/synergy/app/answer-synergy.js';
import type { View } from '../../src/modules/synergy/db/cell-queries.js';
import { csvOf, type Fields } from '../db/kept-books.js';
import type { Door, Fate } from '../support/door.js';

export const JANUARY = '2023-01';
export const FEBRUARY = '2023-02';
export const MARCH = '2023-03';

const LAST_DAYS: Readonly<Record<string, string>> = { [JANUARY]: '31', [FEBRUARY]: '28' };
const lastDay = (month: string) => `${month}-${LAST_DAYS[month]}`;

export const DEPARTMENTS = ['CM1', 'JD', 'KS'];

/** Of a baseline or rate that holds in one month alone. */
const inMonth = (month: string) => ({ valid_from: `${month}-01`, valid_to: lastDay(month) });

export const PRICE = (month: string): Fields => ({
  ...{ code: `B-PRICE-${month}`, department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
  ...{ basis: 'market', unit_price: '100', ...inMonth(month) },
});
export const NORM = (month: string): Fields => ({
  ...{ code: `B-NORM-${month}`, department: 'CM1', category: 'management', item: '02', nature: 'explicit' },
  ...{ basis: 'budget', unit_price: '10', norm: '2', driver: 'output', ...inMonth(month) },
});
const IDLE = (month: string): Fields => ({
  ...{ code: `B-IDLE-${month}`, department: 'JD', category: 'management', item: 'IDLE_MACHINE' },
  ...{ nature: 'implicit_opportunity', basis: 'budget', quantity: '60', ...inMonth(month) },
});
export const RATE = (month: string): Fields => ({ item: 'IDLE_MACHINE', rate: '380', ...inMonth(month) });
export const VOLUME = (month: string): Fields => ({
  period: month,
  department: 'CM1',
  driver: 'output',
  actual: '100',
});
export const PROJECT = (month: string): Fields => ({
  ...{ code: month === JANUARY ? 'P1' : 'P2', name: '集中修理', category: 'industry', lead: 'JD' },
  approved_on: '2022-12-01',
});
export const GAIN = (month: string): Fields => ({
  ...{ id: `G-${month}`, period: month, department: 'CM1', category: 'business', kind: 'gain', amount: '500' },
  ...{ recognition: 'realised', status: 'confirmed' },
});
export const TARGET = (month: string): Fields => ({
  ...{ period: month, department: 'CM1', category: 'resource', measure: 'price_reduction', amount: '90' },
});

export const MATERIAL = (month: string, id: string, fields: Fields = {}): Fields => ({
  ...{ id, date: `${month}-10`, department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
  ...{ quantity: '10', amount: '900', internal: 'no', ...fields },
});

export const RECORDS = (month: string): Fields[] => [
  MATERIAL(month, `R1-${month}`),
  {
    ...{ id: `R2-${month}`, date: `${month}-15`, department: 'CM1', category: 'management', item: '02' },
    ...{ nature: 'explicit', quantity: '190', amount: '1900', internal: 'no' },
  },
  {
    ...{ id: `R3-${month}`, date: `${month}-20`, department: 'JD', category: 'management', item: 'IDLE_MACHINE' },
    ...{ nature: 'implicit_opportunity', quantity: '46', internal: 'no' },
  },
  {
    ...{
      id: `R4-${month}`,
      date: `${month}-21`,
      department: 'JD',
      category: 'industry',
      item: '05',
      nature: 'explicit',
    },
    ...{ amount: '1000', internal: 'yes', project: month === JANUARY ? 'P1' : 'P2' },
  },
];

const EVERY: readonly Dimension[] = ['department', 'period', 'category', 'item', 'nature', 'project'];

/** The mine with both months in it, taken in by one folder and a file of records for each month. */
export class TwoMonths {
  private constructor(
    private readonly door: Door,
    readonly mine: string,
    /** Imports of each month's records. */
    readonly imports: Readonly<Record<string, string>>,
  ) {}

  static async open(door: Door): Promise<TwoMonths> {
    const mine = await door.newMine();
    const both = (of: (month: string) => Fields) => [of(JANUARY), of(FEBRUARY)];
    const tables: Partial<Record<Kind, Fields[]>> = {
      departments: [
        { code: 'KS', name: '矿' },
        { code: 'CM1', name: '采煤一区', parent: 'KS' },
        { code: 'JD', name: '机电', parent: 'KS' },
        { code: 'ZB', name: '准备队', parent: 'KS' },
      ],
      projects: both(PROJECT),
      rates: both(RATE),
      baselines: [...both(PRICE), ...both(NORM), ...both(IDLE)],
      activities: both(VOLUME),
      adjustments: both(GAIN),
      targets: both(TARGET),
    };
    const folder = Object.entries(tables).map(([kind, rows]) => [`${kind}.csv`, csvOf(kind as Kind, rows)]);
    const taken = await door.takeFolder(mine, Object.fromEntries(folder) as Record<string, string>);
    expect(taken).toMatchObject({ status: 'accepted', problems: [] });
    const imports: Record<string, string> = {};
    for (const month of [JANUARY, FEBRUARY]) {
      const fate = await door.takeFile(mine, 'records', csvOf('records', RECORDS(month)), `${month}.csv`);
      expect(fate).toMatchObject({ status: 'accepted', problems: [] });
      imports[month] = fate.importId!;
    }
    return new TwoMonths(door, mine, imports);
  }

  take(kind: Kind, ...rows: Fields[]): Promise<Fate> {
    return this.door.takeFile(this.mine, kind, csvOf(kind, rows));
  }

  takeOne(kind: Kind, row: Fields): Promise<Fate> {
    return this.door.takeOne(this.mine, kind, rowValues(kind, row));
  }

  /** A corrected file for that of a month, or for another import. */
  supersede(month: string, rows: readonly Fields[], importId = this.imports[month]!): Promise<Fate> {
    const wishes = { profile: null, typed: { rows: null, amountYuan: null }, supersedes: importId };
    return this.door.takeFile(this.mine, 'records', csvOf('records', rows), `${month}.csv`, { wishes });
  }

  reach = (actor: string) => wholeMine(this.mine, actor);

  async declare(month: string, departments: readonly string[] = ['CM1', 'JD']): Promise<void> {
    const reach = this.reach('clerk');
    const said = { departments, below: false };
    await this.door.uow.run(reach, (tx) => changeDeclarations(tx, reach, month, said, 'declare'));
  }

  /** Declares what is expected and closes; answers the version. */
  async close(month: string): Promise<number> {
    await this.declare(month);
    const reach = this.reach('finance1');
    return this.door.uow.run(reach, (tx) => closePeriod(tx, reach, month));
  }

  answer(month: string, view: View, by = EVERY, closing?: number): Promise<SynergyAnswer> {
    const question = { periods: { from: month, to: month }, filter: {}, by, against: [], view };
    const asked = closing === undefined ? question : { ...question, closing };
    return this.door.uow.run(this.reach('reader'), (tx) => answerSynergy(tx, this.mine, asked));
  }

  /** What a reader gets of a month as reported, byte by byte, but for the version of the mine's data. */
  async reported(month: string): Promise<string> {
    const under = { periods: { from: month, to: month }, filter: { under: 'KS' }, by: EVERY, against: [] };
    const answers = [
      await this.answer(month, 'reported'),
      await this.door.uow.run(this.reach('reader'), (tx) =>
        answerSynergy(tx, this.mine, { ...under, view: 'reported' }),
      ),
    ];
    return JSON.stringify(answers, (name, value: unknown) => (name === 'dataVersion' ? undefined : value));
  }

  /** By code of problem. */
  codes = ({ problems }: Fate): string[] => problems.map(({ code }) => code);

  async status(month: string): Promise<string> {
    const [row] = await this.door.query<{ status: string }>(
      'SELECT status FROM periods WHERE mine_id = $1 AND code = $2',
      [this.mine, month],
    );
    return row!.status;
  }
}
