import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomInt } from 'node:crypto';
import type { CallerHere, HeldRole, Role } from '../../src/modules/access/index.js';
import type { NewSubmission } from '../../src/modules/approval/app/subject.js';
import { findSubmission, listSubmissions } from '../../src/modules/approval/db/submission-answers.js';
import { countWaiting, listWaiting } from '../../src/modules/approval/db/work-list.js';
import { someDepartments, wholeMine } from '../../src/modules/mines/index.js';
import { ApprovalDesk, callerOf, newSubmission } from './desk.js';

let desk: ApprovalDesk;
beforeAll(async () => {
  desk = await ApprovalDesk.open();
});
afterAll(() => desk.close());

const waitingFor = (by: CallerHere) => desk.uow.run(by.reach, (tx) => listWaiting(tx, by, null, 200));
const idsFor = async (by: CallerHere) => (await waitingFor(by)).map(({ id }) => id);

describe('what waits for somebody', () => {
  it('is what they could approve now, the longest waiting first', async () => {
    const mine = await desk.newMine();
    const first = await desk.submit(mine);
    const second = await desk.submit(mine);
    await desk.submit(mine, { departments: ['D2'] });
    const import7 = await desk.submit(mine, { subject: 'import', key: '7', kinds: ['rates'], departments: null });
    const wang = callerOf(mine, 'wang', ['reviewer', ['D1']]);
    const zhao = callerOf(mine, 'zhao', 'finance');
    expect(await idsFor(wang)).toEqual([first.id, second.id]);
    expect(await idsFor(zhao)).toEqual([import7.id]);
    await desk.approve(wang, first);
    expect(await idsFor(wang)).toEqual([second.id]);
    // It waits for finance since a moment ago, the import since before.
    expect(await idsFor(zhao)).toEqual([import7.id, first.id]);
    expect(await waitingFor(zhao)).toMatchObject([
      { subject: 'import', step: 1, role: 'finance', onBehalfOf: null },
      { subject: 'record', step: 2, role: 'finance', onBehalfOf: null, maker: 'li', amountYuan: '100.00' },
    ]);
    const counts = await desk.uow.run(zhao.reach, (tx) => countWaiting(tx, zhao));
    expect([...counts].sort()).toEqual([
      ['import', 1],
      ['record', 1],
    ]);
  });

  it('says for whom it would be done', async () => {
    const mine = await desk.newMine();
    await desk.submit(mine);
    const [waiting] = await waitingFor(callerOf(mine, 'chen', ['reviewer', ['D1'], 'wang']));
    expect(waiting).toMatchObject({ role: 'reviewer', onBehalfOf: 'wang' });
  });

  it('is nothing that one had a say in already, through somebody else or for another', async () => {
    const mine = await desk.newMine();
    const submission = await desk.submit(mine);
    await desk.approve(callerOf(mine, 'chen', ['reviewer', null, 'wang']), submission);
    expect(await idsFor(callerOf(mine, 'wang', 'finance'))).toEqual([]);
    expect(await idsFor(callerOf(mine, 'chen', 'finance'))).toEqual([]);
    expect(await idsFor(callerOf(mine, 'sun', ['finance', null, 'wang']))).toEqual([]);
    expect(await idsFor(callerOf(mine, 'sun', 'finance'))).toEqual([submission.id]);
  });

  it('goes on from page to page without a gap, also where many wait since the same moment', async () => {
    const mine = await desk.newMine();
    for (let count = 0; count < 7; count += 1) await desk.submit(mine);
    await desk.query(`UPDATE submissions SET due_since = '2023-01-01T00:00:00.123456Z' WHERE mine_id = $1`, [mine]);
    const wang = callerOf(mine, 'wang', 'reviewer');
    const seen: string[] = [];
    for (let after: { sinceKey: string; id: string } | null = null; ;) {
      const page = await desk.uow.run(wang.reach, (tx) => listWaiting(tx, wang, after, 3));
      seen.push(...page.map(({ id }) => id));
      after = page.at(-1) ?? null;
      if (page.length < 3) break;
    }
    expect(seen).toEqual(await idsFor(wang));
    expect(seen).toHaveLength(7);
  });
});

describe('what is read of submissions', () => {
  it('is within the reach by the query itself, where row-level security would let all of the mine through', async () => {
    const mine = await desk.newMine();
    const [seen, unseen, whole] = [
      await desk.submit(mine),
      await desk.submit(mine, { departments: ['D1', 'D2'] }),
      await desk.submit(mine, { departments: null }),
    ];
    const own = await desk.submit(mine, { departments: ['D2'], maker: 'wang' });
    const reach = someDepartments(mine, ['D1'], 'wang');
    await desk.uow.run(wholeMine(mine), async (tx) => {
      const listed = await listSubmissions(tx, reach, {}, null, 10);
      expect(listed.map(({ id }) => id)).toEqual([own.id, seen.id]);
      for (const { id } of [unseen, whole]) expect(await findSubmission(tx, reach, id)).toBeNull();
      expect((await findSubmission(tx, reach, seen.id))?.id).toBe(seen.id);
    });
  });
});

/** mulberry32: the numbers of a seed, from 0 below 1. */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

it('lists exactly what the engine would let them approve, whoever they are', async () => {
  const seed = Number(process.env.SEED ?? randomInt(2 ** 31));
  console.log(`work list: seed ${seed}`);
  const next = numbersOf(seed);
  const oneOf = <Item>(items: readonly Item[]): Item => items[Math.floor(next() * items.length)]!;
  const PEOPLE = ['a', 'b', 'c', 'd', 'e'];
  const AREAS = [null, ['D1'], ['D2'], ['D1', 'D2']] as const;
  const mine = await desk.newMine();

  const someRoles = (actor: string): HeldRole[] =>
    Array.from({ length: 1 + Math.floor(next() * 3) }, () => ({
      ...{ role: oneOf<Role>(['reviewer', 'finance', 'quality', 'clerk']), departments: oneOf(AREAS) },
      onBehalfOf: oneOf([null, null, oneOf(PEOPLE.filter((person) => person !== actor))]),
    }));
  const somebody = () => {
    const actor = oneOf(PEOPLE);
    return callerOf(
      mine,
      actor,
      ...someRoles(actor).map(({ role, departments, onBehalfOf }) =>
        onBehalfOf === null ? ([role, departments] as const) : ([role, departments, onBehalfOf] as const),
      ),
    );
  };

  const all: string[] = [];
  let listed = 0;
  for (let turn = 0; turn < 120; turn += 1) {
    const departments = oneOf(AREAS);
    const kinds = oneOf([['records'], ['rates'], ['records', 'rates']]);
    const one: Partial<NewSubmission> = { maker: oneOf(PEOPLE), departments, kinds };
    if (turn % 3 === 0) all.push((await desk.submit(mine, newSubmission(one))).id);
    const by = somebody();
    const waiting = await idsFor(by);
    const id = oneOf(all);
    const said = next() < 0.15 ? await desk.return(by, { id }) : await desk.approve(by, { id });
    const isDone = ['reviewed', 'posted', 'returned'].includes(said);
    expect([turn, said, waiting.includes(id)]).toEqual([turn, said, isDone]);
    listed += Number(isDone);
  }
  // The turns tried both sides of the rule.
  expect(listed).toBeGreaterThan(5);
  expect(listed).toBeLessThan(115);
});
