import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { RunImport } from '../../src/modules/intake/app/run-import.js';
import { ImportQueue } from '../../src/modules/intake/index.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { ADJUSTMENTS, BASELINES, DEPARTMENTS, Desk, RECORDS, gain, lines, priceBaseline, record } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
  const base = await desk.sendFolder(desk.clerk, {
    'departments.csv': DEPARTMENTS,
    'baselines.csv': lines(BASELINES, priceBaseline('B-0104', 'CM1', '108.00')),
    'projects.csv': lines('code,name,category,lead,approved_on,closed_on', 'P01,内部大修,industry,JD,,'),
    'records.csv': lines(
      RECORDS,
      record('BASE-1'),
      'BASE-2,2023-03-22,JD,industry,05,explicit,1,台,,186000.00,P01,,,,',
      'BASE-3,2023-03-22,JD,management,IDLE_LABOUR,implicit_opportunity,,,,700.00,,,,,',
    ),
  });
  expect(await desk.approveAll(base)).toMatchObject({ status: 'accepted', approval: { state: 'posted' } });
});
afterAll(() => desk.close());

const FILES: readonly (readonly [what: string, kind: string, content: string | Readonly<Record<string, string>>])[] = [
  // 5,000 yuan of confirmed gains would be 5,000 more of synergy value (GAI-1).
  ['a gain called confirmed', 'adjustments', lines(ADJUSTMENTS, gain('A1'))],
  // A price of 120 instead of 108 would save 12 × 10 more (PRC-1).
  ['a better baseline', 'baselines', lines(BASELINES, priceBaseline('B-0104', 'CM1', '120.00'))],
  ['a rate', 'rates', lines('item,unit,rate,valid_from,valid_to,basis', 'IDLE_LABOUR,小时,35,2023-01-01,,人工成本')],
  ['a volume', 'activities', lines('period,department,driver,actual,planned', '2023-03,CM1,raw_coal_kt,110,105')],
  // Approved on 1 March, 186,000 of internal settlement would be turnover (TUR-1) if it were internal; the project changes.
  [
    'the approval of a project',
    'projects',
    lines('code,name,category,lead,approved_on,closed_on', 'P01,内部大修,industry,JD,2023-03-01,'),
  ],
  ['a department', 'departments', lines('code,name,parent', 'TF,通风区,MINE')],
  ['records', 'records', lines(RECORDS, record('R1'), record('R2', 'JD', '-20.00'))],
  // Opportunity losses beside the value instead of within it (IMP-4).
  ['the method', 'folder', { 'method.json': '{"opportunitySaving": "beside", "priceReduction": "beside"}' }],
  [
    'a folder with everything',
    'folder',
    {
      'departments.csv': lines('code,name,parent', 'ZB,准备区,MINE'),
      'baselines.csv': lines(BASELINES, priceBaseline('B-ZB', 'ZB', '90.00')),
      'adjustments.csv': lines(ADJUSTMENTS, gain('A2', 'ZB', '77.00')),
      'targets.csv': lines('period,department,category,measure,amount', '2023-03,ZB,resource,synergy_value,1000.00'),
      'records.csv': lines(RECORDS, record('R-ZB', 'ZB', '800.00')),
      'method.json': '{"opportunitySaving": "within", "priceReduction": "within"}',
    },
  ],
];

