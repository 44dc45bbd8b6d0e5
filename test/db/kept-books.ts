import { expect } from '@jest/globals';
import { DIMENSIONS } from '../../analytics/synergy/roll-up.js';
import type { Answer } from '../../src/modules/offline/compute-folder.js';
import { COLUMNS, KEYS, type Kind } from '../../src/modules/rules/columns.js';
import { rowValues } from '../../src/modules/rules/row-dto.js';
import type { Door, Fate } from '../support/door.js';
import { naive, type Folder, type Method } from '../support/naive.js';
import { csvText } from '../support/random-folder/dress.js';

export type Fields = Readonly<Record<string, string>>;

/** EVERY_STEP=1: the costly comparison after each step, and not only when a test ends. */
const EVERY_STEP = process.env.EVERY_STEP === '1';

/** Rows of a kind as a CSV file with every column. */
export function csvOf(kind: Kind, rows: Iterable<Fields>): string {
  const names = COLUMNS[kind].map(({ name }) => name);
  return csvText([names, ...[...rows].map((row) => names.map((name) => row[name] ?? ''))]);
}

/**
 * A mine, and beside it the folder that everything said to it adds up to. After every step the mine's stored cells must
 * be the oracle's of that folder; in the end, to the last digit, those of a mine that took the folder in at once.
 */
export class KeptBooks {
  private readonly tables = new Map<Kind, Map<string, Fields>>();
  private method: Partial<Method> | null = null;
  /** As of the last step. */
  private answer: Answer | null = null;

  constructor(
    private readonly door: Door,
    readonly mine: string,
  ) {}

  /** Rows that must change a figure or an issue. */
  async say(kind: Kind, ...rows: Fields[]): Promise<void> {
    const before = this.answer;
    await this.take(kind, rows);
    expect(this.answer).not.toEqual(before);
  }

  /** Rows that must change no figure and no issue. */
  async sayNothingNew(kind: Kind, ...rows: Fields[]): Promise<void> {
    const before = this.answer;
    await this.take(kind, rows);
    expect(this.answer).toEqual(before);
  }

  /** The row of a key again, with some fields changed. */
  change(kind: Kind, key: string, fields: Fields): Promise<void> {
    return this.say(kind, { ...this.row(kind, key), ...fields });
  }

  async sayMethod(method: Partial<Method>): Promise<void> {
    const before = this.answer;
    this.method = method;
    expectAccepted(await this.door.takeFolder(this.mine, { 'method.json': JSON.stringify(method) }));
    await this.check();
    // Every cell names the method that it was computed by.
    const versions = await this.door.query(
      `SELECT DISTINCT c.method_version = (SELECT max(version) FROM methods WHERE mine_id = $1) AS "isLast"
       FROM cells c WHERE c.mine_id = $1`,
      [this.mine],
    );
    expect(versions).toEqual([{ isLast: true }]);
    expect(this.answer).not.toEqual(before);
  }

  /** Rows that the door must refuse, without a trace; answers why, as [file, row, column, code, params]. */
  async refused(tables: Readonly<Partial<Record<Kind, readonly Fields[]>>>): Promise<unknown[]> {
    const before = await this.door.contents(this.mine);
    const files = Object.entries(tables).map(([kind, rows]) => [`${kind}.csv`, csvOf(kind as Kind, rows)]);
    const fate = await this.door.takeFolder(this.mine, Object.fromEntries(files) as Folder);
    expect(fate.status).toBe('refused');
    expect(await this.door.contents(this.mine)).toEqual(before);
    return fate.problems.map(({ file, row, column, code, params }) => [file, row, column, code, params]);
  }

  /** The key of several columns is joined by `/`. */
  row(kind: Kind, key: string): Fields {
    const row = this.tables.get(kind)?.get(key);
    if (row === undefined) throw new Error(`no ${kind} ${key}`);
    return row;
  }

  /** The baselines of the issues of a period and code, '' for an adjustment's. */
  async issues(period: string, code: string): Promise<string[]> {
    const { issues } = await this.door.answer(this.mine, []);
    return issues.filter((issue) => issue.period === period && issue.code === code).map(({ baseline }) => baseline);
  }

  async periodsWithData(): Promise<string[]> {
    const rows = await this.door.query<{ code: string }>(
      'SELECT code FROM periods WHERE mine_id = $1 AND has_data ORDER BY code',
      [this.mine],
    );
    return rows.map(({ code }) => code);
  }

  get folder(): Folder {
    const files = [...this.tables].map(([kind, rows]) => [`${kind}.csv`, csvOf(kind, rows.values())]);
    const method = this.method === null ? {} : { 'method.json': JSON.stringify(this.method) };
    return { ...(Object.fromEntries(files) as Folder), ...method };
  }

  /** Several kinds at once, as a folder. */
  async open(tables: Readonly<Partial<Record<Kind, readonly Fields[]>>>): Promise<void> {
    for (const [kind, rows] of Object.entries(tables)) this.keep(kind as Kind, rows);
    expectAccepted(await this.door.takeFolder(this.mine, this.folder));
    await this.check();
  }

  private async take(kind: Kind, rows: readonly Fields[]): Promise<void> {
    await this.takeUnseen(kind, ...rows);
    await this.check();
  }

  /** Rows whose effect is looked at later (`check`), when others have spoken too. */
  async takeUnseen(kind: Kind, ...rows: Fields[]): Promise<void> {
    this.keep(kind, rows);
    // One row comes as a person enters it, several as a file.
    const [only] = rows;
    const fate =
      rows.length === 1
        ? await this.door.takeOne(this.mine, kind, rowValues(kind, only!))
        : await this.door.takeFile(this.mine, kind, csvOf(kind, rows));
    expectAccepted(fate);
  }

