import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals } from '../../src/modules/approval/app/approvals.js';
import { PathRules } from '../../src/modules/approval/app/path-rules.js';
import { isEvidenceMissing } from '../../src/modules/approval/db/evidence-queries.js';
import { Mines } from '../../src/modules/mines/app/mines.js';
import { someDepartments, wholeMine } from '../../src/modules/mines/index.js';
import { ApprovalDesk, callerOf } from './desk.js';

let desk: ApprovalDesk;
let approvals: Approvals;
let rules: PathRules;
let mines: Mines;
beforeAll(async () => {
  desk = await ApprovalDesk.open();
  approvals = new Approvals(desk.uow);
  mines = new Mines(desk.uow, desk.dataSource);
  rules = new PathRules(desk.uow, approvals, mines);
});
afterAll(() => desk.close());

let count = 0;
async function foundMine(): Promise<string> {
  const code = `rules-${(count += 1)}`;
  await mines.ensure({ code, name: code });
  return code;
}
const pathOf = (mine: string, kind: string, amount: string) =>
  desk.uow.run(wholeMine(mine), (tx) => approvals.path(tx, mine, [kind], amount));
const step = (kind: string, fromWan: string, role: 'reviewer' | 'finance' | 'committee') => ({ kind, fromWan, role });

describe('a new mine', () => {
  it('approves records by department and finance, everything else by finance', async () => {
    const mine = await foundMine();
    expect(await pathOf(mine, 'records', '0')).toEqual(['reviewer', 'finance']);
    for (const kind of [
      'rates',
      'baselines',
      'activities',
      'adjustments',
      'method',
      'books',
      'profile',
      'rules',
      'reopening',
    ]) {
      expect([kind, await pathOf(mine, kind, '0')]).toEqual([kind, ['finance']]);
    }
    const { rules: current } = await rules.current(wholeMine(mine));
    expect([current.steps.length, current.evidenceFromWan]).toEqual([16, null]);
  });
});

describe('another path', () => {
  it('holds when finance has approved it, not before; kinds that it does not name keep theirs', async () => {
    const mine = await foundMine();
    const admin = callerOf(mine, 'boss', 'admin', 'finance');
    const steps = [
      step('adjustments', '0', 'finance'),
      step('adjustments', '50.5', 'finance'),
      step('adjustments', '50.50', 'committee'),
    ];
    const proposal = await rules.propose(admin, { steps, evidenceFromWan: '1.5' });
    expect(await pathOf(mine, 'adjustments', '505000')).toEqual(['finance']);
    const [own] = await approvals.approve(admin, [proposal.id]);
    expect(own!.refusal?.code).toBe('own_work');
    const [done] = await approvals.approve(callerOf(mine, 'zhao', 'finance'), [proposal.id]);
    expect(done!.outcome).toBe('posted');
    // 50.5 万元 = 505,000 yuan.
    expect(await pathOf(mine, 'adjustments', '504999.99')).toEqual(['finance']);
    expect(await pathOf(mine, 'adjustments', '505000')).toEqual(['finance', 'committee']);
    expect(await pathOf(mine, 'records', '1')).toEqual(['reviewer', 'finance']);
    const { rules: current, proposal: none } = await rules.current(wholeMine(mine));
    expect([current.evidenceFromWan, none]).toEqual(['1.5', null]);
    expect(current.steps.filter(({ kind }) => kind === 'adjustments')).toEqual([
      step('adjustments', '0', 'finance'),
      step('adjustments', '50.5', 'finance'),
      step('adjustments', '50.5', 'committee'),
    ]);
  });

  it('is proposed one at a time, seen by who may see all of the mine, and taken back by its maker alone', async () => {
    const mine = await foundMine();
    const boss = callerOf(mine, 'boss', 'admin');
    const steps = [step('records', '0', 'finance')];
    await rules.propose(boss, { steps });
    await expect(rules.propose(callerOf(mine, 'zhao', 'finance'), { steps })).rejects.toMatchObject({
      code: 'already_submitted',
    });
    expect((await rules.current(wholeMine(mine))).proposal?.maker).toBe('boss');
    expect((await rules.current(someDepartments(mine, ['D1'], 'li'))).proposal).toBeNull();
    await expect(rules.withdraw(callerOf(mine, 'zhao', 'finance'))).rejects.toMatchObject({ code: 'no_proposal' });
    await rules.withdraw(boss);
    expect((await rules.current(wholeMine(mine))).proposal).toBeNull();
  });

  it('cannot leave an amount to nobody, name a role twice, leave finance out of the rules, or change nothing', async () => {
    const mine = await foundMine();
    const by = callerOf(mine, 'boss', 'admin');
    const propose = (...steps: ReturnType<typeof step>[]) =>
      rules.propose(by, { steps }).then(
        ({ content }) => content as object,
        ({ code, params }: { code: string; params: Record<string, string> }) => ({ code, params }),
      );
    expect(await propose(step('records', '0.000001', 'finance'))).toMatchObject({ code: 'kind_without_step' });
    expect(await propose(step('records', '0', 'finance'), step('records', '0.0', 'finance'))).toMatchObject({
      ...{ code: 'role_twice', params: { kind: 'records', from: '0', role: 'finance' } },
    });
    expect(await propose()).toMatchObject({ code: 'nothing_changes' });
    expect(await propose(step('records', '0', 'reviewer'), step('records', '0', 'finance'))).toMatchObject({
      code: 'nothing_changes',
    });
    const { steps } = (await propose(step('rules', '0', 'committee'))) as { steps: ReturnType<typeof step>[] };
    expect(steps.filter(({ kind }) => kind === 'rules')).toEqual([
      step('rules', '0', 'committee'),
      step('rules', '0', 'finance'),
    ]);
  });
});