describe('what a clerk hands in', () => {
  it.each(FILES)('%s changes nothing until it is approved, and then it does', async (_, kind, content) => {
    const before = await desk.figures();
    const sent =
      typeof content === 'string'
        ? await desk.send(desk.clerk, kind, content)
        : await desk.sendFolder(desk.clerk, content);
    expect(sent).toMatchObject({ status: 'accepted', reason: null, approval: { state: 'submitted', stepsDone: 0 } });
    expect(await desk.figures()).toBe(before);
    const counts = await desk.approveAll(sent);
    expect(counts).toMatchObject({ status: 'accepted', approval: { state: 'posted' } });
    expect(counts.controlTotals).toEqual(sent.controlTotals);
    expect(await desk.figures()).not.toBe(before);
  });

  it('waits with its control totals, by department, on the path of everything in it; the maker approves none of it', async () => {
    const both = await desk.caller('clerk');
    const content = lines(
      RECORDS,
      record('T1', 'CM1', '100.25'),
      record('T2', 'JD', '-0.25'),
      record('T3', 'CM1', '1'),
    );
    const sent = await desk.send(both, 'records', content, '三月.csv');
    expect(sent).toMatchObject({
      ...{ accepted: 3, controlTotals: { rows: 3, amount: '101.00' } },
      approval: { steps: ['reviewer', 'finance'] },
    });
    const { body } = await desk.get(desk.reviewer, `/imports/${sent.id}/receipt`).expect(200);
    expect(body).toMatchObject({
      ...{ status: 'accepted', finishedAt: null, rows: { read: 3, posted: 0 }, approval: { state: 'submitted' } },
      // CM1 100.25 + 1.00; JD −0.25.
      departments: [
        { department: 'CM1', rows: 2, amount: '101.25' },
        { department: 'JD', rows: 1, amount: '-0.25' },
      ],
    });
    const { text } = await desk.get(desk.reviewer, `/imports/${sent.id}/receipt.html`).expect(200);
    expect(text).toContain('检查无误，等待审批，尚未计入');
    const waiting = await desk.get(desk.reviewer, `/submissions/${sent.approval!.submissionId}`).expect(200);
    // Each cell by its magnitude: 101.25 + 0.25.
    expect(waiting.body).toMatchObject({ title: '三月.csv', kinds: ['records'], periods: ['2023-03'] });
    expect(waiting.body.departments).toEqual(['CM1', 'JD']);
    expect(await desk.approve(both, sent)).toMatchObject({ code: 'forbidden' });
    expect(await desk.approve(desk.finance, sent)).toMatchObject({ code: 'not_your_step' });
    await desk.approve(desk.reviewer, sent);
    expect(await desk.show(both, sent.id)).toMatchObject({ approval: { state: 'reviewed', stepsDone: 1 } });
  });

  it('is taken in at once where nothing in it changes anything', async () => {
    const sent = await desk.send(desk.clerk, 'departments', DEPARTMENTS, 'again.csv');
    expect(sent).toMatchObject({ status: 'accepted', approval: null });
  });

  it('is one import however often it is sent while it waits', async () => {
    const content = lines(RECORDS, record('ONCE-1'));
    const sent = await desk.send(desk.clerk, 'records', content);
    const again = await desk.upload(desk.clerk, 'records', content);
    expect(again.body).toEqual({ id: sent.id, status: 'accepted', isNew: false });
    await desk.approveAll(sent);
    expect((await desk.upload(desk.clerk, 'records', content)).body).toMatchObject({ id: sent.id, isNew: false });
  });
});

describe('a file that is wrong', () => {
  it.each([
    ['an id that was posted', lines(RECORDS, record('BASE-1')), [[2, 'id', 'duplicate_record']]],
    ['an id twice', lines(RECORDS, record('D1'), record('D1')), [[3, 'id', 'duplicate_key']]],
    [
      'a quantity without a rate',
      lines(RECORDS, 'D2,2023-03-05,CM1,management,DOWNTIME,implicit_opportunity,3,小时,,,,,,,'),
      [[2, 'quantity', 'rate_missing']],
    ],
  ])('with %s waits for nobody and is refused', async (_, content, expected) => {
    const before = await desk.figures();
    const sent = await desk.send(desk.clerk, 'records', content);
    expect(sent).toMatchObject({ status: 'refused', approval: null, accepted: 0 });
    expect(await desk.codes(desk.clerk, sent.id)).toEqual(expected);
    expect(await desk.figures()).toBe(before);
  });

  it('with totals that the slip does not have is refused; with the right ones they stay beside it once it is posted', async () => {
    const typed = (rows: string, amount: string) =>
      desk
        .upload(desk.clerk, 'records', lines(RECORDS, record('SLIP-1'), record('SLIP-2', 'JD', '2.50')))
        .field('controlRows', rows)
        .field('controlAmount', amount);
    const isChecked = ({ status }: { status: string }) => status === 'accepted' || status === 'refused';
    const wrong = await desk.until(desk.clerk, (await typed('2', '1102.00')).body.id, isChecked);
    expect(wrong).toMatchObject({ status: 'refused', approval: null });
    // 1,100.00 + 2.50.
    const right = await desk.until(desk.clerk, (await typed('2', '1102.50')).body.id, isChecked);
    await desk.approveAll(right);
    const { body } = await desk.get(desk.clerk, `/imports/${right.id}/receipt`).expect(200);
    expect(
      body.comparisons.map(({ label, difference }: Record<string, string>) => [label, Number(difference)]),
    ).toEqual([
      ['rows', 0],
      ['amount', 0],
    ]);
  });
});

