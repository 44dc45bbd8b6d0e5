import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reachOf, type CallerHere } from '../../src/modules/access/index.js';
import { loadPrincipal } from '../../src/modules/access/db/principal-queries.js';
import { wholeMine } from '../../src/modules/mines/index.js';
import { ApprovalDesk } from './desk.js';

let desk: ApprovalDesk;
let mine: string;

beforeAll(async () => {
  desk = await ApprovalDesk.open();
  mine = await desk.newMine();
  const all = async (sql: string) => desk.query(sql, [mine]);
  await all(
    `INSERT INTO departments (mine_id, code, name, parent) VALUES ($1, 'D1', '综采', NULL), ($1, 'D11', '一队', 'D1')`,
  );
  await all(`INSERT INTO users (mine_id, username, display_name, created_by)
    SELECT $1, name, name, 'test' FROM unnest(ARRAY['wang','chen','li']) AS name`);
  await all(`INSERT INTO grants (mine_id, principal, role, department, granted_by)
    VALUES ($1, 'wang', 'reviewer', 'D1', 'test'), ($1, 'chen', 'clerk', 'D1', 'test'), ($1, 'li', 'reviewer', 'D1', 'test')`);
  await all(`INSERT INTO sessions (mine_id, id, username, refresh_sha256, address, expires_at)
    SELECT $1, 's-' || name, name, name, '', now() + interval '1 day' FROM unnest(ARRAY['wang','chen','li']) AS name`);
});
afterAll(() => desk.close());

/** Somebody as the service knows them on a day. */
async function knownOn(day: string, actor: string): Promise<CallerHere> {
  const principal = await desk.uow.run(wholeMine(mine), (tx) => loadPrincipal(tx, mine, actor, `s-${actor}`, day));
  const { kind, displayName, session, mustChangePassword, roles } = principal!;
  const now = { code: mine, dataVersion: '0', accessVersion: '0' };
  const caller = { mine, actor, kind, displayName, session, mustChangePassword, roles, now };
  return { ...caller, reach: reachOf(caller, 'approvals.read')! };
}

const delegate = (from: string, to: string, first: string, last: string) =>
  desk.query(
    `INSERT INTO delegations (mine_id, from_user, to_user, valid_from, valid_to, reason, created_by)
     VALUES ($1, $2, $3, $4, $5, '出差', $2)`,
    [mine, from, to, first, last],
  );

describe('a reviewer who is away (出差代办)', () => {
  it('is stood in for from the first day to the last, with the departments below', async () => {
    await delegate('wang', 'chen', '2023-03-10', '2023-03-12');
    for (const [day, expected] of [
      ['2023-03-09', 'not_your_step'],
      ['2023-03-10', 'reviewed'],
      ['2023-03-12', 'reviewed'],
      ['2023-03-13', 'not_your_step'],
    ] as const) {
      const submission = await desk.submit(mine, { departments: ['D11'] });
      expect([day, await desk.approve(await knownOn(day, 'chen'), submission)]).toEqual([day, expected]);
    }
    // Whoever is stood in for keeps their role.
    const submission = await desk.submit(mine, { departments: ['D11'] });
    expect(await desk.approve(await knownOn('2023-03-11', 'wang'), submission)).toBe('reviewed');
  });

  it('is not stood in for by the maker, nor through who would stand in for the maker', async () => {
    const made = (maker: string) => desk.submit(mine, { departments: ['D1'], maker });
    expect(await desk.approve(await knownOn('2023-03-11', 'chen'), await made('chen'))).toBe('own_work');
    await delegate('li', 'chen', '2023-04-01', '2023-04-01');
    expect(await desk.approve(await knownOn('2023-04-01', 'chen'), await made('li'))).toBe('own_work');
    expect(await desk.approve(await knownOn('2023-04-01', 'chen'), await made('wang'))).toBe('reviewed');
  });

  it('is not stood in for any more once they took it back, or are not known any more', async () => {
    await delegate('wang', 'chen', '2023-05-01', '2023-05-31');
    const submission = await desk.submit(mine, { departments: ['D1'] });
    await desk.query(`UPDATE users SET is_disabled = true WHERE mine_id = $1 AND username = 'wang'`, [mine]);
    expect(await desk.approve(await knownOn('2023-05-02', 'chen'), submission)).toBe('not_your_step');
    await desk.query(`UPDATE users SET is_disabled = false WHERE mine_id = $1 AND username = 'wang'`, [mine]);
    await desk.query(`UPDATE delegations SET revoked_at = now() WHERE mine_id = $1 AND valid_to = '2023-05-31'`, [
      mine,
    ]);
    expect(await desk.approve(await knownOn('2023-05-02', 'chen'), submission)).toBe('not_your_step');
  });
});
