import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Approvals } from '../../src/modules/approval/index.js';
import type { NewSubmission } from '../../src/modules/approval/app/subject.js';
import { FIRST_MINE, wholeMine } from '../../src/modules/mines/index.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { newSubmission } from './desk.js';

type Headers = Awaited<ReturnType<HttpAppUnderTest['callerWith']>>;

let running: HttpAppUnderTest;
const mine = FIRST_MINE.code;
let clerk: Headers;
let reviewer: Headers;
let finance: Headers;

beforeAll(async () => {
  running = await startHttpApp({ approval: true });
  clerk = await running.callerWith('clerk', ['D1']);
  await running.query(`INSERT INTO departments (mine_id, code, name) VALUES ($1, 'D1', '综采'), ($1, 'D2', '掘进')`, [
    mine,
  ]);
  reviewer = await running.callerWith('reviewer', ['D1']);
  finance = await running.callerWith('finance');
});
afterAll(() => running.stop());

/** The actor of a key: ss.<mine>.<id>.<secret>. */
const actorOf = (headers: Headers) => `key:${headers['X-Api-Key'].split('.')[2]}`;

/** Puts things on their path as their module would; answers the numbers of their submissions. */
async function submit(...all: Partial<NewSubmission>[]): Promise<string[]> {
  const maker = actorOf(clerk);
  const submitted = await running.app.get(UnitOfWork).run(wholeMine(mine), (tx) =>
    running.app.get(Approvals).submit(
      tx,
      mine,
      all.map((one) => newSubmission({ maker, ...one })),
    ),
  );
  return submitted.map(({ id }) => id);
}

const post = (path: string, headers: Headers, body: object = {}) =>
  running.http.post(`/api/v1/${path}`).set(headers).set('Accept-Language', 'en').send(body);
const get = (path: string, headers: Headers) => running.http.get(`/api/v1/${path}`).set(headers);

describe('one step of one', () => {
  it('is taken by who holds it; problems are answered as usual', async () => {
    const [id] = await submit({});
    const url = `submissions/${id}`;
    expect((await post(`${url}/approve`, clerk)).status).toBe(403);
    expect((await post(`${url}/approve`, finance)).body).toMatchObject({ status: 409, code: 'not_your_step' });
    expect((await post(`${url}/approve`, reviewer, { step: 2 })).body).toMatchObject({
      status: 409,
      code: 'step_moved',
    });
    expect((await post(`${url}/approve`, reviewer, { step: 1, reason: '已核' })).body).toEqual({
      id,
      outcome: 'reviewed',
    });
    const again = await post(`${url}/approve`, reviewer);
    expect([again.status, again.body.code]).toEqual([409, 'approved_before']);
    expect(again.body.detail).toContain('a step of this round');
  });

  it('returns with a reason, which is asked for; the maker reads it, and withdraws what is theirs alone', async () => {
    const [first, second] = await submit({}, {});
    expect((await post(`submissions/${first}/return`, reviewer)).body).toMatchObject({
      ...{ status: 400, code: 'invalid_request', errors: [{ column: 'reason', code: 'missing_property' }] },
    });
    expect((await post(`submissions/${first}/return`, reviewer, { reason: ' ' })).status).toBe(400);
    expect((await post(`submissions/${first}/return`, reviewer, { reason: '缺发票' })).body.outcome).toBe('returned');
    const { body } = await get(`submissions/${first}`, clerk);
    expect(body).toMatchObject({ state: 'returned', reason: '缺发票', round: 1, stepsDone: 0 });
    expect(body.decisions).toMatchObject([
      { step: 1, role: 'reviewer', decision: 'returned', actor: actorOf(reviewer), onBehalfOf: null, reason: '缺发票' },
    ]);
    expect(body.decisions[0].waitedHours).toMatch(/^0\.0\d$/);
    expect((await post(`submissions/${second}/withdraw`, reviewer)).status).toBe(404);
    expect((await post(`submissions/${second}/withdraw`, clerk)).body.outcome).toBe('withdrawn');
    expect((await post(`submissions/${second}/withdraw`, clerk)).status).toBe(409);
  });

  it('of another department is as unknown as what is not there', async () => {
    const [id] = await submit({ departments: ['D2'], maker: 'somebody' });
    for (const unseen of [id, '999999', '0', 'x', '1e3']) {
      const answers = [
        await get(`submissions/${unseen}`, reviewer),
        await post(`submissions/${unseen}/approve`, reviewer),
        await post(`submissions/${unseen}/return`, reviewer, { reason: 'r' }),
        await post(`submissions/${unseen}/withdraw`, clerk),
      ];
      const codes = answers.map(({ status, body }) => [status, body.code]);
      expect([unseen, codes]).toEqual([unseen, answers.map(() => [404, 'unknown_submission'])]);
    }
    const { body } = await get('submissions?limit=200', reviewer);
    expect(body.data.map((one: { id: string }) => one.id)).not.toContain(id);
    expect((await get(`submissions/${id}`, finance)).status).toBe(200);
  });
});

