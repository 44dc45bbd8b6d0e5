import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../src/platform/clock/clock.js';
import { bearer, People, type Tokens } from '../access/people.js';
import { Desk, purchase } from '../records/desk.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Sets what time the service believes it is; it stands still. */
function timeOf(running: HttpAppUnderTest) {
  const clock = running.app.get(Clock);
  const real = clock.now.bind(clock);
  return {
    set: (moment: string | number) => {
      const stands = new Date(moment);
      clock.now = () => new Date(stands);
    },
    real: () => (clock.now = real),
  };
}

/** Rows that stand in another month than the one of their date, corrections of closed months apart. */
const MISFILED = `SELECT id, date, posted_period AS period FROM records
  WHERE status IN ('posted', 'reversed') AND corrects_period IS NULL AND posted_period <> to_char(date, 'YYYY-MM')`;

describe('records, while the clock jumps', () => {
  let desk: Desk;
  let time: ReturnType<typeof timeOf>;
  beforeAll(async () => {
    desk = await Desk.open();
    time = timeOf(desk.running);
  }, 60_000);
  afterEach(() => void time.real());
  afterAll(() => desk.leave());

  it.each([
    // [what, the clock at entry, at review, at finance, dates of the records]
    ['year end', '2023-12-31T15:59:59Z', '2023-12-31T16:00:00Z', '2024-01-01T00:00:00Z', ['2023-12-31', '2024-01-01']],
    [
      'a leap day',
      '2024-02-28T16:00:00Z',
      '2024-02-29T15:59:59Z',
      '2024-02-29T16:00:00Z',
      ['2024-02-29', '2024-03-01'],
    ],
    [
      'back an hour',
      '2023-06-30T16:30:00Z',
      '2023-06-30T15:30:00Z',
      '2023-06-30T15:31:00Z',
      ['2023-06-30', '2023-07-01'],
    ],
    [
      'forward a day',
      '2023-08-31T10:00:00Z',
      '2023-09-01T10:00:00Z',
      '2023-09-01T10:00:01Z',
      ['2023-08-31', '2023-09-01'],
    ],
  ] as const)('%s: a record stands in the month of its own date', async (what, entry, review, finance, dates) => {
    for (const [at, date] of dates.entries()) {
      const record = purchase(`${what}-${at}`.replaceAll(' ', '-'), 10, date);
      time.set(entry);
      await desk.handIn(desk.people.clerk, record);
      time.set(review);
      await desk.post(desk.people.reviewer, `/${record.id}/approve`).expect(200);
      time.set(finance);
      await desk.post(desk.people.finance, `/${record.id}/approve`).expect(200);
      const { body } = await desk.get(desk.people.finance, `/${record.id}`).expect(200);
      expect(body).toMatchObject({ date, status: 'posted', posted_period: date.slice(0, 7) });
    }
    expect(await desk.running.query(MISFILED)).toEqual([]);
  });

  it('control: a row that is moved to the month before is found', async () => {
    await desk.takeThrough(desk.people.clerk, desk.people.reviewer, purchase('moved', 1, '2023-10-01'));
    await desk.running.query(`UPDATE records SET posted_period = '2023-09' WHERE id = 'moved'`);
    expect(await desk.running.query(MISFILED)).toEqual([{ id: 'moved', date: '2023-10-01', period: '2023-09' }]);
    await desk.running.query(`UPDATE records SET posted_period = '2023-10' WHERE id = 'moved'`);
  });

  it.each([
    // A month that is closed is corrected today, and today is a day in China: 2024-03-01 begins at 16:00 UTC.
    ['2024-02-29T15:59:59Z', '2024-02-29'],
    ['2024-02-29T16:00:00Z', '2024-03-01'],
    ['2024-12-31T16:00:00Z', '2025-01-01'],
  ])('at %s the reversal of a record of a closed month is dated %s', async (moment, today) => {
    const month = { '2024-02-29': '2023-03', '2024-03-01': '2023-04', '2025-01-01': '2023-05' }[today]!;
    const id = `closed-${month}`;
    await desk.takeThrough(desk.people.clerk, desk.people.reviewer, purchase(id, 1, `${month}-05`));
    await desk.close(month, ['MINE', 'CM1', 'CM2']);
    time.set(moment);
    const { body } = await desk.post(desk.people.clerk, `/${id}/reverse`, { reason: '重复' }).expect(200);
    const { body: reversal } = await desk
      .get(desk.people.clerk, `/${(body as { reversal: string }).reversal}`)
      .expect(200);
    expect(reversal).toMatchObject({ date: today, corrects_period: month });
  });

  it('decisions stand in the order in which they were made, whatever time it was said to be', async () => {
    await desk.takeThrough(desk.people.clerk, desk.people.reviewer, purchase('ordered', 1, '2023-11-05'));
    // The clock of the database went back between the first step and the second.
    await desk.running.query(
      `UPDATE decisions SET decided_at = decided_at - interval '1 hour' WHERE step = 2 AND submission_id IN
         (SELECT id FROM submissions WHERE key = 'ordered')`,
    );
    const [found] = await desk.running.query<{ id: string }>(`SELECT id FROM submissions WHERE key = 'ordered'`);
    const { body } = await desk.running.http.get(`/api/v1/submissions/${found!.id}`).expect(200);
    expect((body as { decisions: { step: number }[] }).decisions.map(({ step }) => step)).toEqual([1, 2]);
  });
});

