import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeMine } from '../../src/modules/mines/index.js';
import { ApprovalDesk, callerOf, newSubmission, pathOf } from './desk.js';

let desk: ApprovalDesk;
let mine: string;

beforeAll(async () => {
  desk = await ApprovalDesk.open(8);
  mine = await desk.newMine();
});
afterAll(() => desk.close());

const wang = () => callerOf(mine, 'wang', ['reviewer', ['D1']]);
const zhao = () => callerOf(mine, 'zhao', 'finance');

const stateOf = async ({ id }: { readonly id: string }) => {
  const [row] = await desk.query<{ state: string }>('SELECT state FROM submissions WHERE mine_id = $1 AND id = $2', [
    mine,
    id,
  ]);
  return row!.state;
};

describe('a record on its path', () => {
  it('is submitted, reviewed by its department, posted by finance; its owner hears of each', async () => {
    const submission = await desk.submit(mine, { key: 'R-1' });
    expect(submission).toMatchObject({ state: 'submitted', steps: ['reviewer', 'finance'], stepsDone: 0, round: 1 });
    expect(await desk.approve(wang(), submission)).toBe('reviewed');
    expect(await desk.approve(zhao(), submission)).toBe('posted');
    expect(desk.drawers.record.told).toEqual(['submitted R-1', 'reviewed R-1', 'post R-1 by zhao']);
    expect(await desk.approve(callerOf(mine, 'sun', 'finance'), submission)).toBe('already_decided');
    const decided = await desk.query(
      'SELECT step, role, decision, actor, maker FROM decisions WHERE submission_id = $1 ORDER BY step',
      [submission.id],
    );
    expect(decided).toEqual([
      { step: 1, role: 'reviewer', decision: 'approved', actor: 'wang', maker: 'li' },
      { step: 2, role: 'finance', decision: 'approved', actor: 'zhao', maker: 'li' },
    ]);
  });

  it('takes its steps in order: finance does not go before the reviewer, nor a reviewer twice', async () => {
    const submission = await desk.submit(mine);
    expect(await desk.approve(zhao(), submission)).toBe('not_your_step');
    expect(await desk.approve(wang(), submission)).toBe('reviewed');
    expect(await desk.approve(callerOf(mine, 'qian', ['reviewer', ['D1']]), submission)).toBe('not_your_step');
  });

  it('is not decided by who looked at another step', async () => {
    const submission = await desk.submit(mine);
    const both = callerOf(mine, 'both', 'reviewer', 'finance');
    expect(await desk.approve(both, submission, { step: 2 })).toBe('step_moved');
    expect(await desk.approve(both, submission, { step: 1 })).toBe('reviewed');
  });

  it('is on one path at a time', async () => {
    const { key } = await desk.submit(mine);
    await expect(desk.submit(mine, { key })).rejects.toMatchObject({ code: 'already_submitted' });
  });
});

describe('four eyes', () => {
  it('who made it never approves or returns it, whatever roles they hold', async () => {
    const submission = await desk.submit(mine);
    const maker = callerOf(mine, 'li', 'reviewer', 'finance');
    expect(await desk.approve(maker, submission)).toBe('own_work');
    expect(await desk.return(maker, submission)).toBe('own_work');
  });

  it('the maker does not approve for a reviewer who is away', async () => {
    const submission = await desk.submit(mine);
    expect(await desk.approve(callerOf(mine, 'li', ['reviewer', null, 'wang']), submission)).toBe('own_work');
  });

  it('nobody approves for the maker who is away', async () => {
    const submission = await desk.submit(mine);
    expect(await desk.approve(callerOf(mine, 'chen', ['reviewer', null, 'li']), submission)).toBe('own_work');
    // Control: the same person for somebody else, and by a role of their own.
    expect(await desk.approve(callerOf(mine, 'chen', ['reviewer', null, 'wang']), submission)).toBe('reviewed');
  });

  it('nobody approves twice: not by a second role, nor for another, nor through another', async () => {
    const first = await desk.submit(mine);
    expect(await desk.approve(callerOf(mine, 'zhou', 'reviewer', 'finance'), first)).toBe('reviewed');
    expect(await desk.approve(callerOf(mine, 'zhou', 'reviewer', 'finance'), first)).toBe('approved_before');
    expect(await desk.approve(callerOf(mine, 'zhou', ['finance', null, 'zhao']), first)).toBe('approved_before');
    expect(await desk.approve(callerOf(mine, 'wu', ['finance', null, 'zhou']), first)).toBe('approved_before');

    const second = await desk.submit(mine);
    expect(await desk.approve(callerOf(mine, 'wu', ['reviewer', null, 'zhou']), second)).toBe('reviewed');
    // It was decided for zhou: zhou had their say, and so had wu.
    expect(await desk.approve(callerOf(mine, 'zhou', 'finance'), second)).toBe('approved_before');
    expect(await desk.approve(callerOf(mine, 'wu', 'finance'), second)).toBe('approved_before');
    expect(await desk.approve(zhao(), second)).toBe('posted');
  });

  it('a role of one’s own goes before one that is held for another, which is written down', async () => {
    const own = await desk.submit(mine);
    await desk.approve(callerOf(mine, 'chen', ['reviewer', null, 'wang'], 'reviewer'), own);
    const lent = await desk.submit(mine);
    await desk.approve(callerOf(mine, 'chen', ['reviewer', null, 'wang']), lent);
    const rows = await desk.query<{ for: string | null }>(
      'SELECT on_behalf_of AS for FROM decisions WHERE submission_id = ANY ($1) ORDER BY submission_id',
      [[own.id, lent.id]],
    );
    expect(rows.map((row) => row.for)).toEqual([null, 'wang']);
  });
});