describe('many at once', () => {
  it('each by itself, in order, and what was refused says why in the caller’s language', async () => {
    const ids = await submit({}, { departments: ['D2'] }, { maker: actorOf(reviewer) });
    const { status, body } = await post('submissions/approve', reviewer, { ids: [...ids, 'x'] });
    expect(status).toBe(200);
    expect(body.data).toMatchObject([
      { id: ids[0], outcome: 'reviewed' },
      { id: ids[1], outcome: 'refused', code: 'unknown_submission' },
      { id: ids[2], outcome: 'refused', code: 'own_work' },
      { id: 'x', outcome: 'refused', code: 'unknown_submission' },
    ]);
    expect(body.data[2].message).toContain('Nobody approves what they made themselves');
    expect(Object.keys(body.data[0])).toEqual(['id', 'outcome']);
  });

  it.each([
    ['none', { ids: [] }],
    ['201', { ids: Array.from({ length: 201 }, (_, index) => String(index)) }],
    ['a number', { ids: [1] }],
    ['no list', {}],
    ['another property', { ids: ['1'], force: true }],
    ['a step that is none', { ids: ['1'], step: 0 }],
  ])('refuses %s', async (_, body) => {
    expect((await post('submissions/approve', reviewer, body)).status).toBe(400);
  });

  it('returns and withdraws 200', async () => {
    const ids = await submit(...Array.from({ length: 200 }, () => ({})));
    const halves = [ids.slice(0, 100), ids.slice(100)] as const;
    const returned = await post('submissions/return', reviewer, { ids: halves[0], reason: '重报' });
    const withdrawn = await post('submissions/withdraw', clerk, { ids });
    const outcomes = (body: { data: { outcome: string; code?: string }[] }) => [
      ...new Set(body.data.map(({ outcome, code }) => code ?? outcome)),
    ];
    expect(outcomes(returned.body)).toEqual(['returned']);
    expect(outcomes(withdrawn.body)).toEqual(['already_decided', 'withdrawn']);
  });
});

it('50 approve one step at the same moment over HTTP: one does', async () => {
  const [id] = await submit({});
  const people = await Promise.all(Array.from({ length: 50 }, () => running.callerWith(['reviewer', 'finance'])));
  const answers = await Promise.all(people.map((person) => post(`submissions/${id}/approve`, person, { step: 1 })));
  const statuses = answers.map(({ status, body }) => `${status} ${body.code ?? body.outcome}`);
  expect(statuses.filter((each) => each === '200 reviewed')).toHaveLength(1);
  expect(statuses.filter((each) => each === '409 step_moved')).toHaveLength(49);
  expect(await running.query('SELECT FROM decisions WHERE submission_id = $1', [id])).toHaveLength(1);
});

describe('the work list', () => {
  it('shows what waits for whoever asks, with counts, page by page', async () => {
    const only = await running.callerWith('reviewer', ['D9']);
    await running.query(`INSERT INTO departments (mine_id, code, name) VALUES ($1, 'D9', '机电')`, [mine]);
    const ids = await submit({ departments: ['D9'], title: '一' }, { departments: ['D9'] }, { departments: ['D9'] });
    const first = (await get('worklist?limit=2', only)).body;
    expect(first.counts).toEqual({ total: 3, byKind: { record: 3, import: 0, profile: 0, rules: 0, reopening: 0 } });
    expect(first.data[0]).toEqual({
      ...{
        id: ids[0],
        subject: 'record',
        key: expect.any(String),
        title: '一',
        kinds: ['records'],
        departments: ['D9'],
      },
      ...{
        periods: ['2023-01'],
        amountYuan: '100.00',
        maker: actorOf(clerk),
        step: 1,
        role: 'reviewer',
        onBehalfOf: null,
      },
      ...{ since: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/), lacksEvidence: false },
    });
    const second = (await get(`worklist?limit=2&cursor=${first.next}`, only)).body;
    expect([...first.data, ...second.data].map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(second.next).toBeNull();
    expect((await get('worklist?cursor=x', only)).body.code).toBe('invalid_cursor');
    // Nobody else's, and nothing for who decides nothing.
    expect((await get('worklist', await running.callerWith('auditor'))).body.counts.total).toBe(0);
    expect((await get('worklist', await running.callerWith('admin'))).status).toBe(403);
  });

  it('says of an import that its papers are missing', async () => {
    const quality = await running.callerWith('finance');
    await running.query('UPDATE mines SET evidence_from_wan = 1 WHERE mine_id = $1', [mine]);
    const [id] = await submit({
      subject: 'import',
      key: '77',
      kinds: ['adjustments'],
      departments: null,
      amountYuan: '10000',
    });
    const { body } = await get('worklist?limit=200', quality);
    expect(body.data.find((one: { id: string }) => one.id === id).lacksEvidence).toBe(true);
    const refused = await post(`submissions/${id}/approve`, quality);
    expect([refused.status, refused.body.code]).toEqual([409, 'evidence_missing']);
    await running.query('UPDATE mines SET evidence_from_wan = NULL WHERE mine_id = $1', [mine]);
  });
});

