/** The input of a report of a month that was reopened and closed again, on the small mine of two months. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { plain } from '../../analytics/kernel/exact.js';
import { composeReport } from '../../analytics/report/compose.js';
import type { ReportInput } from '../../analytics/report/input.js';
import { Approvals, type Submission } from '../../src/modules/approval/index.js';
import { Reopenings } from '../../src/modules/periods/index.js';
import { waiveCause } from '../../src/modules/periods/app/checklist.js';
import { causesInWords } from '../../src/modules/reports/app/input/restatement-causes.js';
import { loadReportInput } from '../../src/modules/reports/app/load-report-input.js';
import { loadOutput } from '../../src/modules/reports/db/input/output-volumes.js';
import { answerSynergy } from '../../src/modules/synergy/index.js';
import { Door } from '../support/door.js';
import { FEBRUARY, GAIN, JANUARY, MATERIAL, NORM, RECORDS, TwoMonths, VOLUME } from '../periods/two-months.js';
import { expectAsAnswered } from './said-as-answered.js';

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

const KEPT = { controlItems: [], officeTexts: [], outputDriver: null };

function load(books: TwoMonths, month: string): Promise<ReportInput> {
  const question = { periods: { from: month, to: month }, version: 2 };
  const reach = books.reach('office');
  return door.uow.run(reach, (tx) => loadReportInput(tx, reach, question, KEPT));
}

/** As the last step of its path would. */
async function reopen(books: TwoMonths, month: string): Promise<void> {
  const approved = { id: '1', key: month, maker: 'finance1', content: { reason: '漏报' } } as unknown as Submission;
  const reopenings = new Reopenings(new Approvals(door.uow));
  const post = await door.uow.run(books.reach('finance2'), (tx) =>
    reopenings.post(tx, books.mine, [approved], 'finance2'),
  );
  expect(post.refused).toEqual([]);
}

const value = ({ places }: ReportInput) =>
  places.now.filter(({ category }) => category === 'resource').map((sum) => sum.measures);

describe('a month that was reopened', () => {
  /** 12 instead of 10 for 1,000 instead of 900: 100·12 − 1,000 = 200 instead of 100. */
  it('is a draft that shows what was reported, and once closed again says what it restates and why', async () => {
    const books = await TwoMonths.open(door);
    await books.close(JANUARY);
    expect((await load(books, JANUARY)).restatement).toBeNull();
    await reopen(books, JANUARY);
    const [, ...others] = RECORDS(JANUARY);
    const corrected = [MATERIAL(JANUARY, `R1-${JANUARY}`, { quantity: '12', amount: '1000' }), ...others];
    expect(await books.supersede(JANUARY, corrected)).toMatchObject({ status: 'accepted', problems: [] });
    const open = await load(books, JANUARY);
    expect([open.state, value(open).map((sum) => plain(sum.price_reduction))]).toEqual(['draft', ['100']]);

    await books.close(JANUARY);
    const closed = await load(books, JANUARY);
    expect([closed.state, value(closed).map((sum) => plain(sum.price_reduction))]).toEqual(['final', ['200']]);
    expect(closed.basis.closings).toMatchObject([{ period: JANUARY, version: 2 }]);
    const { lines, causes, ...restatement } = closed.restatement!;
    expect(restatement).toEqual({ period: JANUARY, closing: 2, reason: '漏报' });
    const figures = lines.map(({ department, category, measure, reported, restated }) =>
      [department, category, measure, plain(reported), plain(restated)].join(' '),
    );
    expect(figures).toEqual(
      expect.arrayContaining(['  price_reduction 100 200', 'CM1 resource price_reduction 100 200']),
    );
    expect(causes.map(({ zh }) => zh)).toEqual(
      expect.arrayContaining([
        '新计入单据R1-2023-01（2023-01-10，采煤一区，配件）：数量12，金额1000.00元。',
        '不再计入单据R1-2023-01（2023-01-10，采煤一区，配件）：数量10，金额900.00元。',
      ]),
    );
    expect(causes).toHaveLength(8);
    const compared = await expectAsAnswered(composeReport(closed), async ({ periods, ...filter }) => {
      const question = { periods, filter, by: [], against: [], view: 'reported' as const };
      return (await door.uow.run(books.reach('office'), (tx) => answerSynergy(tx, books.mine, question))).total;
    });
    expect(compared).toBeGreaterThan(50);
  });

  it('names the reference row and the method that changed', async () => {
    const books = await TwoMonths.open(door);
    await books.close(JANUARY);
    await reopen(books, JANUARY);
    await books.take('adjustments', { ...GAIN(JANUARY), amount: '570.50' });
    const method = JSON.stringify({ priceReduction: 'beside', opportunitySaving: 'within' });
    expect(await door.takeFolder(books.mine, { 'method.json': method })).toMatchObject({ status: 'accepted' });
    await books.close(JANUARY);
    expect((await load(books, JANUARY)).restatement!.causes).toEqual([
      {
        zh: '修改增收投入G-2023-01：金额由500改为570.5。',
        en: 'Changed gain or input G-2023-01: amount changed from 500 to 570.5.',
      },
      { zh: '计算方法由第1版改为第2版。', en: 'The method changed from version 1 to version 2.' },
    ]);
  });
});

/** Of an account of production cost, in yuan. */
const BALANCE = (debit: string) =>
  `年,月,科目编码,科目名称,期初借方,本期借方,本期贷方,期末借方\n2023,1,500101,生产成本_材料,0,${debit},0,${debit}\n`;