describe('while a period is being closed', () => {
  it('only finance hands more in for it; what waits already is still posted', async () => {
    const waiting = await desk.send(desk.clerk, 'records', lines(RECORDS, record('CLOSING-1')));
    await desk.running.query(`UPDATE periods SET status = 'closing' WHERE code = '2023-03'`);
    const late = await desk.send(desk.clerk, 'records', lines(RECORDS, record('CLOSING-2')));
    expect(late.status).toBe('refused');
    expect(await desk.codes(desk.clerk, late.id)).toEqual([[0, '', 'period_closing']]);
    const byFinance = await desk.caller('finance');
    const allowed = await desk.send(byFinance, 'records', lines(RECORDS, record('CLOSING-3')));
    expect(allowed).toMatchObject({ status: 'accepted', approval: { state: 'submitted' } });
    expect(await desk.approveAll(waiting)).toMatchObject({ approval: { state: 'posted' } });
    await desk.running.query(`UPDATE periods SET status = 'open' WHERE code = '2023-03'`);
  });

  it('a correction of it is handed in for the month of its date, by whoever may (COR-1)', async () => {
    await desk.running.query(`UPDATE periods SET status = 'closing' WHERE code = '2023-03'`);
    const row = `${record('COR-1').replace('2023-03-05', '2023-04-05')},2023-03`;
    const sent = await desk.send(desk.clerk, 'records', lines(`${RECORDS},corrects_period`, row));
    await desk.running.query(`UPDATE periods SET status = 'open' WHERE code = '2023-03'`);
    expect(sent).toMatchObject({ status: 'accepted', approval: { state: 'submitted' } });
  });

  it('nothing waits for one that is closed', async () => {
    await desk.running.query(`UPDATE periods SET status = 'closed' WHERE code = '2023-03'`);
    const late = await desk.send(desk.clerk, 'records', lines(RECORDS, record('CLOSED-1')));
    await desk.running.query(`UPDATE periods SET status = 'open' WHERE code = '2023-03'`);
    expect(await desk.codes(desk.clerk, late.id)).toEqual([[2, 'date', 'period_closed']]);
  });
});

describe('what comes back', () => {
  it('is refused with the reason, changed nothing, and may be sent again as it is', async () => {
    const before = await desk.figures();
    const content = lines(RECORDS, record('BACK-1'));
    const sent = await desk.send(desk.clerk, 'records', content);
    const path = `/submissions/${sent.approval!.submissionId}/return`;
    await desk.post(desk.reviewer, path, { reason: '缺附件' }).expect(200);
    expect(await desk.show(desk.clerk, sent.id)).toMatchObject({
      ...{ status: 'refused', reason: 'returned', accepted: 0, controlTotals: { rows: 0, amount: '0.00' } },
      approval: { state: 'returned', reason: '缺附件' },
    });
    expect(await desk.figures()).toBe(before);
    const again = await desk.send(desk.clerk, 'records', content);
    expect(again.id).not.toBe(sent.id);
    await desk.approveAll(again);
    const { body } = await desk.get(desk.finance, `/records?import=${again.id}`).expect(200);
    expect(body.data.map(({ id }: { id: string }) => id)).toEqual(['BACK-1']);
  });

  it('is what its maker withdraws, too', async () => {
    const sent = await desk.send(desk.clerk, 'records', lines(RECORDS, record('AWAY-1')));
    await desk.post(desk.clerk, `/submissions/${sent.approval!.submissionId}/withdraw`).expect(200);
    expect(await desk.show(desk.clerk, sent.id)).toMatchObject({ status: 'refused', reason: 'withdrawn' });
  });
});

