/** What a report is made from, read from the real database: the worked month, open and closed, beside what HTTP answers. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exact, plain } from '../../analytics/kernel/exact.js';
import { composeReport } from '../../analytics/report/compose.js';
import type { ReportInput } from '../../analytics/report/input.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { loadReportInput, type KeptForReport } from '../../src/modules/reports/app/load-report-input.js';
import type { SynergyAnswer } from '../../src/modules/synergy/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { sentencesOf } from '../analytics/report/read-out.js';
import { lines } from '../support/naive/worked-example.js';
import { SynergyService } from '../support/synergy-service.js';
import { ONE_MONTH } from './one-month.js';
import { expectAsAnswered, queryOf } from './said-as-answered.js';
import { closeMonth } from './sealed-mine.js';

const MINE = 'chaili';
const MARCH = '2023-03';
const reach = wholeMine(MINE, 'finance1');
const KEPT: KeptForReport = {
  ...{ controlItems: [], officeTexts: [] },
  outputDriver: { driver: 'raw_coal_kt', tonnesPerUnit: '1000', basis: { zh: '原煤产量', en: 'raw coal output' } },
};

let service: SynergyService;
let uow: UnitOfWork;
beforeAll(async () => {
  service = await SynergyService.start();
  uow = service.running.app.get(UnitOfWork, { strict: false });
  await service.take(MINE, ONE_MONTH);
});
afterAll(() => service.stop());

const load = (from: string, to = from, kept = KEPT): Promise<ReportInput> =>
  uow.run(reach, (tx) => loadReportInput(tx, reach, { periods: { from, to }, version: 1 }, kept));

const headline = async (period: string) =>
  (await service.get<SynergyAnswer>(MINE, { period, by: '', asOf: 'reported' })).headline!.zh;

const expectAsHttp = (input: ReportInput) =>
  expectAsAnswered(
    composeReport(input),
    async (place) => (await service.get<SynergyAnswer>(MINE, queryOf(place))).total,
  );

const inTexts = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? plain(part) : part)));

describe('a month that is open', () => {
  it('is a draft, with what stands in the way of its closing', async () => {
    const input = await load(MARCH);
    expect(input).toMatchObject({ mine: { code: MINE, name: '柴里煤矿' }, state: 'draft', date: null, version: 1 });
    expect(input.basis.closings).toEqual([]);
    expect(input.causes).toEqual([
      {
        ...{ code: 'not_declared', title: { zh: '未声明报齐的部门', en: expect.any(String) }, count: 4 },
        ...{ departments: ['CM1', 'GY', 'JD', 'ZY'], waived: null },
      },
      {
        ...{ code: 'not_reported', title: { zh: '应报未报的基准', en: expect.any(String) }, count: 1 },
        ...{ departments: ['GY'], waived: null },
      },
      expect.objectContaining({ code: 'earlier_open', count: 3, departments: [] }),
    ]);
    expect(input.undeclared).toEqual(['CM1', 'GY', 'JD', 'ZY']);
    expect(input.unreconciled).toBeNull();
    expect(input.issues).toEqual([{ code: 'not_reported', department: 'GY', category: 'resource', item: '11' }]);
  });

  it('says in each figure what the service answers', async () => {
    const input = await load(MARCH);
    expect(await expectAsHttp(input)).toBeGreaterThan(50);
    expect(sentencesOf(composeReport(input), 'overview')).toEqual(
      expect.arrayContaining([await headline(MARCH), await headline('2023-01..2023-03')]),
    );
  });

  it('has the plan, and which periods have data', async () => {
    const { plan, cumulativePlan, spans } = await load(MARCH);
    expect(plan.map(({ department, measure, amount }) => [department, measure, plain(amount)])).toEqual([
      ['CM1', 'synergy_value', '3000'],
    ]);
    // 2,000 of February with it.
    expect(cumulativePlan.map(({ measure, amount }) => [measure, plain(amount)])).toEqual([['synergy_value', '5000']]);
    expect([...spans.withData]).toEqual(['2022-03', '2023-01', '2023-02', MARCH]);
  });

  it('tells what it corrects apart (COR-1)', async () => {
    const { months, corrections } = await load(MARCH);
    expect(months.map(({ period, priorPeriod }) => [period, priorPeriod])).toContainEqual([MARCH, '2023-02']);
    // 108 · 2 − 190 = 26, and 108 · 2 = 216 more used than February had left.
    expect(corrections).toMatchObject([
      {
        ...{ period: MARCH, priorPeriod: '2023-02', department: 'CM1', category: 'resource' },
        measures: { price_reduction: exact('26'), usage_saving: exact('-216') },
      },
    ]);
  });

  it('what was planned and used of each norm: R1, R2 and R10, without the correction of February', async () => {
    expect(inTexts((await load(MARCH)).basket)).toEqual([
      {
        ...{ department: 'CM1', category: 'resource', item: '0104', baseline: 'B-0104', driver: 'raw_coal_kt' },
        ...{ plannedVolume: '105', actualVolume: '110', norm: '1.9', price: '108', quantity: '200', amount: '19300' },
      },
      {
        ...{ department: 'JD', category: 'management', item: '02', baseline: 'B-02', driver: 'raw_coal_kt' },
        ...{ plannedVolume: '105', actualVolume: '110', norm: '3500', price: '0.635' },
        ...{ quantity: '410000', amount: '250920' },
      },
    ]);
    // Of both months: 100 + 105 planned, 100 + 110 done, 10 + 200 + 2 used; the correction is of one of them.
    expect(inTexts((await load('2023-02', MARCH)).basket)).toMatchObject([
      { baseline: 'B-0104', plannedVolume: '205', actualVolume: '210', quantity: '212', amount: '20490' },
      { baseline: 'B-02', plannedVolume: '105' },
    ]);
  });

  it('what was bought, by unit, now and before', async () => {
    const { bought } = await load(MARCH);
    const listed = (items: typeof bought.now) =>
      items.map(({ department, item, unit, quantity, amount }) => [
        ...[department, item, unit, plain(quantity), plain(amount)],
      ]);
    expect(listed(bought.now)).toEqual([
      ['CM1', '0104', '件', '200', '19300'],
      ['CM1', '10', '米', '300', '123000'],
      ['JD', '02', '千瓦时', '410000', '250920'],
      ['JD', '05', '台', '1', '186000'],
    ]);
    expect(listed(bought.previous)).toEqual([['CM1', '0104', '件', '10', '1000']]);
  });

  it('what is listed and never added (GAI-1), and the baselines used', async () => {
    const { leftOut, baselines } = await load(MARCH);
    expect(inTexts(leftOut)).toEqual([
      {
        ...{ id: 'A2', period: MARCH, department: 'ZY', category: 'business', kind: 'gain' },
        ...{ why: 'annualised', amount: '90000' },
      },
      expect.objectContaining({ id: 'A3', why: 'claimed', amount: '12000' }),
    ]);
    expect(baselines.map(({ code }) => code)).toEqual([
      ...['B-0101', 'B-0104', 'B-02', 'B-05', 'B-11', 'B-IDLE', 'B-REWORK'],
    ]);
    expect(baselines[1]).toEqual({
      ...{ code: 'B-0104', kind: 'norm', basis: 'prior_year', department: 'CM1', category: 'resource', item: '0104' },
      ...{ validFrom: '2023-01-01', validTo: '2023-12-31' },
    });
  });

  it('the tonnage that its departments agree on; none where no driver is chosen', async () => {
    const { output } = await load(MARCH);
    expect(output!.basis.zh).toBe('原煤产量');
    expect([...output!.tonnes].map(([period, tonnes]) => [period, plain(tonnes)])).toEqual([
      // 100 and 110 thousand tonnes
      ['2023-02', '100000'],
      [MARCH, '110000'],
    ]);
    expect((await load(MARCH, MARCH, { ...KEPT, outputDriver: null })).output).toBeNull();
  });
});

describe('a month without data', () => {
  it('is missing and not zero, and still a report', async () => {
    const input = await load('2026-06');
    expect(input).toMatchObject({ state: 'draft', date: null, now: [], causes: [], undeclared: [], issues: [] });
    expect([...input.spans.withData]).toEqual([]);
    const report = composeReport(input);
    expect(await expectAsHttp(input)).toBe(0);
    expect(
      report.figures.filter(({ source }) => source.kind === 'sum').every(({ exact: value }) => value === null),
    ).toBe(true);
  });
});

describe('a month that is closed', () => {
  beforeAll(() => closeMonth(uow, reach, MARCH, 'MINE'));

  it('is final, with what its closing sealed and what it let pass', async () => {
    const input = await load(MARCH);
    const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Shanghai' }).format(new Date());
    expect(input).toMatchObject({ state: 'final', date: today, restatement: null });
    const [sealed] = await service.running.query<object>(
      `SELECT c.cells_sha256 AS "cellsSha256", a.entries AS "auditEntries", a.hash AS "auditHash"
       FROM closings c JOIN audit_anchors a ON a.mine_id = c.mine_id AND a.occasion = '2023-03/1' WHERE c.period = $1`,
      [MARCH],
    );
    expect(input.basis.closings).toEqual([{ period: MARCH, version: 1, ...sealed }]);
    expect(input.basis.closings[0]!.cellsSha256).toMatch(/^[0-9a-f]{64}$/);
    expect(input.causes).toEqual([
      expect.objectContaining({ code: 'not_reported', count: 1, departments: ['GY'], waived: '已核实' }),
      expect.objectContaining({ code: 'earlier_open', count: 3, waived: null }),
    ]);
    expect(input.issues).toEqual([{ code: 'not_reported', department: 'GY', category: 'resource', item: '11' }]);
    expect(input.undeclared).toEqual([]);
  });

  it('makes no final report of a year that has not come to its end', async () => {
    expect((await load(MARCH, '2023-12')).state).toBe('draft');
  });

  it('says in each figure what the service answers, the headline among them', async () => {
    const input = await load(MARCH);
    expect(await expectAsHttp(input)).toBeGreaterThan(50);
    expect(sentencesOf(composeReport(input), 'overview')[0]).toBe(await headline(MARCH));
  });

  it('stays to the last letter what it is while other months go on', async () => {
    const before = JSON.stringify(composeReport(await load(MARCH)));
    await service.take(MINE, {
      'records.csv': lines(
        'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary,corrects_period',
        'X1,2023-04-03,GY,resource,11,explicit,,,,100.00,,,no,,租赁补报,2023-03',
      ),
    });
    const header = ONE_MONTH['baselines.csv']!.split('\n')[0]!;
    const shorter =
      'B-0104,CM1,resource,0104,explicit,,2023-01-01,2023-06-30,prior_year,108.00,1.9,raw_coal_kt,,,,,件,,';
    await service.take(MINE, { 'baselines.csv': lines(header, shorter) });
    const known = await service.get<SynergyAnswer>(MINE, { period: MARCH, by: '' });
    expect(known.issues).toEqual([]);
    expect(JSON.stringify(composeReport(await load(MARCH)))).toBe(before);
  });

  it('is a draft again in a range with an open month', async () => {
    const input = await load('2023-02', MARCH);
    expect([input.state, input.date, input.basis.closings]).toEqual(['draft', null, []]);
  });
});

describe('a table of periods, from the 26th to the 25th', () => {
  const TABLED = 'tabled';
  const tabled = wholeMine(TABLED, 'finance1');
  beforeAll(() =>
    service.take(TABLED, {
      'periods.csv': lines(
        'code,start,end',
        '2023-01,2022-12-26,2023-01-25',
        '2023-02,2023-01-26,2023-02-25',
        '2023-03,2023-02-26,2023-03-25',
      ),
      'departments.csv': lines('code,name,parent', 'MINE,柴里煤矿,', 'AREA,采区,MINE', 'CM1,采煤一区,AREA'),
      'records.csv': lines(
        'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary',
        'R1,2023-01-25,MINE,resource,0104,explicit,,,,100.00,,,no,,',
        'R2,2023-01-26,CM1,resource,0104,explicit,,,,20.00,,,no,,',
        'R3,2023-02-26,CM1,resource,0104,explicit,,,,3.00,,,no,,',
      ),
    }),
  );

  it('goes by its dates, and looks back no further than it reaches', async () => {
    const question = { periods: { from: '2023-02', to: '2023-02' }, version: 0 };
    const input = await uow.run(tabled, (tx) => loadReportInput(tx, tabled, question, KEPT));
    expect(input.spans).toMatchObject({
      ...{ previous: { from: '2023-01', to: '2023-01' }, lastYear: null, cumulativeLastYear: null },
      cumulative: { from: '2023-01', to: '2023-02' },
    });
    expect(input.months.map(({ period, measures }) => [period, plain(measures.explicit_actual)])).toEqual([
      ['2023-01', '100'],
      ['2023-02', '20'],
    ]);
    // The mine has a cell of its own, a month before; the area has none.
    expect([...input.parentsWithCells]).toEqual(['MINE']);
    const compared = await expectAsAnswered(
      composeReport(input),
      async (place) => (await service.get<SynergyAnswer>(TABLED, queryOf(place))).total,
    );
    expect(compared).toBeGreaterThan(20);
  });

  it('knows no period beyond it', async () => {
    const question = { periods: { from: '2023-04', to: '2023-04' }, version: 0 };
    await expect(uow.run(tabled, (tx) => loadReportInput(tx, tabled, question, KEPT))).rejects.toMatchObject({
      code: 'no_such_period',
    });
  });
});
