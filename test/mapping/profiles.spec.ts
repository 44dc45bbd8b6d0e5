import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp();
});
afterAll(() => service.stop());

const RULE = { account: '5301', is: 'cost', item: '31' };

describe('profiles over HTTP', () => {
  it('built-in ones are version 0', async () => {
    const { body, status } = await service.http.get('/api/v1/profiles');
    expect(status).toBe(200);
    const shown = body.data.map(({ name, version }: { name: string; version: number }) => [name, version]);
    expect(shown).toEqual(
      expect.arrayContaining([
        ['ledger', 0],
        ['settlement', 0],
      ]),
    );
    const missing = await service.http.get('/api/v1/profiles/nobody');
    expect([missing.status, missing.body.code]).toEqual([404, 'unknown_profile']);
  });

  it('a mapping added to a built-in one makes it the mine’s own; saying the same again changes nothing', async () => {
    const add = () => service.http.post('/api/v1/profiles/ledger/mappings').send({ accounts: [RULE] });
    const first = await add();
    expect([first.status, first.body.version, first.body.accounts[0]]).toEqual([200, 1, RULE]);
    expect((await add()).body.version).toBe(1);
    const more = await service.http
      .post('/api/v1/profiles/ledger/mappings')
      .send({ accounts: [{ ...RULE, item: '30' }] });
    const about = more.body.accounts.filter(({ account }: { account: string }) => account === '5301');
    expect([more.body.version, about]).toEqual([2, [{ ...RULE, item: '30' }]]);
    const old = await service.http.get('/api/v1/profiles/ledger?version=1');
    expect(old.body.accounts[0]).toEqual(RULE);
    expect((await service.http.get('/api/v1/profiles/ledger?version=0')).body.accounts).not.toContainEqual(RULE);
  });

  it('its own under a name, with defaults for what it does not say', async () => {
    const { status, body } = await service.http.put('/api/v1/profiles/center').send({ title: '中心', side: 'net' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ name: 'center', version: 1, source: 'center', side: 'net', zeroQuantity: 'none' });
    expect((await service.http.get('/api/v1/profiles/center')).body).toEqual(body);
  });

  it('one that the mine cannot mean is refused, property by property', async () => {
    const { status, body } = await service.http.put('/api/v1/profiles/bad').send({
      ...{ source: 'direct', taxBasis: 'incl', departments: { 安监处: 'NOWHERE' } },
      accounts: [{ account: '', is: 'cost', item: '99' }],
      headers: { vouchers: { nobody: ['x'] } },
    });
    expect([status, body.code]).toEqual([422, 'profile_refused']);
    const errors = body.errors as { column: string; code: string; message: string }[];
    expect(errors.map(({ column, code }) => [column, code])).toEqual([
      ['source', 'reserved_source'],
      ['taxRate', 'tax_rate_missing'],
      ['headers.vouchers.nobody', 'not_allowed_value'],
      ['accounts.0.account', 'rule_without_condition'],
      ['accounts.0.item', 'unknown_item'],
      ['departments.安监处', 'unknown_department'],
    ]);
    expect(errors.every(({ message }) => /[\u4e00-\u9fff]/.test(message))).toBe(true);
    expect((await service.http.get('/api/v1/profiles/bad')).status).toBe(404);
  });

  it.each(['internal', 'departments', 'accounts', 'headers'])(
    'a null %s is refused: it is no way to leave it out',
    async (name) => {
      const saved = await service.http.put('/api/v1/profiles/p1').send({ [name]: null });
      expect([saved.status, saved.body.code]).toEqual([400, 'invalid_request']);
      const added = await service.http.post('/api/v1/profiles/ledger/mappings').send({ [name]: null });
      expect([added.status, added.body.code]).toEqual([400, 'invalid_request']);
    },
  );

  it('a body of the wrong shape is told so', async () => {
    const { status, body } = await service.http
      .post('/api/v1/profiles/ledger/mappings')
      .send({ accounts: [{ account: 5301, is: 'perhaps' }], unknown: 1 });
    expect([status, body.code]).toEqual([400, 'invalid_request']);
    const nested = await service.http.post('/api/v1/profiles/ledger/mappings').send({ accounts: [[]], internal: [] });
    expect([nested.status, nested.body.errors.map(({ column }: { column: string }) => column)]).toEqual([
      400,
      ['accounts', 'internal'],
    ]);
  });
});
