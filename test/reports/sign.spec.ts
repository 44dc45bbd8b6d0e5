/** Four people sign in order under one hash; whatever else is refused, by the service and by the database itself. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JANUARY, MATERIAL } from '../periods/two-months.js';
import { ReportedMine, sha256, type Made, type Who } from './make-report-mine.js';

let mine: ReportedMine;
let report: Made;
let people: Readonly<Record<'office' | 'reviewer' | 'finance' | 'other' | 'committee', Who>>;
beforeAll(async () => {
  mine = await ReportedMine.open();
  const { running } = mine;
  people = {
    office: await running.callerWith('committee'),
    reviewer: await running.callerWith('reviewer'),
    finance: await running.callerWith('finance'),
    other: await running.callerWith('finance'),
    committee: await running.callerWith('committee'),
  };
}, 120_000);
afterAll(() => mine.running.stop());

const sign = (role: string, who: Who, { id, sha256: hash }: Pick<Made, 'id' | 'sha256'> = report) =>
  mine.post(`/reports/${id}/sign`, { role, sha256: hash }, who);

async function refusal(role: string, who: Who, of?: Pick<Made, 'id' | 'sha256'>): Promise<string> {
  const { status, body } = await sign(role, who, of);
  return `${status} ${body.code as string}`;
}

it('signs no draft', async () => {
  const draft = await mine.make(JANUARY);
  expect(await refusal('prepare', people.office, draft)).toBe('409 report_is_draft');
  await mine.close(JANUARY);
  report = await mine.make(JANUARY);
});

describe('a final report', () => {
  it('is signed in order, by who holds the role, once each, under the hash that they read', async () => {
    const pdf = sha256(await mine.document(report.id, 'pdf'));
    expect(await refusal('review', people.reviewer)).toBe('409 report_step_early');
    expect(await refusal('prepare', people.office, { ...report, sha256: '0'.repeat(64) })).toBe(
      '409 report_hash_differs',
    );
    expect(await refusal('prepare', people.reviewer)).toBe('403 not_your_signature');
    expect((await sign('prepare', people.finance).expect(200)).body).toMatchObject({ due: 'review' });
    expect(await refusal('prepare', people.office)).toBe('409 report_step_signed');
    expect(await refusal('review', people.finance)).toBe('409 signed_before');
    await sign('review', people.reviewer).expect(200);
    expect(await refusal('chief', people.office)).toBe('403 not_your_signature');
    expect(await refusal('committee', people.committee)).toBe('409 report_step_early');
    await sign('chief', people.other).expect(200);
    const { body } = await sign('committee', people.committee).expect(200);
    expect(body).toMatchObject({ id: report.id, sha256: report.sha256, due: null });
    const roles = (body.signed as { step: number; role: string }[]).map(({ step, role }) => `${step} ${role}`);
    expect(roles).toEqual(['1 prepare', '2 review', '3 chief', '4 committee']);
    expect(await refusal('committee', people.office)).toBe('409 report_step_signed');
    expect(sha256(await mine.document(report.id, 'pdf'))).toBe(pdf);
  });

  it('has a sheet of its own with the hashes and the names', async () => {
    const { text, headers } = await mine.get(`/reports/${report.id}/signatures.html`).expect(200);
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    const pdf = sha256(await mine.document(report.id, 'pdf'));
    for (const said of ['Signature sheet', report.sha256, pdf, 'Party committee']) {
      expect(text).toContain(said);
    }
    const chinese = await mine.get(`/reports/${report.id}/signatures.html`).set('Accept-Language', 'zh').expect(200);
    for (const said of ['编制', '审核', '财务负责人', '党委', '柴里煤矿']) expect(chinese.text).toContain(said);
    await mine
      .get(`/reports/${report.id}/signatures.html`, await mine.running.callerWith('clerk', ['CM1']))
      .expect(403);
  });

  it('is signed by one of those who do it in the same moment', async () => {
    await mine.reopen(JANUARY);
    expect(await refusal('prepare', people.office)).toBe('409 report_reopened');
    await mine.take('records', MATERIAL(JANUARY, 'R20', { amount: '600' }));
    await mine.close(JANUARY);
    const second = await mine.make(JANUARY);
    expect(second.version).toBe(2);
    expect(await refusal('prepare', people.office)).toBe('409 report_superseded');
    const both = await Promise.all([sign('prepare', people.office, second), sign('prepare', people.finance, second)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
    report = second;
  });
});

describe('the database itself refuses', () => {
  const insert = (step: number, role: string, by: string, state = 'final', hash = report.sha256) =>
    mine.running
      .query(
        `INSERT INTO report_signatures (mine_id, report_id, step, after_step, role, state, model_sha256, signed_by)
         SELECT mine_id, id, $2::smallint, nullif($2::smallint - 1, 0), $3, $4, $5, $6 FROM reports WHERE id = $1`,
        [report.id, step, role, state, hash, by],
      )
      .then(
        () => 'done',
        (error: { constraint?: string }) => error.constraint,
      );

  it('a step before its turn, another role, another hash, a draft, the same person twice', async () => {
    expect(await insert(3, 'chief', 'li')).toBe('report_signatures_mine_id_report_id_after_step_fkey');
    expect(await insert(2, 'chief', 'li')).toBe('report_signatures_step_of_role');
    expect(await insert(5, 'committee', 'li')).toMatch(/^report_signatures_step/);
    expect(await insert(2, 'review', 'li', 'final', '0'.repeat(64))).toBe(
      'report_signatures_mine_id_report_id_state_model_sha256_fkey',
    );
    expect(await insert(2, 'review', 'li', 'draft')).toBe('report_signatures_state_check');
    const [first] = await mine.running.query<{ by: string }>(
      'SELECT signed_by AS by FROM report_signatures WHERE report_id = $1',
      [report.id],
    );
    expect(await insert(2, 'review', first!.by)).toBe('report_signatures_mine_id_report_id_signed_by_key');
    expect(await insert(2, 'review', 'li')).toBe('done');
  });
});