  /** Notes rows that reach the mine in another way. */
  keep(kind: Kind, rows: readonly Fields[]): void {
    const table = this.tables.get(kind) ?? new Map<string, Fields>();
    this.tables.set(kind, table);
    for (const row of rows) table.set(KEYS[kind].map((name) => row[name] ?? '').join('/'), row);
  }

  /** The stored cells and issues are the oracle's. */
  async check(): Promise<void> {
    this.answer = await this.door.answer(this.mine, DIMENSIONS);
    expect(this.answer).toEqual(JSON.parse(JSON.stringify(naive(this.folder, DIMENSIONS))));
    if (EVERY_STEP) await this.expectAsAtOnce();
  }

  /** Sums, cells and issues are those of a mine that takes everything in at once, computed from nothing. */
  async expectAsAtOnce(): Promise<void> {
    const atOnce = await this.door.newMine();
    expectAccepted(await this.door.takeFolder(atOnce, this.folder));
    expect(await this.stored(this.mine)).toEqual(await this.stored(atOnce));
  }

  /** Sums, cells and issues in full, numbers without the zeros that they happen to be stored with. */
  private async stored(mine: string): Promise<unknown[]> {
    const columns = await this.door.query<{ table: string; name: string; type: string }>(
      `SELECT table_name AS table, column_name AS name, data_type AS type FROM information_schema.columns
       WHERE table_name IN ('cell_sums', 'cells', 'cell_issues') AND column_name NOT IN ('mine_id', 'method_version')
       ORDER BY table_name, ordinal_position`,
    );
    const all: unknown[] = [];
    for (const table of ['cell_sums', 'cells', 'cell_issues']) {
      const own = columns.filter((column) => column.table === table);
      const list = own.map(({ name, type }) => (type === 'numeric' ? `trim_scale(${name})::text AS ${name}` : name));
      const keys = own.filter(({ type }) => type === 'text').map(({ name }) => name);
      all.push(
        await this.door.query(`SELECT ${list.join()} FROM ${table} WHERE mine_id = $1 ORDER BY ${keys.join()}`, [mine]),
      );
    }
    return all;
  }
}

function expectAccepted({ status, reason, problems }: Fate): void {
  expect({ status, reason, problems }).toEqual({ status: 'accepted', reason: null, problems: [] });
}

const fields = (names: string, ...lines: string[]): Fields[] =>
  lines.map((line) => Object.fromEntries(names.split(',').map((name, at) => [name, line.split(',')[at] ?? ''])));

/** calculation.md “Worked example”, with P02 and its records; with a table of periods, or natural months. */
export async function newBooks(door: Door, periods: readonly Fields[] = []): Promise<KeptBooks> {
  const books = new KeptBooks(door, await door.newMine());
  await books.open({
    departments: fields(
      'code,name,parent',
      'MINE,柴里煤矿',
      'CM1,采煤一区,MINE',
      'JD,机电区,MINE',
      'GY,供应部,MINE',
      'ZY,政研办,MINE',
    ),
    ...(periods.length > 0 ? { periods } : {}),
    projects: fields('code,name,category,lead,approved_on', 'P01,大修,industry,JD,2023-02-10', 'P02,钻探,industry,CM1'),
    rates: fields('item,unit,rate', 'IDLE_MACHINE,小时,380.00', 'REWORK,小时,52.50'),
    baselines: fields(
      'code,department,category,item,nature,project,basis,unit_price,norm,driver,quantity,amount,planned_volume,fixed_amount,unit,tax_basis,tax_rate',
      'B-0104,CM1,resource,0104,explicit,,budget,108.00,1.9,raw_coal_kt,,,,,件',
      'B-02,JD,management,02,explicit,,budget,0.635,3500,raw_coal_kt',
      'B-05,JD,industry,05,explicit,P01,market,261030,,,,,,,台,incl,0.13',
      'B-IDLE,JD,management,IDLE_MACHINE,implicit_opportunity,,budget,,,,60,,,,小时',
      'B-REWORK,CM1,management,REWORK,implicit_booked,,budget,,,,50',
      'B-0101,GY,resource,0101,explicit,,budget,,,raw_coal_kt,,52500,105,17500',
      'B-11,GY,resource,11,explicit,,budget,,,,,15000',
    ),
    activities: fields(
      'period,department,driver,actual',
      ...['CM1', 'JD', 'GY'].map((department) => `2023-03,${department},raw_coal_kt,110`),
    ),
    adjustments: fields(
      'id,period,department,category,project,kind,amount,recognition,status',
      'A1,2023-03,ZY,business,,gain,36000.00,realised,confirmed',
      'A4,2023-03,JD,industry,P01,input,8500.00,realised,confirmed',
    ),
    records: fields(
      'id,date,department,category,item,nature,quantity,unit,amount,project,internal,voucher',
      'R1,2023-03-05,CM1,resource,0104,explicit,120,件,11400.00,,,记-0031',
      'R2,2023-03-18,CM1,resource,0104,explicit,80,件,8200.00',
      'R3,2023-03-31,JD,management,02,explicit,410000,千瓦时,250920.00',
      'R4,2023-03-22,JD,industry,05,explicit,1,台,186000.00,P01,yes',
      'R5,2023-03-25,CM1,industry,10,explicit,300,米,123000.00,P02,yes',
      'R6,2023-03-31,JD,management,IDLE_MACHINE,implicit_opportunity,46,小时',
      'R7,2023-03-31,CM1,management,REWORK,implicit_booked,32,小时',
      'R8,2023-03-31,GY,resource,0101,explicit,,,64000.00',
      'R9,2023-03-31,GY,personnel,03,explicit,,,312000.00',
      'R10,2023-03-28,CM1,resource,0104,explicit,0,件,-300.00',
    ),
  });
  return books;
}