describe('sign-ins, while the clock jumps', () => {
  let running: HttpAppUnderTest;
  let people: People;
  let time: ReturnType<typeof timeOf>;
  let li: Tokens;
  const noon = Date.now();
  const me = (tokens: Tokens) => people.get('/api/v1/me', tokens);
  const refresh = (refreshToken: string) => running.http.post('/api/v1/auth/refresh').send({ refreshToken });
  beforeAll(async () => {
    running = await startHttpApp({ anonymous: true, approval: true });
    people = await People.of(running);
    time = timeOf(running);
    li = await people.join('li', [{ role: 'finance' }]);
  }, 60_000);
  afterEach(() => void time.real());
  afterAll(() => running.stop());

  it('back an hour: who is signed in stays so, and can refresh, leave and come again', async () => {
    time.set(noon - HOUR_MS);
    await me(li).expect(200);
    const { body } = await refresh(li.refreshToken).expect(200);
    await me(body as Tokens).expect(200);
    await people.post('/api/v1/auth/logout', {}, body as Tokens).expect(204);
    await me(body as Tokens).expect(401);
    const again = await people.login('li').expect(200);
    time.real();
    // Signed an hour ago, as it seems now: the token is over, the session is not.
    await me(again.body as Tokens).expect(401);
    li = (await refresh((again.body as Tokens).refreshToken).expect(200)).body as Tokens;
    await me(li).expect(200);
  });

  it('forward a day: tokens and sessions are over, one-time passwords only after their own time', async () => {
    const user = { username: 'wang', displayName: '王', grants: [] };
    const { body } = await people.post('/api/v1/users', user).expect(201);
    const { oneTimePassword, passwordExpiresAt } = body as { oneTimePassword: string; passwordExpiresAt: string };
    time.set(noon + DAY_MS);
    await me(li).expect(401);
    await refresh(li.refreshToken).expect(401);
    time.set(Date.parse(passwordExpiresAt) - 1_000);
    await people.login('wang', oneTimePassword).expect(200);
    time.set(Date.parse(passwordExpiresAt) + 1_000);
    await people.login('wang', oneTimePassword).expect(401);
  });

  it('keys hold until their hour, to the second, whichever way the clock moves', async () => {
    const expiresAt = new Date(noon + 2 * HOUR_MS);
    const json = { name: '接口', expiresAt: expiresAt.toISOString(), grants: [{ role: 'integration' }] };
    const { body } = await people.post('/api/v1/api-keys', json).expect(201);
    const ask = () => running.http.get('/api/v1/me').set({ 'X-Api-Key': (body as { key: string }).key });
    for (const [moment, status] of [
      ...[
        [-1_000, 200],
        [1_000, 401],
        [-HOUR_MS, 200],
        [DAY_MS, 401],
        [-2 * HOUR_MS, 200],
      ],
    ] as const) {
      time.set(expiresAt.getTime() + moment);
      await ask().expect(status);
    }
  });

  it('a delegation holds on its days in China, first and last included', async () => {
    const [zhao, qian] = [await people.join('zhao', [{ role: 'reviewer' }]), await people.join('qian')];
    const days = { validFrom: '2028-02-28', validTo: '2028-02-29' };
    await people.post('/api/v1/delegations', { to: 'qian', reason: '出差', ...days }, zhao).expect(201);
    // Sessions of those years.
    await running.query(`UPDATE sessions SET expires_at = '2030-01-01'`);
    for (const [moment, holds] of [
      ['2028-02-27T15:59:59Z', false],
      ['2028-02-27T16:00:00Z', true],
      ['2028-02-29T15:59:59Z', true],
      ['2028-02-29T16:00:00Z', false],
      ['2028-02-29T15:00:00Z', true],
    ] as const) {
      time.set(moment);
      const tokens = (await refresh(qian.refreshToken).expect(200)).body as Tokens;
      Object.assign(qian, tokens);
      const { body } = await running.http.get('/api/v1/me').set(bearer(tokens.accessToken)).expect(200);
      const roles = (body as { roles: { role: string }[] }).roles.map(({ role }) => role);
      expect([moment, roles.includes('reviewer')]).toEqual([moment, holds]);
    }
  });
});