describe('evidence', () => {
  it('is missing from the threshold on, by magnitude, where no paper hangs on the thing', async () => {
    const mine = await foundMine();
    const missing = () =>
      desk.uow.run(wholeMine(mine), (tx) =>
        isEvidenceMissing(tx, mine, 'record', ['A', 'B', 'C', 'A'], ['15000', '-15000.00', '14999.99', '1']),
      );
    expect(await missing()).toEqual([false, false, false, false]);
    // 1.5 万元 = 15,000 yuan.
    await desk.query('UPDATE mines SET evidence_from_wan = 1.5 WHERE mine_id = $1', [mine]);
    expect(await missing()).toEqual([true, true, false, false]);
    await desk.query(
      `INSERT INTO evidence (mine_id, subject, key, name, media_type, size_bytes, sha256, actor)
       VALUES ($1, 'record', 'A', 'a.pdf', 'application/pdf', 1, 'x', 'li'), ($1, 'import', 'B', 'b.pdf', 'p', 1, 'x', 'li')`,
      [mine],
    );
    expect(await missing()).toEqual([false, true, false, false]);
    await desk.query('UPDATE mines SET evidence_from_wan = 0 WHERE mine_id = $1', [mine]);
    expect(await missing()).toEqual([false, true, true, false]);
  });

  it('an import of records or gains waits for it at its first approval; one of books or rates does not', async () => {
    const mine = await desk.newMine();
    await desk.query('UPDATE mines SET evidence_from_wan = 1.5 WHERE mine_id = $1', [mine]);
    const submit = (key: string, kinds: readonly string[], amountYuan = '15000') =>
      desk.submit(mine, { subject: 'import', key, kinds, amountYuan });
    const wang = callerOf(mine, 'wang', 'reviewer', 'finance');
    expect(await desk.approve(wang, await submit('3', ['records', 'books']))).toBe('reviewed');
    expect(await desk.approve(wang, await submit('4', ['rates']))).toBe('posting');
    expect(await desk.approve(wang, await submit('5', ['records'], '14999.99'))).toBe('reviewed');
    expect(await desk.approve(wang, await submit('6', ['adjustments'], '-15000'))).toBe('evidence_missing');
    const waiting = await submit('7', ['records', 'rates']);
    expect(await desk.approve(wang, waiting)).toBe('evidence_missing');
    await desk.query(
      `INSERT INTO evidence (mine_id, subject, key, name, media_type, size_bytes, sha256, actor)
       VALUES ($1, 'import', '7', 'a.pdf', 'application/pdf', 1, 'x', 'li')`,
      [mine],
    );
    expect(await desk.approve(wang, waiting)).toBe('reviewed');
    // Returning needs no papers.
    expect(await desk.return(wang, await submit('8', ['records']))).toBe('returned');
  });
});
