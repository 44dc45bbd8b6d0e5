/** A month from open to closed, reopened by two people, and restated, over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_MINE } from '../../src/modules/mines/index.js';
import type { Kind } from '../../src/modules/rules/columns.js';
import { csvOf, type Fields } from '../db/kept-books.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';
import { FEBRUARY, GAIN, JANUARY, MATERIAL, NORM, PRICE, RECORDS, VOLUME } from './two-months.js';

let running: HttpAppUnderTest;
let files: ImportClient;
type Who = Readonly<Record<string, string>>;
let finance: Who;
let checker: Who;
beforeAll(async () => {
  running = await startHttpApp();
  files = new ImportClient(running);
  finance = await running.callerWith('finance');
  checker = await running.callerWith('finance');
});
afterAll(() => running.stop());

const path = (rest: string) => `/api/v1/periods/${JANUARY}${rest}`;
const get = (rest: string, who: Who = finance) => running.http.get(path(rest)).set(who).set('Accept-Language', 'en');
const post = (rest: string, body: object = {}, who: Who = finance) =>
  running.http.post(path(rest)).set(who).set('Accept-Language', 'en').send(body);

async function take(kind: Kind, ...rows: Fields[]): Promise<string> {
  const { id, status } = await files.take(FIRST_MINE.code, kind, csvOf(kind, rows));
  expect(status).toBe('accepted');
  return id;
}

async function causes(who: Who = finance) {
  const { body } = await get('/checklist', who).expect(200);
  return (body.causes as { code: string; count: number; blocks: boolean }[]).map(
    ({ code, count, blocks }) => `${code} ${count}${blocks ? ' blocks' : ''}`,
  );
}

async function figure(asOf: string, measure: string, more: Readonly<Record<string, string>> = {}) {
  const query = new URLSearchParams({ period: JANUARY, by: 'period', asOf, ...more });
  const { body } = await running.http.get(`/api/v1/synergy?${query.toString()}`).set(finance).expect(200);
  return [body.total[measure], body.totalState];
}

/** A rent that nobody reports, and a gain whose voucher is also that of R1. */
const RENT: Fields = {
  ...{ code: 'B-RENT', department: 'JD', category: 'resource', item: '11', nature: 'explicit' },
  ...{ basis: 'contract', amount: '15000' },
};
const [R1, R2] = RECORDS(JANUARY) as [Fields, Fields];

describe('before the first closing', () => {
  it('the checklist names each cause with its lines, and a closing says why it cannot be', async () => {
    await take(
      'departments',
      { code: 'KS', name: '矿' },
      { code: 'CM1', name: '采煤一区', parent: 'KS' },
      { code: 'JD', name: '机电', parent: 'KS' },
    );
    await take('baselines', PRICE(JANUARY), NORM(JANUARY), RENT);
    await take('records', { ...R1, voucher: '记-1' }, R2);
    await take('adjustments', { ...GAIN(JANUARY), voucher: '记-1' });
    expect(await causes()).toEqual([
      ...[
        'not_declared 2 blocks',
        'missing_volume 1 blocks',
        'not_reported 1 blocks',
        'possible_double_count 1 blocks',
      ],
    ]);
    const { body } = await get('/checklist').expect(200);
    expect(body).toMatchObject({ period: JANUARY, status: 'open', version: 1, isClear: false });
    expect(body.causes.map(({ lines }: { lines: unknown }) => lines)).toEqual([
      [{ department: 'CM1' }, { department: 'JD' }],
      [{ department: 'CM1', category: 'management', item: '02', baseline: `B-NORM-${JANUARY}` }],
      [{ department: 'JD', category: 'resource', item: '11', baseline: 'B-RENT' }],
      [{ department: 'CM1', category: 'business' }],
    ]);
    const refused = await post('/close').expect(409);
    expect(refused.body.code).toBe('not_ready_to_close');
    expect(refused.body.errors.map(({ code }: { code: string }) => code)).toEqual([
      ...['not_declared', 'missing_volume', 'not_reported', 'possible_double_count'],
    ]);
    expect(refused.body.errors[0].message).toBe(
      '2 departments have not declared their reporting complete; let them declare it.',
    );
    expect((await get('').expect(200)).body).toMatchObject({ status: 'open', closings: 0 });
  });

  it('a department head sees the causes of his own departments', async () => {
    const head = await running.callerWith('reviewer', ['JD']);
    expect(await causes(head)).toEqual(['not_declared 1 blocks', 'not_reported 1 blocks']);
    await post('/close', {}, head).expect(403);
    // Finance of a part of the mine closes nothing.
    const { body } = await post('/close', {}, await running.callerWith('finance', ['JD'])).expect(403);
    expect(body.code).toBe('whole_mine_needed');
  });

  it('COV-4: departments declare within their reach; figures are provisional until all in them have', async () => {
    const clerk = await running.callerWith('clerk', ['CM1']);
    await post('/declarations', { departments: ['JD'] }, clerk).expect(404);
    expect(await figure('known', 'price_reduction')).toEqual(['100.00', 'provisional']);
    const { body } = await post('/declarations', { departments: ['CM1'] }, clerk).expect(200);
    expect(body.data).toMatchObject([{ department: 'CM1', isExpected: true, declaredBy: expect.any(String) }]);
    expect(await figure('known', 'price_reduction', { department: 'CM1' })).toEqual(['100.00', 'complete']);
    expect(await figure('known', 'price_reduction')).toEqual(['100.00', 'provisional']);
    expect(await causes()).toContain('not_declared 1 blocks');
    await post('/declarations/withdraw', { departments: ['CM1'] }, clerk).expect(200);
    expect(await figure('known', 'price_reduction', { department: 'CM1' })).toEqual(['100.00', 'provisional']);
    // KS has nothing to report itself; it declares for those below it.
    await post('/declarations', { departments: ['KS'], below: true }).expect(200);
    expect(await figure('known', 'price_reduction')).toEqual(['100.00', 'complete']);
  });

  it('a cause that can be waived needs a reason; a missing volume cannot', async () => {
    await post('/waivers', { code: 'missing_volume', reason: '没有' }).expect(400);
    await post('/waivers', { code: 'not_reported', reason: '   ' }).expect(400);
    await post('/waivers', { code: 'unreconciled', reason: '没有' }).expect(409);
    const { body } = await post('/waivers', { code: 'not_reported', reason: '一月停租' }).expect(200);
    expect(body.causes).toContainEqual(
      expect.objectContaining({
        code: 'not_reported',
        blocks: false,
        waiver: expect.objectContaining({ reason: '一月停租' }),
      }),
    );
    await post('/waivers', { code: 'not_reported', reason: '再一次' }).expect(409);
    await post('/waivers', { code: 'possible_double_count', reason: '凭证号重号，已核' }).expect(200);
    expect(await causes()).toEqual(['missing_volume 1 blocks', 'not_reported 1', 'possible_double_count 1']);
    await post('/close').expect(409);
  });

  it('in closing only its status changes, and it may be taken back', async () => {
    await post('/cancel-closing').expect(409);
    expect((await post('/begin-closing').expect(200)).body.status).toBe('closing');
    await post('/begin-closing').expect(409);
    expect((await post('/cancel-closing').expect(200)).body.status).toBe('open');
    await post('/begin-closing').expect(200);
  });
});

