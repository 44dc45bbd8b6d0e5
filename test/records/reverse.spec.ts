import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk, purchase } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.leave());

describe('a posted record', () => {
  it('is taken back by a record of opposite figures on the same path; the figures move when that is posted', async () => {
    const { clerk, reviewer, finance } = desk.people;
    const nothing = await desk.figures();
    await desk.takeThrough(clerk, reviewer, purchase('V1'));
    const counted = await desk.figures();
    const { body: made } = await desk.post(clerk, '/V1/reverse', { reason: '重复入账' }).expect(200);
    expect(made).toEqual({ id: 'V1', outcome: 'submitted', reversal: 'V1-R' });
    const { body: reversal } = await desk.get(clerk, '/V1-R').expect(200);
    expect(reversal).toMatchObject({
      ...{ id: 'V1-R', status: 'submitted', reverses: 'V1', date: '2023-03-05', corrects_period: null },
      ...{ quantity: '-10.000000', amount: '-95.00', unit_price: '9.500000', summary: '冲销 V1：重复入账' },
    });
    expect(await desk.figures()).toBe(counted);
    await desk.post(reviewer, '/V1-R/approve').expect(200);
    await desk.post(finance, '/V1-R/approve').expect(200);
    expect(counted).not.toBe(nothing);
    // The group stands, with sums of zero.
    expect(await desk.explicitCost('2023-03')).toBe('0.00');
    expect((await desk.get(clerk, '/V1')).body).toMatchObject({ status: 'posted', reversed_by_record: 'V1-R' });
  });

  it('is taken back once, and what takes it back stays', async () => {
    const { clerk, reviewer, finance } = desk.people;
    await desk.takeThrough(clerk, reviewer, purchase('V2'));
    const reason = { reason: '错' };
    const answers = await Promise.all(
      ['V2-a', 'V2-b', 'V2-c'].map((id) => desk.post(clerk, '/V2/reverse', { ...reason, id })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const refused = answers.find(({ status }) => status === 409)!.body as object;
    expect(refused).toMatchObject({ code: 'already_reversed' });
    const { reversal: id } = answers.find(({ status }) => status === 200)!.body as { reversal: string };
    // Withdrawn, it holds the record back no more.
    await desk.post(clerk, `/${id}/withdraw`).expect(200);
    await desk.post(clerk, '/V2/reverse', reason).expect(200);
    await desk.post(reviewer, '/V2-R/approve').expect(200);
    await desk.post(finance, '/V2-R/approve').expect(200);
    expect((await desk.post(clerk, '/V2-R/reverse', reason).expect(409)).body).toMatchObject({ code: 'is_a_reversal' });
    expect((await desk.post(clerk, '/V2/reverse', reason).expect(409)).body).toMatchObject({
      code: 'already_reversed',
    });
    await expect(
      desk.running.query(
        `INSERT INTO records SELECT (r).* FROM (SELECT json_populate_record(x, '{"id": "V2-X"}') AS r
           FROM records x WHERE id = 'V2-R') x`,
      ),
    ).rejects.toThrow('records_one_reversal');
  });

  it('is taken back with others: each by itself', async () => {
    const { clerk, reviewer } = desk.people;
    await desk.takeThrough(clerk, reviewer, purchase('V3'));
    await desk.takeThrough(clerk, reviewer, purchase('V4'));
    await desk.post(clerk, '', purchase('V5')).expect(201);
    await desk.post(clerk, '', purchase('V4-R')).expect(201);
    const body = { ids: ['V3', 'V4', 'V5', 'V6'], reason: '错' };
    const { body: answer } = await desk.post(clerk, '/reverse', body).expect(200);
    expect(answer.data).toMatchObject([
      { id: 'V3', outcome: 'submitted', reversal: 'V3-R' },
      { id: 'V4', outcome: 'refused', code: 'reversal_id_taken' },
      { id: 'V5', outcome: 'refused', code: 'not_posted' },
      { id: 'V6', outcome: 'refused', code: 'unknown_record' },
    ]);
  });
});

describe('a record of a period that is closed', () => {
  const setStatus = (period: string, status: string) =>
    desk.running.query(`UPDATE periods SET status = $2 WHERE mine_id = 'chaili' AND code = $1`, [period, status]);

  it('is corrected in an open one', async () => {
    const { clerk, reviewer, finance } = desk.people;
    await desk.takeThrough(clerk, reviewer, purchase('C1', 10, '2023-05-10'));
    await desk.close('2023-05', ['CM1']);
    const reported = await desk.figures('2023-05', 'reported');
    const wish = { reason: '错', date: '2023-05-20' };
    const { body: late } = await desk.post(clerk, '/C1/reverse', wish).expect(422);
    expect(late.errors).toMatchObject([{ column: 'date', code: 'period_closed' }]);
    await desk.post(clerk, '/C1/reverse', { ...wish, date: '2023-06-31' }).expect(400);
    await desk.post(clerk, '/C1/reverse', { ...wish, date: '2023-06-02' }).expect(200);
    const { body } = await desk.get(clerk, '/C1-R').expect(200);
    expect(body).toMatchObject({ date: '2023-06-02', corrects_period: '2023-05', valued_period: '2023-05' });
    expect(body).toMatchObject({ posted_period: '2023-06', amount: '-95.00' });
    await desk.post(clerk, '/C1-R/withdraw').expect(200);
    await desk.post(clerk, '/C1/reverse', { reason: '错' }).expect(200);
    const { body: today } = await desk.get(clerk, '/C1-R').expect(200);
    const [now] = await desk.running.query(`SELECT (now() AT TIME ZONE 'Asia/Shanghai')::date::text AS date`);
    expect(today).toMatchObject({ ...(now as object), corrects_period: '2023-05' });
    await desk.post(reviewer, '/C1-R/approve').expect(200);
    await desk.post(finance, '/C1-R/approve').expect(200);
    expect(await desk.explicitCost('2023-05')).toBe('0.00');
    expect(await desk.figures('2023-05', 'reported')).toBe(reported);
  });

  it('is neither entered, handed in nor posted', async () => {
    const { clerk, reviewer, finance } = desk.people;
    await desk.post(clerk, '', purchase('C2', 10, '2023-07-10')).expect(201);
    await desk.handIn(clerk, purchase('C3', 10, '2023-07-10'));
    await desk.handIn(clerk, purchase('C4', 10, '2023-08-10'));
    await desk.post(reviewer, '/approve', { ids: ['C3', 'C4'] }).expect(200);
    await setStatus('2023-07', 'closing');
    const { body: closing } = await desk.post(clerk, '/C2/submit').expect(422);
    expect(closing.errors).toMatchObject([{ column: 'date', code: 'period_closing' }]);
    await setStatus('2023-07', 'closed');
    for (const refused of [
      await desk.post(clerk, '/C2/submit').expect(422),
      await desk.post(clerk, '', purchase('C5', 10, '2023-07-10')).expect(422),
      await desk.post(finance, '/C3/approve').expect(422),
    ]) {
      expect(refused.body.errors).toMatchObject([{ column: 'date', code: 'period_closed' }]);
    }
    const { body } = await desk.post(finance, '/approve', { ids: ['C3', 'C4'] }).expect(200);
    expect(body.data).toMatchObject([
      { id: 'C3', outcome: 'refused' },
      { id: 'C4', outcome: 'posted' },
    ]);
    // What was handed in before is still posted while the period is only being closed.
    await setStatus('2023-07', 'closing');
    await desk.post(finance, '/C3/approve').expect(200);
  });
});
