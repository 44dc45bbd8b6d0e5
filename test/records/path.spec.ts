import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Desk, purchase } from './desk.js';

let desk: Desk;
beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.leave());

describe('a record on its path', () => {
  it('is draft, submitted, reviewed and posted, and moves no figure before the last step', async () => {
    const { clerk, reviewer, finance } = desk.people;
    const before = await desk.figures();
    const { body: draft } = await desk.post(clerk, '', purchase('P1')).expect(201);
    expect(draft).toMatchObject({ id: 'P1', status: 'draft', posted_at: null, amount: '95.00', returned_reason: null });
    expect(await desk.figures()).toBe(before);
    expect((await desk.post(clerk, '/P1/submit').expect(200)).body).toEqual({ id: 'P1', outcome: 'submitted' });
    expect((await desk.post(reviewer, '/P1/approve').expect(200)).body).toEqual({ id: 'P1', outcome: 'reviewed' });
    expect(await desk.figures()).toBe(before);
    expect((await desk.get(clerk, '/P1')).body).toEqual({ ...draft, status: 'reviewed' });
    await desk.post(finance, '/P1/approve').expect(200);
    const { body: posted } = await desk.get(clerk, '/P1').expect(200);
    expect(posted).toMatchObject({ status: 'posted', maker: draft.maker });
    expect(posted.posted_at).toMatch(/^\d{4}-\d\d-\d\dT.*Z$/);
    // 10 · (10 − 9.50) = 5.00 of price reduction.
    const { body } = await desk.running.http.get('/api/v1/synergy?period=2023-03&by=department').expect(200);
    expect(body.rows).toMatchObject([
      { department: 'CM1', measures: { explicit_actual: '95.00', price_reduction: '5.00' } },
    ]);
    const { body: imported } = await desk.running.http.get(`/api/v1/imports/${posted.import_id}`).set({ ...finance });
    expect(imported).toMatchObject({ status: 'accepted', accepted: 1, controlTotals: { rows: 1, amount: '95.00' } });
  });

  it('comes back with a reason, is rewritten by its maker, and goes a second round from the first step on', async () => {
    const { clerk, colleague, reviewer, finance } = desk.people;
    await desk.handIn(clerk, purchase('P2'));
    await desk.post(reviewer, '/P2/approve').expect(200);
    const { body: unsaid } = await desk.post(finance, '/P2/return').expect(400);
    expect(unsaid.errors).toMatchObject([{ column: 'reason', code: 'missing_property' }]);
    await desk.post(finance, '/P2/return', { reason: '发票金额不符' }).expect(200);
    const { body: draft } = await desk.get(clerk, '/P2').expect(200);
    expect(draft).toMatchObject({ status: 'draft', returned_reason: '发票金额不符' });
    expect(draft.returned_by).toMatch(/^key:/);
    expect((await desk.put(colleague, '/P2', purchase('P2', 8)).expect(403)).body).toMatchObject({
      code: 'not_the_maker',
    });
    expect((await desk.put(clerk, '/P2', purchase('PX', 8)).expect(400)).body).toMatchObject({ code: 'id_differs' });
    await desk.put(clerk, '/P2?submit=true', purchase('P2', 8)).expect(200);
    expect((await desk.put(clerk, '/P2', purchase('P2', 9)).expect(409)).body).toMatchObject({ code: 'not_a_draft' });
    expect((await desk.post(finance, '/P2/approve').expect(409)).body).toMatchObject({ code: 'not_your_step' });
    await desk.post(reviewer, '/P2/approve').expect(200);
    await desk.post(finance, '/P2/approve').expect(200);
    expect((await desk.get(clerk, '/P2')).body).toMatchObject({
      status: 'posted',
      amount: '76.00',
      returned_reason: null,
    });
  });

  it('is approved by nobody twice, never by its maker, and by the roles in their order', async () => {
    const both = await desk.running.callerWith(['clerk', 'reviewer', 'finance'], ['CM1']);
    const checker = await desk.running.callerWith(['reviewer', 'finance'], ['CM1']);
    await desk.handIn(both, purchase('P3'));
    expect((await desk.post(both, '/P3/approve').expect(409)).body).toMatchObject({ code: 'own_work' });
    expect((await desk.post(desk.people.finance, '/P3/approve').expect(409)).body).toMatchObject({
      code: 'not_your_step',
    });
    await desk.post(checker, '/P3/approve').expect(200);
    expect((await desk.post(checker, '/P3/approve').expect(409)).body).toMatchObject({ code: 'approved_before' });
    expect((await desk.post(both, '/P3/approve').expect(409)).body).toMatchObject({ code: 'own_work' });
    await desk.post(desk.people.finance, '/P3/approve').expect(200);
    expect((await desk.post(checker, '/P3/approve').expect(409)).body).toMatchObject({ code: 'already_decided' });
  });

  it('is handed in, and taken back, by its maker alone; the id is free again', async () => {
    const { clerk, colleague, reviewer, finance } = desk.people;
    await desk.post(clerk, '', purchase('P4')).expect(201);
    expect((await desk.post(colleague, '/P4/submit').expect(403)).body).toMatchObject({ code: 'not_the_maker' });
    expect((await desk.post(reviewer, '/P4/approve').expect(409)).body).toMatchObject({ code: 'not_submitted' });
    expect((await desk.post(colleague, '', purchase('P4')).expect(422)).body.errors).toMatchObject([
      { column: 'id', code: 'duplicate_record' },
    ]);
    await desk.post(clerk, '/P4/submit').expect(200);
    expect((await desk.post(colleague, '/P4/withdraw').expect(403)).body).toMatchObject({ code: 'not_the_maker' });
    await desk.post(reviewer, '/P4/approve').expect(200);
    expect((await desk.post(clerk, '/P4/withdraw').expect(200)).body).toMatchObject({ outcome: 'withdrawn' });
    expect((await desk.post(finance, '/P4/approve').expect(409)).body).toMatchObject({ code: 'already_decided' });
    await desk.takeThrough(colleague, reviewer, purchase('P4', 4));
    const { body: posted } = await desk.get(clerk, '/P4').expect(200);
    expect(posted).toMatchObject({ status: 'posted', amount: '38.00' });
    expect((await desk.post(colleague, '/P4/withdraw').expect(409)).body).toMatchObject({ code: 'already_posted' });
    const { body: list } = await desk.get(clerk, '?status=withdrawn').expect(200);
    expect(list.data).toMatchObject([{ id: 'P4', amount: '95.00', reversed_by: null }]);
  });

  it('is valued again when it is posted: what the world made wrong stays where it was', async () => {
    const { clerk, reviewer, finance } = desk.people;
    await desk.handIn(clerk, { ...purchase('P5'), unit: '件' });
    await desk.handIn(clerk, purchase('P6'));
    await desk.post(reviewer, '/approve', { ids: ['P5', 'P6'] }).expect(200);
    await desk.running.query(`UPDATE baselines SET unit = '吨' WHERE mine_id = 'chaili' AND code = 'B1'`);
    const { body } = await desk.post(finance, '/approve', { ids: ['P5', 'P6', 'P7'] }).expect(200);
    expect(body.data).toEqual([
      {
        ...{ id: 'P5', outcome: 'refused', code: 'row_refused', message: expect.any(String) },
        errors: [{ row: 1, column: 'unit', code: 'unit_mismatch', message: expect.any(String) }],
      },
      { id: 'P6', outcome: 'posted' },
      { id: 'P7', outcome: 'refused', code: 'unknown_record', message: '没有单据号为 P7 的记录。' },
    ]);
    expect((await desk.get(clerk, '/P5')).body).toMatchObject({ status: 'reviewed' });
    await desk.running.query(`UPDATE baselines SET unit = NULL WHERE mine_id = 'chaili' AND code = 'B1'`);
    await desk.post(finance, '/P5/approve').expect(200);
  });

  it('counts once, however many approve it at once', async () => {
    const { clerk, reviewer } = desk.people;
    const before = await desk.explicitCost('2023-09');
    await desk.handIn(clerk, purchase('P8', 10, '2023-09-01'));
    await desk.post(reviewer, '/P8/approve').expect(200);
    const checkers = await Promise.all(Array.from({ length: 50 }, () => desk.running.callerWith('finance')));
    const answers = await Promise.all(checkers.map((one) => desk.post(one, '/P8/approve')));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array<number>(49).fill(409)]);
    expect([before, await desk.explicitCost('2023-09')]).toEqual(['0.00', '95.00']);
  });

  it('needs its papers from the threshold of the mine on', async () => {
    const { clerk, reviewer } = desk.people;
    await desk.running.query(`UPDATE mines SET evidence_from_wan = 0.01 WHERE mine_id = 'chaili'`);
    try {
      // 0.01 万元 = 100 yuan: 104.50 needs papers, 95.00 does not.
      const { body: refused } = await desk.post(clerk, '?submit=true', purchase('P9', 11)).expect(409);
      expect(refused).toMatchObject({ code: 'evidence_missing' });
      await desk.get(clerk, '/P9').expect(404);
      await desk.post(clerk, '', purchase('P9', 11)).expect(201);
      await desk.handIn(clerk, purchase('P10', 10));
      expect((await desk.post(clerk, '/P9/submit').expect(409)).body).toMatchObject({ code: 'evidence_missing' });
      await desk.running.query(
        `INSERT INTO evidence (mine_id, subject, key, name, media_type, size_bytes, sha256, actor)
         VALUES ('chaili', 'record', 'P9', '发票.pdf', 'application/pdf', 1, 'x', 'key:x')`,
      );
      await desk.post(clerk, '/P9/submit').expect(200);
      await desk.post(reviewer, '/P9/return', { reason: '重复' }).expect(200);
      await desk.post(clerk, '/P9/withdraw').expect(200);
      // The papers go on naming it.
      expect((await desk.post(clerk, '', purchase('P9')).expect(422)).body.errors).toMatchObject([
        { code: 'duplicate_record' },
      ]);
    } finally {
      await desk.running.query(`UPDATE mines SET evidence_from_wan = NULL WHERE mine_id = 'chaili'`);
    }
  });
});