describe('closed, reopened by two, closed again', () => {
  it('closes once nothing stands in the way', async () => {
    await take('activities', VOLUME(JANUARY));
    expect((await post('/close').expect(200)).body).toEqual({ period: JANUARY, version: 1 });
    await post('/close').expect(409);
    await post('/declarations', { departments: ['CM1'] }).expect(409);
    await post('/waivers', { code: 'not_reported', reason: '晚了' }).expect(409);
    for (const asOf of ['known', 'reported']) {
      expect(await figure(asOf, 'price_reduction')).toEqual(['100.00', 'closed']);
      expect(await figure(asOf, 'usage_saving')).toEqual(['100.00', 'closed']);
    }
    const { body } = await get('/closings').expect(200);
    expect(body.data).toMatchObject([{ version: 1, methodVersion: 1, reopenedAt: null, closedBy: expect.any(String) }]);
    expect(body.data[0].checklist.causes).toMatchObject([
      { code: 'not_reported', waiver: { reason: '一月停租' } },
      { code: 'possible_double_count', waiver: { reason: '凭证号重号，已核' } },
    ]);
    await get('/restatement').expect(404);
  });

  it('reopens by a second person, with a reason', async () => {
    await post('/reopen', {}).expect(400);
    const { body } = await post('/reopen', { reason: '漏报 28 日入库单' }).expect(202);
    await post('/reopen', { reason: '再申请一次' }).expect(409);
    const approve = (who: Who) =>
      running.http.post(`/api/v1/submissions/${body.submissionId}/approve`).set(who).send({});
    expect((await approve(finance).expect(409)).body.code).toBe('own_work');
    expect((await get('').expect(200)).body.status).toBe('closed');
    await approve(checker).expect(200);
    expect((await get('').expect(200)).body.status).toBe('open');
    await post('/reopen', { reason: '没有结账' }).expect(409);
    const closings = await get('/closings').expect(200);
    expect(closings.body.data).toMatchObject([{ version: 1, reopenReason: '漏报 28 日入库单' }]);
    const { reopenRequestedBy, reopenedBy } = closings.body.data[0];
    expect(reopenedBy).not.toBe(reopenRequestedBy);
  });

  /**
   * R9 adds 5 for 400, and P0 falls to 95: price reduction 95·15 − 1,300 = 125 instead of 100. With a volume of 110, the
   * usage is 10·(220 − 190) = 300 instead of 100. Known as they come, reported as of the closing.
   */
  it('while it is open again, what was reported stands beside what is known', async () => {
    await take('records', MATERIAL(JANUARY, 'R9', { quantity: '5', amount: '400' }));
    await take('baselines', { ...PRICE(JANUARY), unit_price: '95' });
    await take('activities', { ...VOLUME(JANUARY), actual: '110' });
    expect(await figure('known', 'price_reduction')).toEqual(['125.00', 'complete']);
    expect(await figure('reported', 'price_reduction')).toEqual(['100.00', 'complete']);
    expect(await figure('known', 'usage_saving')).toEqual(['300.00', 'complete']);
    expect(await figure('reported', 'usage_saving')).toEqual(['100.00', 'complete']);
  });

  it('waivers are of one closing: the next asks again', async () => {
    expect(await causes()).toEqual(['not_reported 1 blocks', 'possible_double_count 1 blocks']);
    await post('/waivers', { code: 'not_reported', reason: '一月停租' }).expect(200);
    await post('/waivers', { code: 'possible_double_count', reason: '已核' }).expect(200);
    expect((await post('/close').expect(200)).body).toEqual({ period: JANUARY, version: 2 });
    expect(await figure('reported', 'price_reduction')).toEqual(['125.00', 'closed']);
    expect(await figure('reported', 'price_reduction', { closing: '1' })).toEqual(['100.00', 'closed']);
    const absent = `/api/v1/synergy?period=${JANUARY}&asOf=reported&closing=3`;
    expect((await running.http.get(absent).set(finance).expect(404)).body.code).toBe('no_such_closing');
    const range = `/api/v1/synergy?period=${JANUARY}..${FEBRUARY}&asOf=reported&closing=1`;
    expect((await running.http.get(range).set(finance).expect(400)).body.code).toBe('closing_of_one_period');
  });

  it('the restatement says what differs, and the records and reference rows behind it', async () => {
    const { body } = await get('/restatement?version=2').expect(200);
    const rows = body.rows.map(
      ({ department, category, measure, reported, restated, difference }: Record<string, string>) =>
        [department, category, measure, reported, restated, difference].join(' '),
    );
    expect(rows).toEqual([
      'CM1 management baseline 2000.00 2200.00 200.00',
      'CM1 management usage_saving 100.00 300.00 200.00',
      'CM1 management explicit_saving 100.00 300.00 200.00',
      'CM1 management booked_value 100.00 300.00 200.00',
      'CM1 management synergy_value 100.00 300.00 200.00',
      'CM1 resource explicit_actual 900.00 1300.00 400.00',
      'CM1 resource baseline 1000.00 1425.00 425.00',
      'CM1 resource price_base 1000.00 1425.00 425.00',
      'CM1 resource price_reduction 100.00 125.00 25.00',
      'CM1 resource explicit_saving 100.00 125.00 25.00',
      'CM1 resource booked_value 100.00 125.00 25.00',
      'CM1 resource synergy_value 100.00 125.00 25.00',
      'CM1 resource covered_actual 900.00 1300.00 400.00',
    ]);
    // 200 + 25 of 700 (100 + 100 + the gain of 500).
    expect(body.totals).toContainEqual({
      ...{ measure: 'synergy_value', reported: '700.00', restated: '925.00', difference: '225.00', rounding: '0.00' },
    });
    expect(body.causes.records).toMatchObject([
      { change: 'posted', source: 'direct', id: 'R9', amountYuan: '400.00', date: '2023-01-10', correctsPeriod: null },
    ]);
    expect(body.causes.records[0].importId).toMatch(/^\d+$/);
    expect(body.causes).toMatchObject({ recordCount: 1, method: null });
    expect(body.causes.references).toMatchObject([
      {
        kind: 'activities',
        key: `${JANUARY}/CM1/output`,
        before: { actual: '100.000000' },
        after: { actual: '110.000000' },
      },
      {
        ...{ kind: 'baselines', key: `B-PRICE-${JANUARY}` },
        ...{ before: { unit_price: '100.000000' }, after: { unit_price: '95.000000' } },
      },
    ]);
  });

  it('who sees a part of the mine sees that part of the table', async () => {
    const head = await running.callerWith('reviewer', ['JD']);
    const { body } = await get('/restatement', head).expect(200);
    expect(body).toMatchObject({ version: 2, rows: [], causes: { records: [], recordCount: 0, references: [] } });
  });

  it('is not reopened while a later closed month reported corrections of it', async () => {
    await take('records', MATERIAL(FEBRUARY, 'C1', { corrects_period: JANUARY, quantity: '2', amount: '180' }));
    const february = (rest: string) => running.http.post(`/api/v1/periods/${FEBRUARY}${rest}`).set(finance);
    await february('/declarations')
      .send({ departments: ['KS'], below: true })
      .expect(200);
    await february('/close').expect(200);
    const { body } = await post('/reopen', { reason: '又有漏报' }).expect(409);
    expect(body).toMatchObject({ code: 'corrected_by_closed_period' });
    expect(body.detail ?? body.title).toContain(FEBRUARY);
  });

  it('what no one named and what cannot be one is no period', async () => {
    for (const code of ['2031-05', 'x'])
      await running.http.get(`/api/v1/periods/${code}/checklist`).set(finance).expect(404);
  });
});
