import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { someDepartments, wholeMine } from '../../src/modules/mines/index.js';
import { listDecisions } from '../../src/modules/approval/db/submission-answers.js';
import { measureSteps } from '../../src/modules/approval/db/measure-queries.js';
import { ApprovalDesk, callerOf } from './desk.js';

let desk: ApprovalDesk;
let mine: string;
beforeAll(async () => {
  desk = await ApprovalDesk.open();
  mine = await desk.newMine();
});
afterAll(() => desk.close());

/** Lets a submission wait this long, then takes its next step. */
async function afterHours(hours: string, id: string, take: () => Promise<string>, expected: string) {
  expect(await take()).toBe(expected);
  await desk.query(
    `UPDATE decisions SET due_since = decided_at - $2::interval WHERE submission_id = $1 AND decided_at =
       (SELECT max(decided_at) FROM decisions WHERE submission_id = $1)`,
    [id, `${hours} hours`],
  );
}

it('counts, times and returns of every step, by role and kind', async () => {
  const wang = callerOf(mine, 'wang', 'reviewer');
  const zhao = callerOf(mine, 'zhao', 'finance');
  const january = { periods: ['2023-01'] };
  const first = await desk.submit(mine, january);
  const second = await desk.submit(mine, { ...january, departments: ['D2'] });
  const third = await desk.submit(mine, { periods: ['2023-02'] });
  const rates = await desk.submit(mine, { ...january, subject: 'import', key: '1', kinds: ['rates', 'records'] });

  await afterHours('1', first.id, () => desk.approve(wang, first), 'reviewed');
  await afterHours('2', second.id, () => desk.approve(wang, second), 'reviewed');
  await afterHours('6', third.id, () => desk.return(wang, third), 'returned');
  await afterHours('4', rates.id, () => desk.approve(wang, rates), 'reviewed');
  await afterHours('0.5', first.id, () => desk.approve(zhao, first), 'posted');

  const all = await desk.uow.run(wholeMine(mine), (tx) => measureSteps(tx, wholeMine(mine), null));
  const zero = { returns: 0, returnShare: '0.0000' };
  expect(all).toEqual([
    // One step of 0.5 h.
    {
      role: 'finance',
      kind: 'records',
      decisions: 1,
      medianHours: '0.50',
      meanHours: '0.50',
      longestHours: '0.50',
      ...zero,
    },
    // The import alone: 4 h.
    {
      role: 'reviewer',
      kind: 'rates',
      decisions: 1,
      medianHours: '4.00',
      meanHours: '4.00',
      longestHours: '4.00',
      ...zero,
    },
    // 1, 2, 4 (the import has records too) and 6 h: median (2 + 4) / 2 = 3, mean 13 / 4 = 3.25; 1 of 4 went back.
    {
      ...{
        role: 'reviewer',
        kind: 'records',
        decisions: 4,
        medianHours: '3.00',
        meanHours: '3.25',
        longestHours: '6.00',
      },
      ...{ returns: 1, returnShare: '0.2500' },
    },
  ]);

  // Without February: 1, 2 and 4 h: median 2, mean 7 / 3 = 2.33.
  const ofJanuary = await desk.uow.run(wholeMine(mine), (tx) => measureSteps(tx, wholeMine(mine), '2023-01'));
  expect(ofJanuary.at(-1)).toMatchObject({ decisions: 3, medianHours: '2.00', meanHours: '2.33', returns: 0 });

  // Who may see D2 only learns of one step.
  const some = someDepartments(mine, ['D2'], 'x');
  const ofD2 = await desk.uow.run(some, (tx) => measureSteps(tx, some, null));
  expect(ofD2).toMatchObject([{ role: 'reviewer', kind: 'records', decisions: 1, meanHours: '2.00' }]);
  // The query says so itself, where row-level security would let all of the mine through.
  expect(await desk.uow.run(wholeMine(mine), (tx) => measureSteps(tx, some, null))).toEqual(ofD2);

  const made = await desk.uow.run(wholeMine(mine), (tx) => listDecisions(tx, mine, first.id));
  expect(made).toMatchObject([
    { round: 1, step: 1, role: 'reviewer', decision: 'approved', actor: 'wang', onBehalfOf: null, waitedHours: '1.00' },
    { round: 1, step: 2, role: 'finance', decision: 'approved', actor: 'zhao', onBehalfOf: null, waitedHours: '0.50' },
  ]);
});
