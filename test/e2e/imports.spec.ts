import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';
import { zipOf } from '../support/zip.js';

let running: HttpAppUnderTest;
let client: ImportClient;
const MINE = 'chaili';
beforeAll(async () => {
  running = await startHttpApp({ maxUploadBytes: 2 ** 20 });
  client = new ImportClient(running);
  expect(await client.take(MINE, 'departments', 'code,name,parent\nCM1,采煤一区,\nJD,机电区,\n')).toMatchObject({
    status: 'accepted',
  });
});
afterAll(() => running.stop());

const HEADER =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary';
const row = (id: string, rest = '2023-03-05,CM1,resource,0104,explicit,2,件,10.00,20.00,,,no,,') => `${id},${rest}`;
const records = (...rows: string[]) => [HEADER, ...rows, ''].join('\n');
const count = async (): Promise<number> =>
  (await running.http.get('/api/v1/records?limit=200').set('X-Mine', MINE).expect(200)).body.data.length;

describe('a file', () => {
  it('is taken in: 202, then its fate with control totals, hash and receipt', async () => {
    const taken = await client.take(MINE, 'records', records(row('A1'), row('A2')), '三月.csv');
    expect(taken).toMatchObject({
      ...{ kind: 'records', status: 'accepted', phase: null, rows: 2, accepted: 2, refused: 0 },
      controlTotals: { rows: 2, amount: '40.00' },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      receipt: { fileName: '三月.csv', files: [{ encoding: 'utf-8', read: 2, added: 2, skipped: 0, amount: '40.00' }] },
    });
  });

  it('is one import when its content comes again, however often at once', async () => {
    const content = records(row('B1'));
    const sent = await Promise.all(Array.from({ length: 20 }, () => client.send(MINE, 'records', content)));
    expect(new Set(sent.map(({ body }) => body.id)).size).toBe(1);
    expect(sent.filter(({ body }) => body.isNew)).toHaveLength(1);
    expect(await client.finished(MINE, sent[0]!.body.id)).toMatchObject({ status: 'accepted', accepted: 1 });
  });

  it('that states an id of an earlier one is refused, naming that import', async () => {
    const before = await count();
    const taken = await client.take(MINE, 'records', records(row('A2'), row('C1')));
    expect(taken).toMatchObject({ status: 'refused', accepted: 0, refused: 1 });
    const [finding, ...others] = await client.findings(MINE, taken.id);
    expect(others).toEqual([]);
    expect(finding).toMatchObject({ row: 2, column: 'id', code: 'duplicate_record' });
    expect(finding!.message).toContain('三月.csv');
    expect(await count()).toBe(before);
  });

  it('may be in GB18030, with Chinese headers and values in any order', async () => {
    // 摘要,凭证号,内部结算,对方单位,协同项目,金额,单价,计量单位,数量,成本性质,成本项目,协同类别,部门,日期,单据号
    // 截齿,,否,,,20.00,10.00,件,2,显性,0104,资源,CM1,2023/3/5,D1
    const text =
      'd5aad2aa2cc6bed6a4bac52cc4dab2bfbde1cbe32cb6d4b7bdb5a5cebb2cd0adcdaccfeec4bf2cbdf0b6ee2cb5a5bcdb2cbcc6c1' +
      'bfb5a5cebb2ccafdc1bf2cb3c9b1bed0d4d6ca2cb3c9b1becfeec4bf2cd0adcdacc0e0b1f02cb2bfc3c52cc8d5c6da2cb5a5bedd' +
      'bac50abdd8b3dd2c2cb7f12c2c2c32302e30302c31302e30302cbcfe2c322ccfd4d0d42c303130342cd7cad4b42c434d312c3230' +
      '32332f332f352c44310a';
    const taken = await client.take(MINE, 'records', Buffer.from(text, 'hex'));
    expect(taken).toMatchObject({ status: 'accepted', receipt: { files: [{ encoding: 'gb18030' }] } });
    const { body } = await running.http.get('/api/v1/records/D1').set('X-Mine', MINE).expect(200);
    expect(body).toMatchObject({ date: '2023-03-05', category: 'resource', nature: 'explicit', summary: '截齿' });
  });

  const bad: readonly (readonly [string, Buffer | string, readonly (readonly [number, string, string])[]])[] = [
    [
      'every wrong cell',
      records(row('E1', '2023-02-30,XX,res,0104,explicit,1e3,件,,1.005,,,maybe,,')),
      [
        [2, 'date', 'invalid_date'],
        [2, 'department', 'unknown_department'],
        [2, 'category', 'unknown_choice'],
        [2, 'quantity', 'invalid_number'],
        [2, 'amount', 'too_many_decimals'],
        [2, 'internal', 'unknown_choice'],
      ],
    ],
    [
      'an unknown, a doubled and a missing column',
      'id,id,foo\n1,2,3\n',
      [
        [1, 'id', 'doubled_column'],
        [1, 'foo', 'unknown_column'],
        [1, 'date', 'missing_column'],
      ],
    ],
    [
      'a header of Object.prototype',
      '__proto__,constructor,dept,amount\nx,y,D01,1\n',
      [[1, '__proto__', 'unknown_column']],
    ],
    ['ragged rows', records('F1,2023-03-05,CM1', row('F2')), [[2, '', 'column_count']]],
    ['an unclosed quote', `${HEADER}\n"G1,2023\n`, [[2, '1', 'unclosed_quote']]],
    ['a NUL', records(row('H\u0000')), [[2, '1', 'invalid_character']]],
    ['a zero-width space in a code', records(row('I\u200b1')), [[2, 'id', 'hidden_character']]],
    ['no bytes', '', [[0, '', 'empty_file']]],
    ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x69, 0, 0, 0, 0x64, 0, 0, 0]), [[0, '', 'unsupported_encoding']]],
    [
      'half a character',
      Buffer.concat([Buffer.from(`${HEADER}\nJ1`), Buffer.from([0xe9, 0x87, 0xff])]),
      [[2, '1', 'invalid_encoding']],
    ],
    ['an id stated twice', records(row('K1'), row('K1')), [[3, 'id', 'duplicate_key']]],
    ['a total row', records(row('L1'), '合计,,,,,,,,,20.00,,,,,'), [[3, 'date', 'value_missing']]],
  ];
  it.each(bad)('with %s is refused by row and column, and nothing is written', async (_, content, expected) => {
    const before = await count();
    const started = performance.now();
    const taken = await client.take(MINE, 'records', content);
    expect(taken.status).toBe('refused');
    const found = (await client.findings(MINE, taken.id)).map(({ row, column, code }) => [row, column, code]);
    expect(found).toEqual(expect.arrayContaining(expected.map((finding) => [...finding])));
    expect(await count()).toBe(before);
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('keeps what looks like a formula as text', async () => {
    await client.take(
      MINE,
      'records',
      records(row('M1', `2023-03-05,CM1,resource,0104,explicit,,,,1,,,no,,"=cmd|' /C calc'!A0"`)),
    );
    const { body } = await running.http.get('/api/v1/records/M1').set('X-Mine', MINE).expect(200);
    expect(body.summary).toBe(`=cmd|' /C calc'!A0`);
  });

  it('too large, of no kind, or not there at all is refused at once', async () => {
    const large = await client.send(MINE, 'records', Buffer.alloc(2 ** 20 + 1, 'a'));
    expect({ status: large.status, code: large.body.code }).toEqual({ status: 413, code: 'file_too_large' });
    const odd = await client.send(MINE, 'wages', 'a');
    expect({ status: odd.status, code: odd.body.code }).toEqual({ status: 400, code: 'unknown_import_kind' });
    const none = await running.http.post('/api/v1/imports').set('X-Mine', MINE).field('kind', 'records');
    expect({ status: none.status, code: none.body.code }).toEqual({ status: 400, code: 'file_missing' });
    expect(none.headers['content-type']).toContain('application/problem+json');
  });
});

