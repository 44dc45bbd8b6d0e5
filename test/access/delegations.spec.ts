import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { dayInChina } from '../../src/platform/clock/clock.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { People, type Tokens } from './people.js';

let service: HttpAppUnderTest;
let people: People;
let chief: Tokens;
let deputy: Tokens;
beforeAll(async () => {
  service = await startHttpApp({ anonymous: true });
  people = await People.of(service);
  await service.query(`INSERT INTO departments (mine_id, code, name, parent) VALUES
    ('chaili', 'ZC', '综采', NULL), ('chaili', 'ZC1', '综采一队', 'ZC'), ('chaili', 'JY', '机运', NULL)`);
  chief = await people.join('chief', [
    { role: 'reviewer', department: 'ZC' },
    { role: 'clerk', department: 'ZC' },
  ]);
  deputy = await people.join('deputy', [{ role: 'clerk', department: 'JY' }]);
});
afterAll(() => service.stop());

const day = (offset: number) => dayInChina(new Date(Date.now() + offset * 86_400_000));
const outcome = ({ status, body }: { status: number; body: { code?: string } }) => [status, body.code];
const wanted = (change: object = {}) => ({
  to: 'deputy',
  validFrom: day(0),
  validTo: day(3),
  reason: '出差',
  ...change,
});
const leave = (change: object = {}, by: Tokens = chief) => people.post('/api/v1/delegations', wanted(change), by);
const me = async (tokens: Tokens) => (await people.get('/api/v1/me', tokens)).body;
const rightsOf = async (tokens: Tokens) =>
  Object.fromEntries(
    (await me(tokens)).rights.map(({ right, departments }: { right: string; departments: string[] }) => [
      right,
      departments,
    ]),
  ) as Record<string, string[]>;

it('lets the deputy see and decide what waits in the departments of the chief, and no more, until it is revoked', async () => {
  expect((await rightsOf(deputy))['approvals.decide']).toBeUndefined();
  const { body: made } = await leave().expect(201);
  expect(made).toMatchObject({ from: 'chief', to: 'deputy', validFrom: day(0), validTo: day(3), createdBy: 'chief' });
  expect((await me(deputy)).roles).toEqual(
    expect.arrayContaining([
      { role: 'clerk', departments: ['JY'], onBehalfOf: null },
      { role: 'reviewer', departments: ['ZC', 'ZC1'], onBehalfOf: 'chief' },
    ]),
  );
  const rights = await rightsOf(deputy);
  expect([rights['approvals.decide'], rights['records.read']]).toEqual([
    ['ZC', 'ZC1'],
    ['JY', 'ZC', 'ZC1'],
  ]);
  // What the chief may enter the deputy may not enter for them.
  expect([rights['records.write'], rights['figures.read']]).toEqual([['JY'], ['JY']]);
  expect((await me(deputy)).delegations).toEqual([made]);
  await people.post(`/api/v1/delegations/${made.id}/revoke`, {}, chief).expect(200);
  expect((await rightsOf(deputy))['approvals.decide']).toBeUndefined();
  expect((await me(deputy)).delegations).toEqual([]);
});

it.each([
  ['yesterday', -3, -1, [422, 'delegation_days']],
  ['from tomorrow on', 1, 2, undefined],
  ['until today', -2, 0, ['ZC', 'ZC1']],
])('that holds %s', async (_when, from, to, expected) => {
  const answer = await leave({ validFrom: day(from), validTo: day(to) });
  if (answer.status !== 201) return expect(outcome(answer)).toEqual(expected);
  expect((await rightsOf(deputy))['approvals.decide']).toEqual(expected);
  await people.post(`/api/v1/delegations/${answer.body.id}/revoke`, {}, chief).expect(200);
});

it('ends while the chief is disabled, and is not passed on', async () => {
  const third = await people.join('third');
  await people.join('away', [{ role: 'finance' }]);
  const { body: away } = await people.login('away').expect(200);
  await leave({ to: 'chief' }, away).expect(201);
  expect((await rightsOf(chief))['approvals.decide']).toBeNull();
  const { body: passedOn } = await leave({ to: 'third' }).expect(201);
  expect((await rightsOf(third))['approvals.decide']).toEqual(['ZC', 'ZC1']);
  await people.post('/api/v1/users/away/disable').expect(200);
  expect((await rightsOf(chief))['approvals.decide']).toEqual(['ZC', 'ZC1']);
  await people.post(`/api/v1/delegations/${passedOn.id}/revoke`, {}, chief).expect(200);
});

describe('is refused', () => {
  it.each([
    ['to oneself', { to: 'chief' }, [422, 'delegation_to_self']],
    ['to nobody', { to: 'nobody' }, [422, 'unknown_user']],
    ['for somebody else', { from: 'deputy', to: 'chief' }, [403, 'forbidden']],
    ['for more than 92 days', { validTo: day(92) }, [422, 'delegation_days']],
    ['backwards', { validFrom: day(2), validTo: day(1) }, [422, 'delegation_days']],
    ['on a day that is none', { validTo: '2027-02-30' }, [400, 'invalid_request']],
    ['without a reason', { reason: '' }, [400, 'invalid_request']],
  ])('%s', async (_what, change, expected) => {
    expect(outcome(await leave(change))).toEqual(expected);
  });

  it('to a clerk, who has nothing to leave', async () => {
    expect(outcome(await leave({ to: 'chief' }, deputy))).toEqual([403, 'forbidden']);
  });
});

describe('an administrator', () => {
  it('leaves the roles of somebody who is away already to another, but not to themselves', async () => {
    const { body } = await leave({ from: 'chief' }, people.admin).expect(201);
    expect(body).toMatchObject({ from: 'chief', to: 'deputy', createdBy: 'admin' });
    expect((await rightsOf(deputy))['approvals.decide']).toEqual(['ZC', 'ZC1']);
    expect(outcome(await leave({ from: 'chief', to: 'admin' }, people.admin))).toEqual([403, 'own_grants']);
    expect(outcome(await leave({ from: 'nobody' }, people.admin))).toEqual([422, 'unknown_user']);
  });

  it('sees all of them, others only their own, the latest first', async () => {
    const list = async (tokens: Tokens, query = '') => (await people.get(`/api/v1/delegations${query}`, tokens)).body;
    const all = (await list(people.admin)).data as { id: string; from: string; to: string; reason: string }[];
    expect(all.length).toBeGreaterThan(3);
    expect(all.map(({ id }) => Number(id))).toEqual([...all.map(({ id }) => Number(id))].sort((a, b) => b - a));
    expect((await list(deputy)).data).toEqual(all.filter(({ from, to }) => from === 'deputy' || to === 'deputy'));
    const first = await list(people.admin, '?limit=2');
    const second = await list(people.admin, `?limit=2&cursor=${first.next}`);
    expect([...first.data, ...second.data]).toEqual(all.slice(0, 4));
  });

  it('ends any of them; of others nobody else knows', async () => {
    const { body } = await leave({ from: 'chief' }, people.admin).expect(201);
    const outsider = await people.join('outsider', [{ role: 'reviewer', department: 'JY' }]);
    const revoke = (id: string, by: Tokens) => people.post(`/api/v1/delegations/${id}/revoke`, {}, by);
    expect(outcome(await revoke(body.id, outsider))).toEqual([404, 'unknown_delegation']);
    expect(outcome(await revoke('999999', people.admin))).toEqual([404, 'unknown_delegation']);
    expect(outcome(await revoke('x', people.admin))).toEqual([404, 'unknown_delegation']);
    expect((await revoke(body.id, people.admin)).body.revokedAt).not.toBeNull();
  });
});