describe('submissions', () => {
  it('are listed by state, subject and maker, the newest first', async () => {
    const ids = await submit({}, {}, {});
    const mineOnes = (await get('submissions?maker=me&state=submitted&subject=record&limit=2', clerk)).body;
    expect(mineOnes.data.map(({ id }: { id: string }) => id)).toEqual([ids[2], ids[1]]);
    const next = (await get(`submissions?maker=me&state=submitted&limit=1&cursor=${mineOnes.next}`, clerk)).body;
    expect(next.data.map(({ id }: { id: string }) => id)).toEqual([ids[0]]);
    expect((await get('submissions?maker=me', await running.callerWith('reviewer'))).body.data).toEqual([]);
    expect((await get('submissions?state=lost', clerk)).status).toBe(400);
    expect((await get('submissions?maker=li', clerk)).status).toBe(400);
  });
});

describe('the path', () => {
  it('is shown to all, proposed by finance or the administrator, and holds once another of finance approves', async () => {
    const admin = await running.callerWith('admin');
    const steps = [{ kind: 'targets', fromWan: '0', role: 'committee' }];
    expect((await get('approval-path', clerk)).body).toMatchObject({ evidenceFromWan: null, proposal: null });
    expect((await post('approval-path', clerk, { steps })).status).toBe(403);
    const proposed = await post('approval-path', admin, { steps, evidenceFromWan: '20' });
    expect(proposed.status).toBe(201);
    expect((await get('approval-path', finance)).body).toMatchObject({
      ...{ evidenceFromWan: null, proposal: { maker: actorOf(admin), evidenceFromWan: '20' } },
    });
    expect((await post('approval-path', finance, { steps })).body.code).toBe('already_submitted');
    const done = await post(`submissions/${proposed.body.submissionId}/approve`, finance);
    expect(done.body.outcome).toBe('posted');
    const { body } = await get('approval-path', clerk);
    expect([body.evidenceFromWan, body.proposal]).toEqual(['20', null]);
    expect(body.steps.filter(({ kind }: { kind: string }) => kind === 'targets')).toEqual(steps);
    // Taken back by who proposed it; null takes the threshold away.
    const undo = await post('approval-path', finance, { steps: [], evidenceFromWan: null });
    expect([undo.status, undo.body.evidenceFromWan]).toEqual([201, null]);
    expect((await post('approval-path/withdraw', admin)).status).toBe(404);
    expect((await post('approval-path/withdraw', finance)).status).toBe(204);
  });

  it.each([
    ['an unknown kind', { steps: [{ kind: 'all', fromWan: '0', role: 'finance' }] }],
    ['a role that approves nothing', { steps: [{ kind: 'records', fromWan: '0', role: 'clerk' }] }],
    ['a negative amount', { steps: [{ kind: 'records', fromWan: '-1', role: 'finance' }] }],
    ['a number', { steps: [{ kind: 'records', fromWan: 1, role: 'finance' }] }],
    ['more decimals than the fen', { steps: [{ kind: 'records', fromWan: '0.0000001', role: 'finance' }] }],
    ['a threshold that is none', { steps: [], evidenceFromWan: 'NaN' }],
    ['no steps', {}],
    ['a list in place of a step', { steps: [[]] }],
  ])('refuses %s', async (_, body) => {
    expect((await post('approval-path', finance, body)).status).toBe(400);
  });
});

it('measures are for those who watch over the work', async () => {
  const { status, body } = await get('approval-measures?period=2023-01', await running.callerWith('supervisor'));
  expect(status).toBe(200);
  expect(body.data.map(({ role, kind }: Record<string, string>) => [role, kind])).toContainEqual([
    'reviewer',
    'records',
  ]);
  expect((await get('approval-measures', clerk)).status).toBe(403);
  expect((await get('approval-measures?period=2023', finance)).status).toBe(400);
});