describe('when the world changed between check and approval', () => {
  it('an id that was posted meanwhile refuses the import, and its submission is returned', async () => {
    const late = await desk.send(desk.clerk, 'records', lines(RECORDS, record('RACE-1'), record('RACE-2')));
    const first = await desk.send(desk.clerk, 'records', lines(RECORDS, record('RACE-1', 'JD')));
    await desk.approveAll(first);
    const before = await desk.figures();
    expect(await desk.approveAll(late)).toMatchObject({
      ...{ status: 'refused', accepted: 0, controlTotals: { rows: 0 } },
      approval: { state: 'returned' },
    });
    expect(await desk.codes(desk.clerk, late.id)).toEqual([[2, 'id', 'duplicate_record']]);
    expect(await desk.figures()).toBe(before);
  });

  it('a baseline that would overlap another one by now is refused', async () => {
    const baseline = (code: string) =>
      lines(BASELINES, `${code},GY,resource,0101,explicit,,2024-01-01,2024-12-31,budget,50.00,,,,,`);
    const late = await desk.send(desk.clerk, 'baselines', baseline('B-LATE'));
    await desk.approveAll(await desk.send(desk.clerk, 'baselines', baseline('B-FIRST')));
    expect(await desk.approveAll(late)).toMatchObject({ status: 'refused', approval: { state: 'returned' } });
    expect(await desk.codes(desk.clerk, late.id)).toEqual([[2, 'code', 'baseline_overlap']]);
  });

  it('a row that would now change what another import brought is not what was approved', async () => {
    const late = await desk.send(desk.clerk, 'baselines', lines(BASELINES, priceBaseline('B-SAME', 'GY', '60.00')));
    await desk.approveAll(
      await desk.send(desk.clerk, 'baselines', lines(BASELINES, priceBaseline('B-SAME', 'GY', '61.00'))),
    );
    expect(await desk.approveAll(late)).toMatchObject({ status: 'refused', approval: { state: 'returned' } });
    expect(await desk.codes(desk.clerk, late.id)).toEqual([[0, '', 'changed_since_check']]);
    const { body } = await desk.get(desk.finance, '/baselines?limit=200').expect(200);
    expect(body.data.find(({ code }: { code: string }) => code === 'B-SAME')).toMatchObject({
      unit_price: '61.000000',
    });
  });
});

describe('a process that dies between approval and posting', () => {
  it('leaves a job behind: the import is posted once', async () => {
    const sent = await desk.send(desk.clerk, 'records', lines(RECORDS, record('DEAD-1', 'JD', '12.34')));
    await desk.running.app.get(ImportQueue).onApplicationShutdown();
    for (const who of [desk.reviewer, desk.finance]) await desk.approve(who, sent);
    const posting = await desk.show(desk.clerk, sent.id);
    expect(posting).toMatchObject({ status: 'accepted', approval: { state: 'posting' } });
    expect((await desk.get(desk.finance, `/records?import=${sent.id}`)).body.data).toEqual([]);
    // Approved, it is nobody's any more to send back.
    const path = `/submissions/${sent.approval!.submissionId}`;
    await desk.post(desk.finance, `${path}/return`, { reason: '迟了' }).expect(409);
    await desk.post(desk.clerk, `${path}/withdraw`).expect(409);

    const { app } = desk.running;
    const queue = new ImportQueue(app.get(RunImport, { strict: false }), app.get(DataSource), new Readiness());
    await queue.takeUpUnfinished();
    await desk.until(desk.clerk, sent.id, ({ approval }) => approval?.state === 'posted');
    await queue.onApplicationShutdown();
    const { body } = await desk.get(desk.finance, `/records?import=${sent.id}`).expect(200);
    expect(body.data).toHaveLength(1);
  });
});