describe('the departments of a step', () => {
  it('the role must be held over all that the submission is about', async () => {
    const submission = await desk.submit(mine, { departments: ['D1', 'D2'] });
    expect(await desk.approve(callerOf(mine, 'wang', ['reviewer', ['D1']], ['quality', null]), submission)).toBe(
      'not_your_step',
    );
    expect(await desk.approve(callerOf(mine, 'ma', ['reviewer', ['D1', 'D2', 'D3']]), submission)).toBe('reviewed');
  });

  it('what concerns the whole mine needs a role over the whole mine; naming no department is no way round', async () => {
    for (const departments of [null, []]) {
      const submission = await desk.submit(mine, { departments });
      expect(submission.departments).toBeNull();
      const some = callerOf(mine, 'wang', ['reviewer', ['D1']], ['quality', null]);
      expect(await desk.approve(some, submission)).toBe('not_your_step');
      expect(await desk.approve(callerOf(mine, 'ma', 'reviewer'), submission)).toBe('reviewed');
    }
  });

  it('what the caller does not reach is as unknown as what is not there; so is what belongs to another mine', async () => {
    const submission = await desk.submit(mine, { departments: ['D2'] });
    expect(await desk.approve(wang(), submission)).toBe('unknown_submission');
    expect(await desk.return(wang(), submission)).toBe('unknown_submission');
    const other = await desk.newMine();
    expect(await desk.approve(callerOf(other, 'ma', 'reviewer'), submission)).toBe('unknown_submission');
    for (const id of ['999999999', '0', '-1', 'x', `${submission.id}.0`, `0${submission.id}`]) {
      expect([id, await desk.approve(callerOf(mine, 'ma', 'reviewer'), { id })]).toEqual([id, 'unknown_submission']);
    }
  });
});

describe('return and withdraw', () => {
  it('a returned thing goes back with its reason, and is another round when it comes again', async () => {
    const first = await desk.submit(mine, { key: 'R-back', amountYuan: '1' });
    await desk.approve(wang(), first);
    expect(await desk.return(zhao(), first, '缺发票')).toBe('returned');
    const [standing] = (
      await desk.uow.run(wholeMine(mine), (tx) => desk.approvals.standing(tx, mine, 'record', ['R-back']))
    ).values();
    expect(standing).toMatchObject({ id: first.id, state: 'returned', reason: '缺发票' });
    expect(await desk.approve(callerOf(mine, 'sun', 'finance'), first)).toBe('already_decided');

    const second = await desk.submit(mine, { key: 'R-back', amountYuan: '2.50' });
    expect(second).toMatchObject({ id: first.id, round: 2, state: 'submitted', stepsDone: 0, reason: null });
    expect(second.amountYuan).toBe('2.50');
    // Those who decided in the first round decide anew.
    expect(await desk.approve(wang(), second)).toBe('reviewed');
    expect(await desk.approve(zhao(), second)).toBe('posted');
  });

  it('what another hands in again is a submission of their own', async () => {
    const first = await desk.submit(mine, { key: 'R-other' });
    await desk.return(wang(), first);
    const second = await desk.submit(mine, { key: 'R-other', maker: 'feng' });
    expect([second.id === first.id, second.round]).toEqual([false, 1]);
    expect(await desk.approve(callerOf(mine, 'feng', 'reviewer'), second)).toBe('own_work');
  });

  it('only the maker withdraws, as long as it is on its path', async () => {
    const submission = await desk.submit(mine);
    const withdraw = async (actor: string) => {
      const [decided] = await desk.approvals.withdraw(callerOf(mine, actor, 'finance'), [submission.id]);
      return decided!.refusal?.code ?? decided!.outcome;
    };
    expect(await withdraw('zhao')).toBe('unknown_submission');
    expect(await withdraw('li')).toBe('withdrawn');
    expect(await withdraw('li')).toBe('already_decided');
    expect(await desk.approve(wang(), submission)).toBe('already_decided');
    const again = await desk.submit(mine, { key: submission.key });
    expect([again.id === submission.id, again.round]).toEqual([false, 1]);
  });
});

