import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { EVERY_MINE } from '../../src/modules/mines/index.js';
import { NO_WISHES } from '../../src/modules/intake/db/import-queries.js';
import { compareSums, listDifferences } from '../../src/modules/records/index.js';
import { Door, type Fate } from '../support/door.js';
import { csvOf, type Fields } from './kept-books.js';

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

const PLACE = { department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' };
const record = (id: string, amount: string, fields: Fields = {}): Fields => ({
  ...{ id, date: '2023-01-10', ...PLACE, amount },
  ...fields,
});

async function newMine(): Promise<string> {
  const mine = await door.newMine();
  await door.takeFile(mine, 'departments', csvOf('departments', [{ code: 'CM1', name: '采煤一区', parent: '' }]));
  return mine;
}

const take = (mine: string, rows: readonly Fields[], supersedes: string | null = null): Promise<Fate> =>
  door.takeFile(mine, 'records', csvOf('records', rows), 'records.csv', { wishes: { ...NO_WISHES, supersedes } });

const WRONG = [record('R1', '100.00'), record('R2', '200.00'), record('R4', '7.00')];
const RIGHT = [record('R2', '250.00'), record('R3', '50.00', { item: '0105' }), record('R4', '7.00')];

describe('a corrected file that supersedes an earlier one', () => {
  it('leaves the figures that it alone would have given, and the old records reversed', async () => {
    const [mine, alone] = [await newMine(), await newMine()];
    const old = await take(mine, WRONG);
    const corrected = await take(mine, RIGHT, old.importId);
    await take(alone, RIGHT);
    expect(corrected).toMatchObject({ status: 'accepted', problems: [] });
    expect(await door.answer(mine, ['department', 'item'])).toEqual(await door.answer(alone, ['department', 'item']));
    // 250 + 50 + 7.
    expect((await door.answer(mine, [])).total.explicit_actual).toBe('307.00');
    const records = await door.query(
      'SELECT id, amount, status, reversed_by FROM records WHERE mine_id = $1 ORDER BY import_id, id',
      [mine],
    );
    const reversed = { status: 'reversed', reversed_by: corrected.importId };
    const stands = { status: 'posted', reversed_by: '0' };
    expect(records).toEqual([
      { id: 'R1', amount: '100.00', ...reversed },
      { id: 'R2', amount: '200.00', ...reversed },
      { id: 'R4', amount: '7.00', ...reversed },
      { id: 'R2', amount: '250.00', ...stands },
      { id: 'R3', amount: '50.00', ...stands },
      { id: 'R4', amount: '7.00', ...stands },
    ]);
  });

  it('shows what it added, dropped and changed, with sums', async () => {
    const mine = await newMine();
    const old = await take(mine, WRONG);
    const corrected = await take(mine, RIGHT, old.importId);
    const pair = [corrected.importId!, old.importId!] as const;
    const { sums, rows } = await door.uow.run(EVERY_MINE, async (tx) => ({
      sums: await compareSums(tx, mine, ...pair),
      rows: await listDifferences(tx, mine, pair, ['', ''], 10),
    }));
    expect(Object.fromEntries(sums.map(({ fate, ...of }) => [fate, of]))).toEqual({
      added: { rows: '1', before: '0', after: '50.00' },
      gone: { rows: '1', before: '100.00', after: '0' },
      changed: { rows: '1', before: '200.00', after: '250.00' },
      unchanged: { rows: '1', before: '7.00', after: '7.00' },
    });
    expect(rows.map(({ fate, id, before, after }) => [fate, id, before?.amount, after?.amount])).toEqual([
      ['gone', 'R1', '100.00', undefined],
      ['changed', 'R2', '200.00', '250.00'],
      ['added', 'R3', undefined, '50.00'],
    ]);
  });

  it('can itself be superseded, also by the first file again', async () => {
    const mine = await newMine();
    const first = await take(mine, WRONG);
    const second = await take(mine, RIGHT, first.importId);
    const third = await take(mine, WRONG, second.importId);
    expect(third).toMatchObject({ status: 'accepted' });
    expect(third.importId).not.toBe(first.importId);
    // 100 + 200 + 7.
    expect((await door.answer(mine, [])).total.explicit_actual).toBe('307.00');
  });

  it('frees a gain from the double count that only the old file made', async () => {
    const mine = await newMine();
    const gain = {
      ...{ id: 'A1', period: '2023-01', department: 'CM1', category: 'business', kind: 'gain', amount: '10.00' },
      ...{ recognition: 'realised', status: 'confirmed', voucher: 'V-1' },
    };
    await door.takeFile(mine, 'adjustments', csvOf('adjustments', [gain]));
    const old = await take(mine, [record('R1', '100.00', { voucher: 'V-1' })]);
    const doubled = async () => (await door.answer(mine)).issues.map(({ code }) => code);
    expect(await doubled()).toEqual(['possible_double_count']);
    await take(mine, [record('R1', '100.00', { voucher: 'V-2' })], old.importId);
    expect(await doubled()).toEqual([]);
  });
});

describe('refused, with nothing changed', () => {
  /** Answers the fate of a file that must leave the mine as it was. */
  async function refusedIn(mine: string, rows: readonly Fields[], supersedes: string | null): Promise<Fate> {
    const before = await door.contents(mine);
    const fate = await take(mine, rows, supersedes);
    expect(fate.status).toBe('refused');
    expect(await door.contents(mine)).toEqual(before);
    return fate;
  }
  const codes = ({ problems }: Fate) => problems.map(({ code }) => code);

  it('the same ids without the explicit word', async () => {
    const mine = await newMine();
    const old = await take(mine, WRONG);
    const { problems } = await refusedIn(mine, RIGHT, null);
    expect(problems.map(({ row, code, params }) => [row, code, params.import_id])).toEqual([
      [2, 'duplicate_record', old.importId],
      [4, 'duplicate_record', old.importId],
    ]);
  });

  it('a file of another period', async () => {
    const mine = await newMine();
    const old = await take(mine, WRONG);
    const later = [...RIGHT, record('R5', '1.00', { date: '2023-02-01' })];
    expect(codes(await refusedIn(mine, later, old.importId))).toEqual(['supersedes_other_period']);
  });

  it('an id that a third file took', async () => {
    const mine = await newMine();
    const old = await take(mine, WRONG);
    const third = await take(mine, [record('R3', '1.00')]);
    const { problems } = await refusedIn(mine, RIGHT, old.importId);
    expect(problems.map(({ code, params }) => [code, params.import_id])).toEqual([
      ['duplicate_record', third.importId],
    ]);
  });

  it('what does not stand: an unknown import, a refused one, one superseded already', async () => {
    const mine = await newMine();
    const old = await take(mine, WRONG);
    const bad = await take(mine, [record('R9', 'x')]);
    await take(mine, RIGHT, old.importId);
    for (const id of ['999999', bad.importId, old.importId]) {
      const fate = await refusedIn(mine, [record('R2', '1.00')], id);
      expect(codes(fate)).toEqual(['not_to_be_superseded']);
    }
  });
});