describe('books of a month', () => {
  /** R1 and R2 are external: 900 + 1,900 − 2,500 = 300. */
  it('stand against it as its closing saw them, whatever comes later', async () => {
    const books = await TwoMonths.open(door);
    const balance = (debit: string) => door.takeFile(books.mine, 'balances', BALANCE(debit), `${debit}.csv`);
    expect(await balance('2500')).toMatchObject({ status: 'accepted' });
    const open = await load(books, JANUARY);
    expect(plain(open.unreconciled!)).toBe('300');
    const reach = books.reach('finance1');
    await door.uow.run(reach, (tx) => waiveCause(tx, reach, JANUARY, { code: 'unreconciled', reason: '下月调账' }));
    await books.close(JANUARY);
    expect(await balance('2800')).toMatchObject({ status: 'accepted' });
    const closed = await load(books, JANUARY);
    expect(plain(closed.unreconciled!)).toBe('300');
    expect(closed.causes).toMatchObject([{ code: 'unreconciled', departments: [], waived: '下月调账' }]);
  });

  it('agree, or were not there', async () => {
    const [agreeing, without] = [await TwoMonths.open(door), await TwoMonths.open(door)];
    expect(await door.takeFile(agreeing.mine, 'balances', BALANCE('2800'))).toMatchObject({ status: 'accepted' });
    for (const books of [agreeing, without]) await books.close(JANUARY);
    expect(await door.takeFile(without.mine, 'balances', BALANCE('1'))).toMatchObject({ status: 'accepted' });
    expect([(await load(agreeing, JANUARY)).unreconciled, (await load(without, JANUARY)).unreconciled]).toEqual([
      ...[0n, null],
    ]);
  });
});

describe('causes in words', () => {
  const names = {
    mine: { code: 'm', name: '矿' },
    departments: new Map([['CM1', { name: '采煤一区', parent: null }]]),
    items: new Map([['0104', '配件']]),
  };
  const record = (id: string) => ({
    ...{ change: 'posted' as const, source: 's', id, importId: '1', date: '2023-02-01', department: 'CM1' },
    ...{ category: 'resource', item: '0104', quantity: null, amountYuan: '5.00', correctsPeriod: JANUARY },
  });
  const none = { records: [], recordCount: 0, references: [], method: null };

  it('count those beyond the first hundred', () => {
    const records = Array.from({ length: 120 }, (_, at) => record(`R${at}`));
    const said = causesInWords({ ...none, records, recordCount: 1_500 }, names);
    expect(said).toHaveLength(101);
    expect(said[0]).toEqual({
      zh: '新计入单据R0（2023-02-01，采煤一区，配件，更正2023-01）：金额5.00元。',
      en: 'Record R0 (2023-02-01, 采煤一区, 配件, correcting 2023-01) began to count: amount 5.00 yuan.',
    });
    expect(said[100]!.zh).toBe('另有1400张单据，见该期间的重述表。');
  });

  it('say of a new row all that it says, and of a choice its word', () => {
    const after = {
      ...{ code: 'B9', kind: 'price', department: 'CM1', basis: 'market', unit_price: '12.500000' },
      valid_from: null,
    };
    const added = { kind: 'baselines' as const, key: 'B9', importId: '1', before: null, after };
    const changed = {
      ...added,
      before: { unit_price: '10.000000', department: null },
      after: { unit_price: '12.5', department: 'CM1' },
    };
    expect(causesInWords({ ...none, references: [added, changed] }, names).map(({ zh }) => zh)).toEqual([
      '新增基准B9：部门采煤一区，生效日期空，基准类型市场价，单价12.5。',
      '修改基准B9：部门由空改为采煤一区，单价由10改为12.5。',
    ]);
  });
});

describe('what the basket and the tonnage rest on', () => {
  it('a volume that nobody planned, a quantity that a record lacks, and a fixed quantity', async () => {
    const books = await TwoMonths.open(door);
    expect((await load(books, JANUARY)).basket).toMatchObject([{ plannedVolume: null, driver: 'output' }]);
    const fixed = { ...NORM(FEBRUARY), norm: '', driver: '', quantity: '200' };
    expect(await books.take('baselines', fixed)).toMatchObject({ status: 'accepted', problems: [] });
    const lacking = MATERIAL(FEBRUARY, 'L1', { category: 'management', item: '02', quantity: '', amount: '50' });
    expect(await books.take('records', lacking)).toMatchObject({ status: 'accepted', problems: [] });
    const [line] = (await load(books, FEBRUARY)).basket;
    expect(line).toMatchObject({ driver: '', norm: null, quantity: null });
    expect([line!.plannedVolume, line!.actualVolume, line!.amount].map((each) => plain(each!))).toEqual([
      ...['200', '200', '1950'],
    ]);
  });

  it('output: what the top department states, else what all agree on, else none', async () => {
    const books = await TwoMonths.open(door);
    const stated = async (...rows: readonly [department: string, actual: string][]) => {
      const volumes = rows.map(([department, actual]) => ({ ...VOLUME(JANUARY), department, driver: 'coal', actual }));
      await books.take('activities', ...volumes);
      const output = await door.uow.run(books.reach('office'), (tx) => loadOutput(tx, books.mine, 'coal', [JANUARY]));
      return [...output.values()].map(plain);
    };
    expect(await stated()).toEqual([]);
    expect(await stated(['CM1', '100'], ['JD', '100'])).toEqual(['100']);
    expect(await stated(['JD', '120'])).toEqual([]);
    expect(await stated(['KS', '210'])).toEqual(['210']);
  });
});
