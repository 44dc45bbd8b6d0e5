import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wholeMine } from '../../src/modules/mines/index.js';
import { ApprovalDesk } from './desk.js';

let desk: ApprovalDesk;
let mine: string;
beforeAll(async () => {
  desk = await ApprovalDesk.open();
  mine = await desk.newMine();
});
afterAll(() => desk.close());

describe('the database itself refuses, whatever the program does', () => {
  const asApp = (sql: string, parameters: readonly unknown[]) =>
    desk.uow
      .run(wholeMine(mine), (tx) => tx.rows(sql, parameters))
      .then(
        () => 'done',
        (error: unknown) =>
          (error as { constraint?: string; code?: string }).constraint ?? (error as { code?: string }).code,
      );
  const decide = (
    id: string,
    step: number,
    actor: string,
    onBehalfOf: string | null,
    maker = 'li',
    reason: string | null = 'r',
  ) =>
    asApp(
      `INSERT INTO decisions (mine_id, submission_id, round, step, role, decision, actor, on_behalf_of, maker, reason, due_since)
       VALUES ($1, $2, 1, $3, 'reviewer', 'returned', $4, $5, $6, $7, now())`,
      [mine, id, step, actor, onBehalfOf, maker, reason],
    );

  it('a maker who decides, one decided for, a false maker, a second decision, a second one of a step', async () => {
    const { id } = await desk.submit(mine);
    expect(await decide(id, 1, 'li', null)).toBe('decisions_four_eyes');
    expect(await decide(id, 1, 'wang', 'li')).toBe('decisions_four_eyes');
    expect(await decide(id, 1, 'li', null, 'somebody')).toBe('decisions_mine_id_submission_id_maker_fkey');
    expect(await decide(id, 1, 'wang', 'wang')).toBe('decisions_for_another');
    expect(await decide(id, 1, 'wang', null, 'li', '')).toBe('decisions_returned_with_reason');
    expect(await decide(id, 1, 'wang', null, 'li', null)).toBe('decisions_returned_with_reason');
    expect(await decide(id, 1, 'wang', 'ma')).toBe('done');
    expect(await decide(id, 1, 'zhao', null)).toBe('decisions_pkey');
    expect(await decide(id, 2, 'wang', null)).toBe('decisions_mine_id_submission_id_round_actor_key');
    expect(await decide(id, 2, 'zhao', 'ma')).toBe('decisions_mine_id_submission_id_round_on_behalf_of_key');
  });

  it('a submission posted before its last step; a maker who becomes another; a decision changed or taken away', async () => {
    const { id } = await desk.submit(mine);
    const change = (set: string) => asApp(`UPDATE submissions SET ${set} WHERE mine_id = $1 AND id = $2`, [mine, id]);
    expect(await change(`state = 'posted'`)).toBe('submissions_posted_when_approved');
    expect(await change(`steps_done = 3`)).toBe('submissions_steps');
    expect(await decide(id, 1, 'wang', null)).toBe('done');
    expect(await change(`maker = 'wu'`)).toBe('decisions_mine_id_submission_id_maker_fkey');
    expect(await asApp(`UPDATE decisions SET actor = 'x' WHERE mine_id = $1`, [mine])).toBe('42501');
    expect(await asApp(`DELETE FROM decisions WHERE mine_id = $1`, [mine])).toBe('42501');
    expect(await asApp(`DELETE FROM submissions WHERE mine_id = $1`, [mine])).toBe('42501');
  });
});
