/** What a second closing says it reports otherwise, and why; as worked examples on the small mine of two months. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals, type Submission } from '../../src/modules/approval/index.js';
import { loadRestatement, type RestatementTable } from '../../src/modules/periods/app/restatement.js';
import { Reopenings } from '../../src/modules/periods/index.js';
import { Door } from '../support/door.js';
import { FEBRUARY, GAIN, JANUARY, MATERIAL, RECORDS, TwoMonths } from './two-months.js';

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

/** As the last step of its path would; answers what kept it from that. */
async function reopen(books: TwoMonths, month: string): Promise<string[]> {
  const approved = { id: '1', key: month, maker: 'finance1', content: { reason: '漏报' } } as unknown as Submission;
  const reopenings = new Reopenings(new Approvals(door.uow));
  const { refused } = await door.uow.run(books.reach('finance2'), (tx) =>
    reopenings.post(tx, books.mine, [approved], 'finance2'),
  );
  return refused.map(({ code }) => code);
}

const table = (books: TwoMonths): Promise<RestatementTable> =>
  door.uow.run(books.reach('reader'), (tx) => loadRestatement(tx, books.reach('reader'), JANUARY, null));

const lines = ({ rows }: Pick<RestatementTable, 'rows'>) =>
  rows.map(({ department, measure, reported, restated }) => `${department} ${measure} ${reported} ${restated}`);

describe('a month that was reopened', () => {
  it('and closed as it was is restated by nothing', async () => {
    const books = await TwoMonths.open(door);
    await books.close(JANUARY);
    const first = await books.reported(JANUARY);
    expect(await reopen(books, JANUARY)).toEqual([]);
    expect(await reopen(books, JANUARY)).toEqual(['period_not_closed']);
    expect(await books.close(JANUARY)).toBe(2);
    expect(await books.reported(JANUARY)).toBe(first);
    expect(await table(books)).toMatchObject({
      ...{ version: 2, rows: [], totals: [] },
      causes: { records: [], recordCount: 0, references: [], method: null },
    });
  });

  /** 12 instead of 10 for 1,000 instead of 900: 100·12 − 1,000 = 200 instead of 100. The other three are as they were. */
  it('names the records of a corrected file, those that ceased to count and those that began to', async () => {
    const books = await TwoMonths.open(door);
    await books.close(JANUARY);
    await reopen(books, JANUARY);
    const [, ...others] = RECORDS(JANUARY);
    const corrected = [MATERIAL(JANUARY, `R1-${JANUARY}`, { quantity: '12', amount: '1000' }), ...others];
    expect(await books.supersede(JANUARY, corrected)).toMatchObject({ status: 'accepted', problems: [] });
    await books.close(JANUARY);
    const restated = await table(books);
    expect(lines(restated)).toContain('CM1 price_reduction 100.00 200.00');
    const { records, recordCount } = restated.causes;
    expect(recordCount).toBe(8);
    expect(records.filter(({ id }) => id === `R1-${JANUARY}`)).toMatchObject([
      { change: 'posted', quantity: '12', amountYuan: '1000.00' },
      { change: 'reversed', quantity: '10', amountYuan: '900.00', importId: books.imports[JANUARY] },
    ]);
    expect(restated.causes.references).toEqual([]);
  });

  it('names a gain that was added, with the import that brought it', async () => {
    const books = await TwoMonths.open(door);
    await books.close(JANUARY);
    await reopen(books, JANUARY);
    // Of another month, and so behind no difference of this one.
    await books.take('adjustments', { ...GAIN(FEBRUARY), amount: '600' });
    const { importId } = await books.take('adjustments', { ...GAIN(JANUARY), id: 'G-NEW', amount: '70.50' });
    await books.close(JANUARY);
    const restated = await table(books);
    expect(lines(restated)).toEqual([
      ...['gains', 'booked_value', 'synergy_value'].map((measure) => `CM1 ${measure} 500.00 570.50`),
    ]);
    expect(restated.causes.references).toEqual([
      {
        ...{ kind: 'adjustments', key: 'G-NEW', importId, before: null },
        after: {
          ...{ id: 'G-NEW', period: JANUARY, department: 'CM1', category: 'business', kind: 'gain', amount: '70.50' },
          ...{ recognition: 'realised', status: 'confirmed' },
        },
      },
    ]);
  });

  /** VAL-2: CM1's 100 of price reduction leave its booked value, at once when the month is open again. */
  it('follows the method that the mine adopted since, and says so', async () => {
    const books = await TwoMonths.open(door);
    await books.close(JANUARY);
    const method = JSON.stringify({ priceReduction: 'beside', opportunitySaving: 'within' });
    expect(await door.takeFolder(books.mine, { 'method.json': method })).toMatchObject({ status: 'accepted' });
    expect((await books.answer(JANUARY, 'known')).total.booked_value).toBe('700.00');
    await reopen(books, JANUARY);
    expect((await books.answer(JANUARY, 'known')).total.booked_value).toBe('600.00');
    expect((await books.answer(JANUARY, 'reported')).total.booked_value).toBe('700.00');
    await books.close(JANUARY);
    const restated = await table(books);
    expect(lines(restated)).toEqual(['CM1 booked_value 100.00 0.00', 'CM1 synergy_value 100.00 0.00']);
    expect(restated.causes).toMatchObject({ method: { before: 1, after: 2 }, records: [], references: [] });
  });
});
