import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Mines } from '../../src/modules/mines/index.js';
import { MEASURES, type Folder } from '../support/naive.js';
import { COLUMNS, type FileName } from '../support/naive/words.js';
import { SynergyService } from '../support/synergy-service.js';

/** A file with all its columns; a row names those it fills. */
function csv(file: FileName, ...rows: readonly Readonly<Record<string, string>>[]): string {
  const names = COLUMNS[file].map(({ code }) => code);
  return [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))]
    .map((cells) => `${cells.join(',')}\n`)
    .join('');
}

const record = (id: string, date: string, department: string, quantity: string, amount: string) => ({
  ...{ id, date, department, quantity, amount },
  ...{ category: department === 'CM1' ? 'resource' : 'management', item: '0104', nature: 'explicit' },
});

/** CM1 buys at a baseline price of 10 a piece, JD without any baseline. */
const FOLDER: Folder = {
  'departments.csv': csv(
    'departments.csv',
    { code: 'MINE', name: '柴里煤矿' },
    { code: 'CM1', name: '采煤一区', parent: 'MINE' },
    { code: 'JD', name: '机电区', parent: 'MINE' },
  ),
  'baselines.csv': csv('baselines.csv', {
    ...{ code: 'B1', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit' },
    ...{ basis: 'contract', unit_price: '10' },
  }),
  'records.csv': csv(
    'records.csv',
    record('R1', '2022-03-05', 'CM1', '10', '90.00'),
    record('R2', '2023-02-05', 'CM1', '20', '180.00'),
    record('R3', '2023-03-05', 'CM1', '10', '95.00'),
    record('R4', '2023-03-06', 'JD', '1', '200.00'),
    record('R5', '2023-02-07', 'JD', '1', '-50.00'),
  ),
  'targets.csv': csv('targets.csv', {
    ...{ period: '2023-03', department: 'CM1', category: 'resource', measure: 'price_reduction', amount: '8.00' },
  }),
};

const MINE = 'chaili';
let service: SynergyService;
beforeAll(async () => {
  service = await SynergyService.start();
  await service.take(MINE, FOLDER);
});
afterAll(() => service.stop());

const ask = (query: Readonly<Record<string, string>>, path = '') => service.ask(MINE, query, path);

describe('GET /synergy', () => {
  it('shows figures, ratios, state, versions and the headline', async () => {
    const { body } = await ask({ period: '2023-03', by: 'department' });
    // CM1: 10·10 − 95 = 5 of a base of 100; JD is not covered.
    expect(body).toMatchObject({
      method: { priceReduction: 'within', opportunitySaving: 'within' },
      methodVersion: 1,
      rows: [
        {
          department: 'CM1',
          measures: { explicit_actual: '95.00', price_base: '100.00', price_reduction: '5.00', synergy_value: '5.00' },
          ratios: { valueRate: null, priceReductionRate: '0.050000', coverage: '1.000000' },
          state: 'provisional',
        },
        {
          department: 'JD',
          measures: { explicit_actual: '200.00', price_reduction: '0.00' },
          ratios: { valueRate: null, priceReductionRate: null, coverage: '0.000000' },
        },
      ],
      total: { explicit_actual: '295.00', covered_actual: '95.00' },
      // 95 ÷ 295 = 0.3220338…
      totalRatios: { valueRate: null, priceReductionRate: '0.050000', coverage: '0.322034' },
      totalState: 'provisional',
    });
    expect(body.dataVersion).toMatch(/^[1-9]\d*$/);
    expect(body.headline.zh).toContain('2023年3月，全矿协同0.00万元，实现协同创效0.00万元');
    expect(Object.keys(body.rows[0].measures)).toEqual([...MEASURES]);
    expect(body).not.toHaveProperty('totalCompare');
  });

  it('compares with the month before, last year and the plan (CMP-1)', async () => {
    const { body } = await ask({ period: '2023-03', by: 'department', compare: 'previous,last_year,plan' });
    const [cm1, jd] = body.rows;
    // Now 5; February 20·10 − 180 = 20, last March 10·10 − 90 = 10, planned 8.
    expect(cm1.compare.previous.price_reduction).toEqual({ then: '20.00', amount: '-15.00', rate: '-0.750000' });
    expect(cm1.compare.last_year.price_reduction).toEqual({ then: '10.00', amount: '-5.00', rate: '-0.500000' });
    expect(cm1.compare.plan).toEqual({ price_reduction: { then: '8.00', amount: '-3.00', rate: '-0.375000' } });
    const nothing = { then: null, amount: null, rate: null };
    expect(jd.compare.previous.explicit_actual).toEqual({
      ...{ then: '-50.00', amount: '250.00', rate: null, reason: 'negative' },
    });
    expect(jd.compare.previous.gains).toEqual({ then: '0.00', amount: '0.00', rate: null, reason: 'zero' });
    expect(jd.compare.last_year.explicit_actual).toEqual({ ...nothing, reason: 'missing' });
    expect(jd.compare.plan).toEqual({ price_reduction: { ...nothing, reason: 'missing' } });
    // 295 against 180 − 50 = 130.
    expect(body.totalCompare.previous.explicit_actual).toEqual({ then: '130.00', amount: '165.00', rate: '1.269231' });
    expect(Object.keys(cm1.compare.last_year)).toEqual([...MEASURES]);
  });

  it('has no plan by item, nor behind a filter by item', async () => {
    const noPlan = { price_reduction: { then: null, amount: null, rate: null, reason: 'no_plan' } };
    const byItem = (await ask({ by: 'item', compare: 'plan' })).body;
    expect(byItem.rows[0].compare.plan).toEqual(noPlan);
    // The total's plan stands: 20 + 10 + 5 = 35 against 8; 27 ÷ 8 = 3.375.
    expect(byItem.totalCompare.plan.price_reduction).toEqual({ then: '8.00', amount: '27.00', rate: '3.375000' });
    expect((await ask({ item: '0104', compare: 'plan' })).body.totalCompare.plan).toEqual(noPlan);
  });

  it('takes blank fields of a form for “not asked”, and dimensions in any order', async () => {
    const { body } = await ask({ period: '2023-02..2023-03', by: 'period,department', department: '', category: '' });
    expect(body.rows.map((row: Record<string, string>) => [row.period, row.department])).toEqual([
      ['2023-02', 'CM1'],
      ['2023-02', 'JD'],
      ['2023-03', 'CM1'],
      ['2023-03', 'JD'],
    ]);
  });

  it('is empty, not wrong, for a month without data', async () => {
    const { body } = await ask({ period: '2024-01' });
    expect(body).toMatchObject({ rows: [], issues: [], total: { synergy_value: '0.00' }, totalState: 'provisional' });
  });
});

describe('what is refused', () => {
  it.each([
    ['', { period: '2023' }, 'invalid_request', 'period'],
    ['', { period: '2023-01..' }, 'invalid_request', 'period'],
    ['', { by: 'department,department' }, 'invalid_request', 'by'],
    ['', { by: 'department,colour' }, 'invalid_request', 'by'],
    ['', { by: 'department,' }, 'invalid_request', 'by'],
    ['', { compare: 'next' }, 'invalid_request', 'compare'],
    ['', { asOf: 'tomorrow' }, 'invalid_request', 'asOf'],
    ['', { category: 'resources' }, 'invalid_request', 'category'],
    ['', { depratment: 'CM1' }, 'invalid_request', 'depratment'],
    ['', { period: '2023-13' }, 'no_such_period', undefined],
    ['', { period: '2023-03..2023-01' }, 'period_range_reversed', undefined],
    ['/lines', { asOf: 'reported' }, 'invalid_request', 'asOf'],
    ['/lines', { limit: '201' }, 'invalid_request', 'limit'],
    ['/lines', { by: 'department' }, 'invalid_request', 'by'],
    ['/lines', { cursor: 'WyJyZWNvcmQiXQ' }, 'invalid_cursor', undefined],
    ['/pivot', { measure: 'profit' }, 'invalid_request', 'measure'],
    ['/pivot', { rows: 'item', columns: 'item' }, 'same_dimension', undefined],
  ])('%s %j: %s', async (path, query, code, column) => {
    for (const language of ['zh-CN', 'en']) {
      const response = await ask(query, path).set('Accept-Language', language);
      expect(response.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(response.body).toMatchObject({ status: 400, code });
      expect(response.body.errors?.[0]?.column).toBe(column);
      expect(response.body.detail).not.toMatch(/\(\w+\)$|\?/);
    }
  });

  it('another mine than that of the sign-in, as if there were none', async () => {
    const { http } = service.running;
    await service.running.app.get(Mines).ensure({ code: 'other', name: 'other' });
    for (const path of ['', '/lines', '/pivot']) {
      const unknown = await http.get(service.address({}, path)).set('X-Mine', 'nowhere');
      expect([unknown.status, unknown.body.code]).toEqual([404, 'unknown_mine']);
      const { 'X-Api-Key': key } = await service.running.callerWith('auditor');
      const foreign = await http.get(service.address({}, path)).set('X-Api-Key', key).set('X-Mine', 'other');
      expect([foreign.status, foreign.body.code]).toEqual([404, 'unknown_mine']);
    }
  });
});

describe('an answer from memory', () => {
  const query = { period: '2023-03', by: 'department' };

  it('is the same bytes, and 304 to whoever has it', async () => {
    const first = await ask(query);
    const again = await ask(query);
    expect([again.text, again.headers.etag]).toEqual([first.text, first.headers.etag]);
    const kept = await ask(query).set('If-None-Match', `"x", ${first.headers.etag!.replace('W/', '')}`);
    expect([kept.status, kept.text]).toEqual([304, '']);
    expect((await ask(query).set('If-None-Match', 'W/"x"')).status).toBe(200);
  });

  it('is one mine’s, also where two stand at the same version', async () => {
    await service.take('east', FOLDER);
    await service.take('west', { ...FOLDER, 'records.csv': FOLDER['records.csv']!.replace('95.00', '94.00') });
    const [east, west] = [await service.ask('east', query), await service.ask('west', query)];
    expect(west.body.dataVersion).toBe(east.body.dataVersion);
    expect([east, west].map(({ body }) => body.total.explicit_actual)).toEqual(['295.00', '294.00']);
  });

  it('shows what was posted before the question was put, and another mine nothing of it', async () => {
    await service.take('next-door', FOLDER);
    const before = await ask(query);
    const nextDoor = await service.ask('next-door', query);
    expect(nextDoor.body.rows).toEqual(before.body.rows);
    for (let n = 1; n <= 5; n++) {
      // Asked before the post is through: these may show either state, and must not pass theirs on.
      const reading = Promise.all(Array.from({ length: 10 }, () => ask(query)));
      const posted = await service.running.http
        .post('/api/v1/records')
        .set('X-Mine', MINE)
        .send({ ...record(`N${n}`, '2023-03-07', 'JD', '1', '100.00'), voucher: '' });
      expect({ status: posted.status, body: posted.body }).toMatchObject({ status: 201 });
      const later = Array.from({ length: 10 }, () => ask(query).set('If-None-Match', before.headers.etag!));
      // 295 + 100 a record
      for (const { body } of await Promise.all(later)) {
        expect(body.total.explicit_actual).toBe(`${295 + 100 * n}.00`);
      }
      await reading;
    }
    expect((await service.ask('next-door', query)).body.total.explicit_actual).toBe('295.00');
  });

  it('shows the state of its periods: the weakest', async () => {
    await service.setStatus(MINE, '2023-02', 'closed');
    const stateOf = async (period: string) => {
      const { body } = await ask({ period, by: 'department' });
      return [body.rows[0].state, body.totalState];
    };
    expect(await stateOf('2023-02')).toEqual(['closed', 'closed']);
    expect(await stateOf('2023-03')).toEqual(['provisional', 'provisional']);
    expect(await stateOf('2023-02..2023-03')).toEqual(['provisional', 'provisional']);
  });
});

it('a line tells where it comes from', async () => {
  const { body } = await ask({ period: '2022-03' }, '/lines');
  expect(body.next).toBeNull();
  expect(body.data).toHaveLength(1);
  expect(body.data[0]).toMatchObject({
    ...{ kind: 'record', id: 'R1', date: '2022-03-05', rowNo: 2, importId: expect.stringMatching(/^\d+$/) },
    ...{ department: 'CM1', period: '2022-03', item: '0104', project: '', baseline: 'B1' },
    measures: { explicit_actual: '90', price_base: '100', price_reduction: '10', gains: '0' },
  });
});

it('a pivot ranks, and shares add up', async () => {
  const { body } = await ask({ measure: 'explicit_actual', period: '2022-03..2023-02' }, '/pivot');
  // CM1 90 + 180 = 270; JD −50; 270 ÷ 220 = 1.2272727…
  expect(body).toMatchObject({
    by: { rows: 'department', columns: 'category' },
    columns: ['management', 'resource'],
    rows: [
      { code: 'CM1', cells: [null, '270.00'], total: '270.00', rank: 1, share: '1.227273' },
      {
        code: 'JD',
        cells: ['-50.00', null],
        total: '-50.00',
        rank: 2,
        share: '-0.227273',
        cumulativeShare: '1.000000',
      },
    ],
    columnTotals: ['-50.00', '270.00'],
    total: '220.00',
  });
});