describe('many at once', () => {
  it('each succeeds or is refused by itself, in the order asked for; each kind is posted in one call', async () => {
    const keys = Array.from({ length: 60 }, (_, index) => `B-${index}`);
    const all = keys.map((key, index) =>
      newSubmission({ key, maker: index % 10 === 0 ? 'zhao' : 'li', departments: null }),
    );
    const submitted = await desk.uow.run(wholeMine(mine), (tx) => desk.approvals.submit(tx, mine, all));
    expect(submitted.map(({ key }) => key)).toEqual(keys);
    const rate = await desk.submit(mine, { subject: 'import', kinds: ['rates'], key: '7', departments: null });
    const ids = [...submitted.map(({ id }) => id), rate.id];
    const reviewed = await desk.approvals.approve(callerOf(mine, 'ma', 'reviewer'), ids);
    expect(reviewed.map(({ outcome }) => outcome)).toEqual([...keys.map(() => 'reviewed'), 'refused']);

    desk.drawers.record.stuck.add('B-3');
    desk.drawers.record.told.length = 0;
    const posted = await desk.approvals.approve(zhao(), ['nonsense', ...ids, ids[1]!]);
    expect(posted.map(({ id }) => id)).toEqual(['nonsense', ...ids]);
    const expected = keys.map((key, index) => {
      if (index % 10 === 0) return 'own_work';
      return key === 'B-3' ? 'row_refused' : 'posted';
    });
    const said = posted.map(({ outcome, refusal }) => refusal?.code ?? outcome);
    expect(said).toEqual(['unknown_submission', ...expected, 'posting']);
    expect(desk.drawers.record.told).toHaveLength(1);
    // What could not be posted is where it was, and nobody has decided it.
    const stuck = submitted[3]!;
    expect(await stateOf(stuck)).toBe('reviewed');
    desk.drawers.record.stuck.clear();
    expect(await desk.approve(zhao(), stuck)).toBe('posted');
  });

  it('none for none', async () => {
    expect(await desk.approvals.approve(zhao(), [])).toEqual([]);
  });
});

describe('what a job goes on with', () => {
  const atPosting = async (key: string) => {
    const submission = await desk.submit(mine, { subject: 'import', kinds: ['rates'], key, departments: null });
    expect(await desk.approve(zhao(), submission)).toBe('posting');
    expect(await desk.approve(callerOf(mine, 'sun', 'finance'), submission)).toBe('already_decided');
    return submission;
  };
  const finish = (key: string, outcome: 'posted' | { returned: string }) =>
    desk.uow.run(wholeMine(mine), (tx) => desk.approvals.finish(tx, mine, 'import', key, outcome));

  it('is posted when the job says so', async () => {
    const submission = await atPosting('81');
    await finish('81', 'posted');
    expect(await stateOf(submission)).toBe('posted');
  });

  it('comes back when the world has changed meanwhile; and what is not at posting stays as it is', async () => {
    const submission = await atPosting('82');
    await finish('82', { returned: '部门已撤销' });
    expect(await stateOf(submission)).toBe('returned');
    await finish('82', 'posted');
    expect(await stateOf(submission)).toBe('returned');
  });
});

it('50 approve one step at the same moment: one does', async () => {
  const submission = await desk.submit(mine);
  const people = Array.from({ length: 50 }, (_, index) => callerOf(mine, `p${index}`, 'reviewer', 'finance'));
  const said = await Promise.all(people.map((person) => desk.approve(person, submission, { step: 1 })));
  expect(said.filter((each) => each === 'reviewed')).toHaveLength(1);
  expect(said.filter((each) => each === 'step_moved')).toHaveLength(49);
  const again = await Promise.all(people.map((person) => desk.approve(person, submission, { step: 2 })));
  expect(again.filter((each) => each === 'posted')).toHaveLength(1);
  expect(await desk.query('SELECT FROM decisions WHERE submission_id = $1', [submission.id])).toHaveLength(2);
});

it('one person who presses fifty times approves once', async () => {
  const submission = await desk.submit(mine);
  const both = callerOf(mine, 'both', 'reviewer', 'finance');
  const said = await Promise.all(Array.from({ length: 50 }, () => desk.approve(both, submission)));
  expect(said.filter((each) => each === 'reviewed')).toHaveLength(1);
  expect(said.filter((each) => each === 'approved_before')).toHaveLength(49);
});

describe('a path by amount and kind', () => {
  it('is kept as it stood when the round began', async () => {
    const by = await desk.newMine([
      ...pathOf('adjustments', ['finance']),
      ...pathOf('adjustments', ['reviewer', 'finance', 'committee'], '100000.00'),
    ]);
    const small = await desk.submit(by, {
      subject: 'import',
      key: '1',
      kinds: ['adjustments'],
      amountYuan: '99999.99',
    });
    const large = await desk.submit(by, { subject: 'import', key: '2', kinds: ['adjustments'], amountYuan: '100000' });
    expect([small.steps, large.steps]).toEqual([['finance'], ['reviewer', 'finance', 'committee']]);
    expect(await desk.uow.run(wholeMine(by), (tx) => desk.approvals.path(tx, by, ['records'], '1'))).toEqual([]);
  });
});
