/** Causes of the closing checklist that come from outside the calculation: books, work in progress, other periods. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals } from '../../src/modules/approval/index.js';
import { EnterRecord } from '../../src/modules/intake/app/enter-record.js';
import { RecordSubject } from '../../src/modules/intake/app/record-subject.js';
import { someDepartments, wholeMine, type Reach } from '../../src/modules/mines/index.js';
import { loadChecklist, requirePeriod } from '../../src/modules/periods/app/checklist.js';
import { closePeriod } from '../../src/modules/periods/app/close-period.js';
import { rowValues } from '../../src/modules/rules/row-dto.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { BooksDesk } from '../reconciliation/books-desk.js';
import { BALANCES, MONTH } from '../reconciliation/month.js';
import { Door } from '../support/door.js';
import { FEBRUARY, JANUARY, MATERIAL, TwoMonths } from './two-months.js';

let desk: BooksDesk;
let door: Door;
beforeAll(async () => {
  desk = await BooksDesk.open();
  door = await Door.open();
});
afterAll(async () => {
  await desk.close();
  await door.close();
});

function checklist(uow: UnitOfWork, reach: Reach, month: string) {
  return uow.run(reach, async (tx) => loadChecklist(tx, reach, await requirePeriod(tx, reach.mine, month)));
}

const codes = async (reach: Reach, month: string) =>
  (await checklist(door.uow, reach, month)).causes.map(({ code, count, blocks }) => [code, count, blocks]);

describe('unreconciled', () => {
  /** The cost of the records is 646,220; the balance sheet says 100 more for materials. */
  it('names the accounts behind the difference; where there is none, or no books, nothing', async () => {
    const mine = await desk.newMine();
    await desk.take(mine, MONTH);
    const unreconciled = async (reach = wholeMine(mine)) =>
      (await checklist(desk.uow, reach, '2023-03')).causes.find(({ code }) => code === 'unreconciled');
    expect(await unreconciled()).toBeUndefined();
    await desk.keep(mine, { balances: BALANCES });
    expect(await unreconciled()).toBeUndefined();
    await desk.keep(mine, { balances: BALANCES.map((row, at) => (at === 0 ? { ...row, debit: '19400.00' } : row)) });
    const cause = await unreconciled();
    expect(cause).toMatchObject({ blocks: true, isWaivable: true, waiver: null });
    expect(cause!.lines).toContainEqual({ title: 'only_in_balance', account: '5001010104', amountYuan: '-19400.00' });
    // It is a figure of the mine as a whole.
    expect(await unreconciled(someDepartments(mine, ['CM1'], 'clerk'))).toBeUndefined();
  });
});

describe('work in progress', () => {
  it('a draft is pointed out, what was handed in holds the closing up, each to those who may see it', async () => {
    const books = await TwoMonths.open(door);
    await books.declare(JANUARY);
    await door.query(
      `INSERT INTO approval_steps (mine_id, kind, from_yuan, step, role) VALUES ($1, 'records', 0, 1, 'finance')`,
      [books.mine],
    );
    const approvals = new Approvals(door.uow);
    const entering = new EnterRecord(door.uow, approvals, new Clock());
    new RecordSubject(approvals);
    const by = { mine: books.mine, actor: 'clerk', reach: books.reach('clerk'), roles: [] };
    for (const [id, submit] of [
      ['D1', false],
      ['D2', true],
    ] as const) {
      await entering.enter(by, rowValues('records', MATERIAL(JANUARY, id)), { submit });
    }
    expect(await codes(books.reach('finance1'), JANUARY)).toEqual([
      ['pending_approvals', 1, true],
      ['draft_records', 1, false],
    ]);
    const { causes } = await checklist(door.uow, books.reach('finance1'), JANUARY);
    expect(causes[0]!.lines).toMatchObject([{ submissionId: expect.stringMatching(/^\d+$/), amountYuan: '900.00' }]);
    expect(causes[1]!.lines).toContainEqual(expect.objectContaining({ recordId: 'D1', department: 'CM1' }));
    expect(await codes(someDepartments(books.mine, ['JD'], 'other'), JANUARY)).toEqual([]);
    const reach = books.reach('finance1');
    await expect(door.uow.run(reach, (tx) => closePeriod(tx, reach, JANUARY))).rejects.toMatchObject({
      ...{ code: 'not_ready_to_close', findings: [{ code: 'pending_approvals', params: { count: '1' } }] },
    });
    // Nothing of it is February's.
    expect(await codes(books.reach('finance1'), FEBRUARY)).toEqual([
      ['not_declared', 2, true],
      ['earlier_open', 1, false],
    ]);
  });

  it('an import that is not read to its end may be about any month', async () => {
    const books = await TwoMonths.open(door);
    await books.declare(JANUARY);
    await door.query(
      `INSERT INTO imports (mine_id, kind, status, actor, file_name, size_bytes, sha256)
       VALUES ($1, 'file', 'running', 'clerk', '一月.xlsx', 1, 'x')`,
      [books.mine],
    );
    const { causes } = await checklist(door.uow, books.reach('finance1'), JANUARY);
    expect(causes).toMatchObject([{ code: 'pending_approvals', blocks: true, lines: [{ title: '一月.xlsx' }] }]);
  });
});

describe('other periods', () => {
  it('an earlier month that is open is pointed out and may stay open; an empty month closes', async () => {
    const books = await TwoMonths.open(door);
    expect(await books.close(FEBRUARY)).toBe(1);
    expect([await books.status(JANUARY), await books.status(FEBRUARY)]).toEqual(['open', 'closed']);
    const reach = books.reach('finance1');
    expect(await door.uow.run(reach, (tx) => closePeriod(tx, reach, '2023-07'))).toBe(1);
    expect(await books.status('2023-07')).toBe('closed');
  });
});