describe('a zip', () => {
  const entry = { name: 'records.csv', content: Buffer.from(records(row('Z1'))) };
  it.each([
    ['no zip', Buffer.from('PK not a zip'), 'not_a_zip'],
    ['no known file', zipOf([{ name: 'README.md', content: Buffer.from('x') }]), 'empty_zip'],
    ['a misspelt file', zipOf([{ name: 'Record.csv', content: Buffer.from('x') }]), 'unknown_file'],
    ['a file twice', zipOf([entry, { ...entry, name: 'a/records.csv' }]), 'doubled_entry'],
    ['a wrong CRC', zipOf([{ ...entry, claims: { crc: 1 } }]), 'not_a_zip'],
    ['an encrypted file', zipOf([{ ...entry, claims: { flags: 1 } }]), 'encrypted_zip'],
    [
      '201 entries',
      zipOf(Array.from({ length: 201 }, (_, i) => ({ name: `${i}`, content: Buffer.alloc(0) }))),
      'too_many_entries',
    ],
  ])('with %s is refused: %#', async (_, content, code) => {
    const { status, body } = await client.send(MINE, 'folder', content, 'a.zip');
    expect({ status, code: body.code }).toEqual({ status: 422, code });
  });
});

describe('one record over HTTP', () => {
  const body = {
    ...{ id: 'R1', date: '2023-04-01', department: 'JD', category: '管理', item: '02' },
    nature: '显性',
    amount: '5.5',
  };

  it('is posted, computed and visible in the next read', async () => {
    const { body: made } = await running.http.post('/api/v1/records').set('X-Mine', MINE).send(body).expect(201);
    expect(made).toMatchObject({
      id: 'R1',
      category: 'management',
      amount: '5.50',
      status: 'posted',
      valued_period: '2023-04',
    });
    const { body: answer } = await running.http.get('/api/v1/synergy?period=2023-04').set('X-Mine', MINE).expect(200);
    expect(answer.total.explicit_actual).toBe('5.50');
  });

  it('is refused with everything that is wrong with it, in the language asked for', async () => {
    const { body: problem } = await running.http
      .post('/api/v1/records')
      .set({ 'X-Mine': MINE, 'Accept-Language': 'en' })
      .send({ ...body, id: 'R1', date: '2023-13-01' })
      .expect(422);
    expect(problem).toMatchObject({
      code: 'row_refused',
      errors: [
        { row: 1, column: 'date', code: 'invalid_date' },
        { row: 1, column: 'id', code: 'duplicate_record' },
      ],
    });
    expect(problem.errors[0].message).toMatch(/date/i);
  });

  it.each([
    ['money as a number', { ...body, amount: 5.5 }],
    ['an unknown property', { ...body, status: 'posted' }],
    ['a list for a text', { ...body, id: ['a'] }],
  ])('is refused for %s', async (_, wrong) => {
    const { body: problem } = await running.http.post('/api/v1/records').set('X-Mine', MINE).send(wrong).expect(400);
    expect(problem.code).toBe('invalid_request');
  });
});

describe('reference rows over HTTP', () => {
  it('are new, unchanged and a new version, by their key', async () => {
    const post = (name: string) =>
      running.http
        .post('/api/v1/projects')
        .set('X-Mine', MINE)
        .send({ code: 'P1', name, category: 'industry', lead: 'JD' });
    expect((await post('大修').expect(201)).body).toMatchObject({
      code: 'P1',
      name: '大修',
      approved_on: null,
      version: 1,
    });
    expect((await post('大修').expect(201)).body).toMatchObject({ version: 1 });
    expect((await post('设备大修').expect(201)).body).toMatchObject({ name: '设备大修', version: 2 });
  });

  it('are listed page by page', async () => {
    const codes: string[] = [];
    let cursor = '';
    do {
      const { body } = await running.http.get(`/api/v1/items?limit=7${cursor}`).set('X-Mine', MINE).expect(200);
      codes.push(...body.data.map(({ code }: { code: string }) => code));
      cursor = body.next === null ? '' : `&cursor=${body.next}`;
    } while (cursor !== '');
    expect(codes).toHaveLength(34);
    expect(codes).toEqual([...codes].sort());
  });
});
