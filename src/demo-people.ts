/** Who hands in and approves the sample years: accounts like anyone's, made once and only where nobody works yet. */
import type { INestApplicationContext } from '@nestjs/common';
import { createUser, newOneTimePassword, type Caller, type CallerHere, type Role } from './modules/access/index.js';
import { Approvals, requireDone } from './modules/approval/index.js';
import { EVERY_MINE, FIRST_MINE, Mines, wholeMine } from './modules/mines/index.js';
import { Clock } from './platform/clock/clock.js';
import { UnitOfWork, type Tx } from './platform/database/unit-of-work.js';

interface Person {
  readonly username: string;
  readonly displayName: string;
  readonly role: Role;
}

export const DEMO_CLERK: Person = { username: 'luru', displayName: '录入员（演示）', role: 'clerk' };
const PEOPLE: readonly Person[] = [
  DEMO_CLERK,
  { username: 'shenhe', displayName: '部门审核（演示）', role: 'reviewer' },
  { username: 'caiwu', displayName: '财务（演示）', role: 'finance' },
  { username: 'dangwei', displayName: '党委/综合办（演示）', role: 'committee' },
];

/** What they were made by, and what tells them from people of the same name. */
const DEMO = 'demo';

/** Makes them where the mine has nobody but its administrator and no data; what they sign in with is printed this once. */
export async function makePeople(app: INestApplicationContext, print: (text: string) => void): Promise<void> {
  const now = app.get(Clock).now();
  const passwords = await Promise.all(PEOPLE.map(() => newOneTimePassword(now)));
  const isMade = await app.get(UnitOfWork).run(wholeMine(FIRST_MINE.code, DEMO), async (tx) => {
    if (!(await isFresh(tx))) return false;
    for (const [index, { username, displayName, role }] of PEOPLE.entries()) {
      const user = { username, displayName, externalSubject: null };
      await createUser(tx, DEMO_CALLER, user, [{ role, department: null }], passwords[index]!);
    }
    return true;
  });
  if (!isMade) return;
  print('演示账户，一次性密码只显示这一次 (demo accounts; the one-time passwords are shown this once)：\n');
  for (const [index, { username, displayName }] of PEOPLE.entries()) {
    print(`  ${username}  ${passwords[index]!.password}  ${displayName}\n`);
  }
  print(
    '登录 sign in: POST /api/v1/auth/login {"username", "password"}；先改密码 then POST /api/v1/auth/password。\n' +
      '忘了 lost one: npm run -s cli -- password USERNAME\n\n',
  );
}

/**
 * Whether the demo was ever run on this database: it leaves people of its making, with passwords that were shown on a
 * screen, and years of made-up figures that cannot be taken out again. A person of that name makes people as well, but is
 * one of them.
 */
export async function holdsDemo(app: INestApplicationContext): Promise<boolean> {
  const found = await app.get(UnitOfWork).run(EVERY_MINE, (tx) =>
    tx.rows(
      `SELECT FROM users u WHERE u.created_by = $1
         AND NOT EXISTS (SELECT FROM users d WHERE d.mine_id = u.mine_id AND d.username = $1) LIMIT 1`,
      [DEMO],
    ),
  );
  return found.length > 0;
}

async function isFresh(tx: Tx): Promise<boolean> {
  const [found] = await tx.rows<{ used: boolean }>(
    `SELECT EXISTS (SELECT FROM users WHERE mine_id = $1 AND username <> 'admin')
       OR EXISTS (SELECT FROM imports WHERE mine_id = $1) AS used`,
    [FIRST_MINE.code],
  );
  return !found!.used;
}

const NOBODY = { mine: FIRST_MINE.code, kind: 'person', session: null, mustChangePassword: false } as const;
const DEMO_CALLER: Caller = { ...NOBODY, actor: DEMO, displayName: DEMO, roles: [] };

/**
 * Takes what waits through its steps, each by the demo person of its role. Answers the role of the step that none of them
 * can take, or null once it is approved.
 */
export async function approveInOrder(app: INestApplicationContext, importId: string): Promise<Role | null> {
  const approvals = app.get(Approvals);
  const mine = FIRST_MINE.code;
  for (;;) {
    const submission = await app
      .get(UnitOfWork)
      .run(wholeMine(mine, DEMO), async (tx) =>
        (await approvals.standing(tx, mine, 'import', [importId])).get(importId),
      );
    const role = submission?.steps[submission.stepsDone];
    if (submission === undefined || role === undefined) return null;
    const person = PEOPLE.find((each) => each.role === role);
    if (person === undefined || !(await isOfDemo(app, person))) return role;
    const [decided] = await approvals.approve(await callerOf(app, person), [submission.id]);
    requireDone(decided!);
  }
}

async function isOfDemo(app: INestApplicationContext, { username }: Person): Promise<boolean> {
  const found = await app
    .get(UnitOfWork)
    .run(wholeMine(FIRST_MINE.code, DEMO), (tx) =>
      tx.rows('SELECT FROM users WHERE mine_id = $1 AND username = $2 AND created_by = $3 AND NOT is_disabled', [
        FIRST_MINE.code,
        username,
        DEMO,
      ]),
    );
  return found.length > 0;
}

async function callerOf(app: INestApplicationContext, person: Person): Promise<CallerHere> {
  const { username: actor, displayName, role } = person;
  const now = (await app.get(Mines).find(FIRST_MINE.code))!;
  const roles = [{ role, departments: null, onBehalfOf: null }];
  return { ...NOBODY, actor, displayName, roles, reach: wholeMine(FIRST_MINE.code, actor), now };
}
