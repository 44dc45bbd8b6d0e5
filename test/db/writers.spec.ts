import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeMine } from '../../src/modules/mines/index.js';
import { rowValues } from '../../src/modules/rules/row-dto.js';
import { Door, takeRowOf } from '../support/door.js';
import { Random } from '../support/random-folder/random.js';
import { KeptBooks, csvOf, newBooks, type Fields } from './kept-books.js';
import { Overtaken, Paused, WithoutPeriodLocks } from './steered.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const WRITERS = 8;
const RECORDS = Number(process.env.RECORDS ?? 8);

let door: Door;
beforeAll(async () => {
  // Every writer, and the files beside them, on a connection of their own.
  door = await Door.open(WRITERS + 6);
});
afterAll(() => door.close());

/** Streams that the baselines of the books measure by every clause, with and without a project. */
const STREAMS: readonly Fields[] = [
  { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit', unit: '件' },
  { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit', unit: '件', project: 'P02' },
  {
    department: 'JD',
    category: 'industry',
    item: '05',
    nature: 'explicit',
    unit: '台',
    project: 'P01',
    internal: 'yes',
  },
  { department: 'GY', category: 'resource', item: '0101', nature: 'explicit' },
  { department: 'CM1', category: 'management', item: 'REWORK', nature: 'implicit_booked', unit: '小时' },
];

/** A record in one of a few cells: months that are there and months that it opens, corrections, shared vouchers. */
function randomRecord(random: Random, id: string): Fields {
  const stream = random.pick(STREAMS);
  const month = random.pick(['03', '03', '04', '05', '12', String(random.between(1, 12)).padStart(2, '0')]);
  const amount = `${random.between(-50, 900)}.${String(random.below(100)).padStart(2, '0')}`;
  const isImplicit = stream['nature'] !== 'explicit';
  return {
    ...stream,
    id,
    date: `2023-${month}-${String(random.between(1, 28)).padStart(2, '0')}`,
    quantity: isImplicit || random.chance(90) ? `${random.below(30)}.${random.below(1_000_000)}` : '',
    amount: isImplicit ? '' : amount,
    corrects_period: random.chance(15) ? random.pick(['2023-03', '2023-02']) : '',
    voucher: random.chance(30) ? `记-${random.below(4)}` : '',
  };
}

const randomRecords = (random: Random, name: string, count: number) =>
  Array.from({ length: count }, (_, at) => randomRecord(random, `${name}-${at}`));

/** Gains that the records' vouchers touch in periods which the records do not. */
const GAINS = [0, 1, 2, 3].map((at) => ({
  ...{ id: `G${at}`, period: `2024-0${at + 1}`, department: 'ZY', category: 'business', kind: 'gain', amount: '1.00' },
  ...{ recognition: 'realised', status: 'confirmed', voucher: `记-${at}` },
}));

/** One after the other, as one person works. */
async function inTurn(works: readonly (() => Promise<unknown>)[]): Promise<void> {
  for (const work of works) await work();
}

/** File, records, sums and cells add up to the same, exactly (guarantee 1). */
async function conservation(mine: string): Promise<unknown> {
  const [sums] = await door.query(
    `SELECT (SELECT count(*) FROM records WHERE mine_id = $1) AS records,
       (SELECT sum(quantified + unquantified) FROM cell_sums WHERE mine_id = $1) AS summed,
       (SELECT sum(control_rows) FROM imports WHERE mine_id = $1) AS reported,
       (SELECT trim_scale(sum(amount)) FROM records WHERE mine_id = $1) AS amount,
       (SELECT trim_scale(sum(amount_of_quantified + amount_of_unquantified)) FROM cell_sums WHERE mine_id = $1) AS amount_summed,
       (SELECT trim_scale(sum(control_amount)) FROM imports WHERE mine_id = $1) AS amount_reported,
       (SELECT trim_scale(sum(quantity)) FROM records WHERE mine_id = $1) AS quantity,
       (SELECT trim_scale(sum(quantity)) FROM cell_sums WHERE mine_id = $1) AS quantity_summed,
       (SELECT trim_scale(sum(amount)) FROM records WHERE mine_id = $1 AND nature = 'explicit') AS explicit,
       (SELECT trim_scale(sum(m_explicit_actual)) FROM cells WHERE mine_id = $1) AS explicit_in_cells`,
    [mine],
  );
  return sums;
}

async function expectConserved(mine: string, records: number): Promise<void> {
  const sums = (await conservation(mine)) as Record<string, string>;
  const { amount, quantity, explicit } = sums;
  expect(sums).toEqual({
    ...{ records: String(records), summed: String(records), reported: String(records) },
    ...{ amount, amount_summed: amount, amount_reported: amount, quantity, quantity_summed: quantity },
    ...{ explicit, explicit_in_cells: explicit },
  });
}

describe(`writers beside each other (seed ${SEED})`, () => {
  it('lose nothing: sums are those of the records, cells are the oracle’s', async () => {
    const random = new Random(SEED);
    const books = await newBooks(door);
    await books.takeUnseen('adjustments', ...GAINS);
    const writers = Array.from({ length: WRITERS }, (_, writer) =>
      randomRecords(random, `W${writer}`, RECORDS).map((row) => () => books.takeUnseen('records', row)),
    );
    const files = [0, 1, 2].map((file) => {
      const rows = randomRecords(random, `F${file}`, 50);
      return () => books.takeUnseen('records', ...rows);
    });
    const change = (kind: 'baselines' | 'projects', key: string, fields: Fields) => () =>
      books.takeUnseen(kind, { ...books.row(kind, key), ...fields });
    const references = [
      change('baselines', 'B-0104', { unit_price: '107.123456' }),
      change('projects', 'P02', { approved_on: '2023-03-10' }),
      () =>
        books.takeUnseen('activities', { period: '2023-05', department: 'CM1', driver: 'raw_coal_kt', actual: '99' }),
      change('baselines', 'B-0101', { fixed_amount: '17499.99' }),
      change('baselines', 'B-0104', { valid_to: '2023-04-30' }),
    ];
    await Promise.all([...writers, files, references].map(inTurn));
    await books.check();
    await books.expectAsAtOnce();
    await expectConserved(books.mine, 10 + WRITERS * RECORDS + files.length * 50);
  });

  it('of one id: one is taken in, the others are told of it', async () => {
    const books = await newBooks(door);
    const row = rowValues('records', {
      ...STREAMS[0],
      id: 'R-one',
      date: '2023-09-09',
      quantity: '1',
      amount: '95.00',
    });
    const fates = await Promise.all(Array.from({ length: WRITERS }, () => door.takeOne(books.mine, 'records', row)));
    const [taken, ...others] = fates.filter(({ status }) => status === 'accepted');
    expect(others).toEqual([]);
    const params = { import_id: taken!.importId, file_name: 'records.json' };
    const duplicate = { file: 'records.json', row: 1, column: 'id', code: 'duplicate_record', params };
    const refused = fates.filter(({ status }) => status === 'refused');
    expect(refused.map(({ problems }) => problems)).toEqual(Array(WRITERS - 1).fill([duplicate]));
    await expectConserved(books.mine, 11);
  });
});

async function untilSomebodyWaits(): Promise<void> {
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  for (let tries = 0; tries < 1_000; tries += 1) {
    if ((await door.query(waiting)).length > 0) return;
    await sleep(5);
  }
  throw new Error('nobody waits for a lock');
}

describe('a record on its way in while an item changes its nature', () => {
  it('is judged by the item as it is when it is posted', async () => {
    const books = await newBooks(door);
    const turned = { code: 'DOWNTIME', name: '停机', nature: 'explicit' };
    const uow = new Overtaken(door.dataSource, () => books.takeUnseen('items', turned));
    const record = { ...STREAMS[4]!, item: 'DOWNTIME', id: 'R-1', date: '2023-03-09', amount: '95.00' };
    const taken = takeRowOf(uow).take(wholeMine(books.mine), 'records', rowValues('records', record));
    await expect(taken).rejects.toMatchObject({ findings: [{ row: 1, column: 'nature', code: 'nature_mismatch' }] });
    await books.check();
  });
});

describe('two writers who mark the same gains', () => {
  it('wait for one another, though one of them posts nothing to the gains’ period', async () => {
    const books = await newBooks(door);
    const gains = [1, 2].map((at) => ({ ...GAINS[0]!, id: `G-${at}`, voucher: `结-${at}` }));
    await books.takeUnseen('adjustments', ...gains);
    const record = { ...STREAMS[0]!, quantity: '1', amount: '95.00' };
    await books.say('records', { ...record, id: 'R-1', date: '2023-03-09', voucher: '结-1' });
    // The first to carry the other voucher marks the gains of January 2024 anew; so does a record of that month.
    const marking = { ...record, id: 'R-2', date: '2023-03-09', voucher: '结-2' };
    const uow = new Paused(door.dataSource);
    const first = takeRowOf(uow).take(wholeMine(books.mine), 'records', rowValues('records', marking));
    await uow.isDone;
    const second = books.takeUnseen('records', { ...record, id: 'R-3', date: '2024-01-09' });
    await untilSomebodyWaits();
    uow.commit();
    await Promise.all([first, second]);
    books.keep('records', [marking]);
    await books.check();
  });
});

describe('controls', () => {
  it('a lost update is noticed in sums and cells', async () => {
    const books = await newBooks(door);
    await expectConserved(books.mine, 10);
    await door.query(
      `UPDATE cell_sums SET quantity = quantity - 1, amount_of_quantified = amount_of_quantified - 95
       WHERE mine_id = $1 AND item = '0104'`,
      [books.mine],
    );
    await expect(expectConserved(books.mine, 10)).rejects.toThrow('amount_summed');
    await expect(books.expectAsAtOnce()).rejects.toThrow('amount_of_quantified');
    // The next record computes its group from the sums as they are.
    await expect(
      books.say('records', { ...STREAMS[0]!, id: 'R-next', date: '2023-03-09', quantity: '1', amount: '95' }),
    ).rejects.toThrow('explicit_actual');
  });

  it('without the locks on periods the same writers do not get through', async () => {
    const random = new Random(SEED);
    const books: KeptBooks = await newBooks(door);
    const takeRow = takeRowOf(new WithoutPeriodLocks(door.dataSource));
    const rows = randomRecords(random, 'X', 48).map((row) => ({ ...row, date: '2023-03-15', corrects_period: '' }));
    const errors: unknown[] = [];
    const take = (row: Fields) => () =>
      takeRow
        .take(wholeMine(books.mine), 'records', rowValues('records', row))
        .catch((error: unknown) => errors.push(error));
    await Promise.all(
      Array.from({ length: WRITERS }, (_, writer) => inTurn(rows.filter((_, at) => at % WRITERS === writer).map(take))),
    );
    const folder = { ...books.folder, 'records.csv': csvOf('records', rows) };
    const mine = await door.newMine();
    await door.takeFolder(mine, folder);
    const isSame = JSON.stringify(await door.answer(mine)) === JSON.stringify(await door.answer(books.mine));
    expect(errors.length > 0 || !isSame).toBe(true);
  });
});
