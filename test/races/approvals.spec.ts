/** Guarantee 9: however many approve at the same moment, one of them did. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ServiceOfMines, type Answer, type RunningMine } from '../model/running-mine.js';
import { Random } from '../support/random-folder/random.js';
import { fieldsOf, outcomeOf } from './contested-mine.js';
import type { Grant } from '../model/cast.js';

const SEED = Number(process.env.SEED ?? Date.now() % 1_000_000);
const MANY = 50;

let service: ServiceOfMines;
beforeAll(async () => {
  service = await ServiceOfMines.start();
});
afterAll(() => service.stop());

type Person = 'clerk' | 'reviewer' | `checker${number}`;

const CHECKERS = Array.from({ length: MANY }, (_, at): Person => `checker${at}`);
const CAST = Object.fromEntries([
  ...[['clerk', [['clerk', 'D1']]] as const, ['reviewer', [['reviewer', '']]] as const],
  ...CHECKERS.map((name) => [name, [['finance', '']]] as const),
]) as unknown as Record<Person, readonly Grant[]>;

/** 100.00 yuan for 3 units of 10.00: a value of −70.00. */
const record = (id: string) => fieldsOf({ id, month: '2024-01', fen: 10_000n });

/** A mine with reviewed records, each of which finance has yet to approve. */
async function mineWith(ids: readonly string[]): Promise<RunningMine<Person>> {
  const mine = await service.foundFor(CAST);
  for (const id of ids)
    expect(await mine.post('clerk', '/records?submit=true', record(id))).toMatchObject({ status: 201 });
  const reviewed = await mine.post('reviewer', '/records/approve', { ids });
  expect(reviewed.body).toMatchObject({ data: ids.map((id) => ({ id, outcome: 'reviewed' })) });
  return mine;
}

async function expectCounted(mine: RunningMine<Person>, records: number): Promise<void> {
  const { body } = await mine.get<{ total: Record<string, string> }>('checker0', '/synergy');
  const actual = `${records * 100}.00`;
  expect(body.total).toMatchObject({ explicit_actual: actual, synergy_value: `${records * -70}.00` });
  const decisions = await service.running.query<{ step: number; taken: string }>(
    'SELECT step, count(*) AS taken FROM decisions WHERE mine_id = $1 GROUP BY step ORDER BY step',
    [mine.code],
  );
  const taken = String(records);
  expect(decisions).toEqual([
    { step: 1, taken },
    { step: 2, taken },
  ]);
}

/** One of them succeeded; the others were told why not. */
function expectOne(answers: readonly Answer[], why: readonly string[]): void {
  const outcomes = answers.map(outcomeOf).sort();
  expect(outcomes.filter((outcome) => outcome === '200')).toHaveLength(1);
  for (const { status } of answers) expect([200, 409]).toContain(status);
  expect(why).toEqual(expect.arrayContaining(outcomes.filter((outcome) => outcome !== '200')));
}

describe(`${MANY} approvals at once over HTTP`, () => {
  it('by as many people: one success, the record counts once', async () => {
    const mine = await mineWith(['R1']);
    expectOne(await Promise.all(CHECKERS.map((by) => mine.post(by, '/records/R1/approve', {}))), ['already_decided']);
    await expectCounted(mine, 1);
  });

  it('by one person: one success, the record counts once', async () => {
    const mine = await mineWith(['R1']);
    const requests = CHECKERS.map(() => mine.post('checker0', '/records/R1/approve', {}));
    expectOne(await Promise.all(requests), ['already_decided']);
    await expectCounted(mine, 1);
  });

  it('of the first step, which is not the last: one success, the step was taken once', async () => {
    const reviewers = Object.fromEntries(CHECKERS.map((name) => [name, [['reviewer', '']]])) as unknown as typeof CAST;
    const mine = await service.foundFor({ ...CAST, ...reviewers });
    expect(await mine.post('clerk', '/records?submit=true', record('R1'))).toMatchObject({ status: 201 });
    expectOne(await Promise.all(CHECKERS.map((by) => mine.post(by, '/records/R1/approve', {}))), [
      ...['not_your_step', 'already_decided'],
    ]);
    expect((await mine.get('clerk', '/records/R1')).body).toMatchObject({ status: 'reviewed' });
  });
});

describe(`overlapping approvals of many (seed ${SEED})`, () => {
  it('in whatever order: each record is posted by one of them, and nobody is told of a deadlock', async () => {
    const random = new Random(SEED);
    const ids = Array.from({ length: 40 }, (_, at) => `R${at}`);
    const mine = await mineWith(ids);
    const lists = CHECKERS.slice(0, 12).map((by) => ({ by, ids: random.shuffled(ids).slice(0, 30) }));
    const left = ids.filter((id) => lists.every((list) => !list.ids.includes(id)));
    const answers = await Promise.all(
      [...lists, { by: 'checker20' as const, ids: [...left, ids[0]!] }].map((list) =>
        mine.post<{ data: { id: string; outcome: string; code?: string }[] }>(list.by, '/records/approve', {
          ids: list.ids,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const said = answers.flatMap(({ body }) => body.data);
    expect(said.flatMap(({ id, outcome }) => (outcome === 'posted' ? [id] : [])).sort()).toEqual([...ids].sort());
    const others = said.filter(({ outcome }) => outcome !== 'posted');
    expect(new Set(others.map(({ outcome, code }) => `${outcome} ${code}`))).toEqual(
      new Set(['refused already_decided']),
    );
    await expectCounted(mine, ids.length);
  });
});
