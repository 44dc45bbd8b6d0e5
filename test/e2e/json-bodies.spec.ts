import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

const MINES = '/api/v1/mines';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp();
});
afterAll(() => service.stop());

const postJson = (body: string | Buffer, type = 'application/json') =>
  service.http
    .post(MINES)
    .set('content-type', type)
    .serialize((sent: unknown) => sent as string)
    .send(body);
const columns = (body: { errors?: { column: string; code: string }[] }) =>
  (body.errors ?? []).map(({ column, code }) => `${column} ${code}`);

/** The files of bad-inputs/json as they are. */
const BAD_JSON: readonly (readonly [file: string, json: string, code: string])[] = [
  [
    'array_for_string',
    '{"username":["a","b"],"password":{"$ne":null},"dept":{"name":"x","role":"admin"}}',
    'invalid_request',
  ],
  ['bigint', '{"amount":9007199254740993}', 'inexact_number'],
  ['bom', '\ufeff{"a":1}', 'invalid_request'],
  ['deep_100k_arrays', '['.repeat(100_000) + ']'.repeat(100_000), 'too_deep'],
  ['70k_properties', `{${Array.from({ length: 70_000 }, (_, at) => `"p${at}":1`).join()}}`, 'too_many_properties'],
  ['dup_keys', '{"amount":1,"amount":1000000}', 'duplicate_property'],
  ['exp', '{"amount":1e400,"b":-0,"c":1e-400}', 'inexact_number'],
  ['lone_surrogate', '{"name":"\\ud800"}', 'invalid_character'],
  ['nul_in_string', '{"name":"a\\u0000b"}', 'invalid_character'],
  [
    'proto',
    '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"name":"x"}',
    'forbidden_property',
  ],
  [
    'role_escalation',
    '{"username":"u","role":"admin","roles":["ADMIN"],"departmentId":"00000000-0000-0000-0000-000000000002","id":1,"createdAt":"1970-01-01","isLocked":false,"status":"APPROVED","approvedBy":1}',
    'invalid_request',
  ],
];

describe('JSON bodies', () => {
  it.each(BAD_JSON)('bad input %s', async (_file, json, code) => {
    const begun = performance.now();
    const { status, body } = await postJson(json);
    expect(performance.now() - begun).toBeLessThan(2_000);
    expect([status, body.code]).toEqual([400, code]);
  });

  it.each([
    ['{"a":1,"\\u0061":2}', 'duplicate_property'],
    ['{"x":{"constructor":{"prototype":{}}}}', 'forbidden_property'],
    ['{"__pr\\u006fto__":1}', 'forbidden_property'],
    ['{"a":12345678901234567890}', 'inexact_number'],
    ['{"a":1e-400}', 'inexact_number'],
    ['{"a":"\\udc00\\ud800"}', 'invalid_character'],
    ['{"\\ud800":1}', 'invalid_character'],
    ['['.repeat(33) + ']'.repeat(33), 'too_deep'],
    ['{"a":1', 'malformed_json'],
    ['{"a":01}', 'malformed_json'],
    ['{a:1}', 'malformed_json'],
    [Buffer.from([0x22, 0xff, 0x22]), 'invalid_encoding'],
    [Buffer.from('{"a":"\ud83d\ude00"}').subarray(0, 9), 'invalid_encoding'],
    // These are JSON, and fail as a mine only.
    ['['.repeat(32) + ']'.repeat(32), 'invalid_request'],
    ['[{"constructor":1},{"prototype":2}]', 'invalid_request'],
    ['{"a":"\\ud83d\\ude00","b":"[[[\\"{","c":0.1,"d":-1.5e3,"e":"\\\\"}', 'invalid_request'],
  ])('%s is %s', async (json, code) => {
    const { status, body } = await postJson(json);
    expect([status, body.code]).toEqual([400, code]);
  });

  it('names the property that is stated twice', async () => {
    const { body } = await postJson('{"code":"a","name":"甲","code":"b"}').set('accept-language', 'en');
    expect(body.detail).toBe('The property “code” is stated twice.');
    expect(columns(body)).toEqual(['code duplicate_property']);
  });

  it('accepts a byte order mark, and keeps text as it came', async () => {
    const created = await postJson('\ufeff{ "code" : "bom", "name" : "\\u67F4里\\n\\"煤\\ud83d\\ude00" }');
    expect([created.status, created.body.name]).toEqual([201, '柴里\n"煤😀']);
  });

  it('names every property that is wrong, unknown ones too', async () => {
    const { body } = await postJson('{"code":"a b","name":7,"role":"admin"}').set('accept-language', 'en');
    expect(body).toMatchObject({ status: 400, code: 'invalid_request' });
    expect(body.errors).toEqual([
      { row: 1, column: 'role', code: 'unknown_property', message: 'There is no such property.' },
      { row: 1, column: 'code', code: 'wrong_format', message: 'Must match ^[A-Za-z0-9_-]{1,32}$.' },
      { row: 1, column: 'name', code: 'not_text', message: 'Must be a string.' },
    ]);
    const long = await postJson(JSON.stringify({ code: 'c', name: 'x'.repeat(201) }));
    expect(long.body.errors).toMatchObject([{ code: 'wrong_length', message: '长度应为 1 到 200。' }]);
  });

  it.each(['', 'null', '[]', '"x"', '7'])('%j lacks everything', async (json) => {
    const { status, body } = await postJson(json);
    expect([status, ...columns(body)]).toEqual([400, 'code missing_property', 'name missing_property']);
  });

  it('may have a mebibyte and no more', async () => {
    const json = (bytes: number) => JSON.stringify({ code: 'x', name: 'x'.repeat(bytes - 22) });
    expect(Buffer.byteLength(json(2 ** 20))).toBe(2 ** 20);
    expect((await postJson(json(2 ** 20))).body.code).toBe('invalid_request');
    const { status, body } = await postJson(json(2 ** 20 + 1));
    expect([status, body.code]).toEqual([413, 'body_too_large']);
  });

  it.each([
    ['application/xml', '<a/>', 'unsupported_media_type'],
    ['application/x-www-form-urlencoded', 'code=a&name=b', 'unsupported_media_type'],
    ['text/plain', '{}', 'unsupported_media_type'],
    ['application/json; charset=gbk', '{}', 'unsupported_charset'],
  ])('are not %s', async (type, text, code) => {
    const { status, body } = await postJson(text, type);
    expect([status, body.code]).toEqual([415, code]);
  });

  it('that were refused left nothing behind', async () => {
    const mines = await service.query<{ code: string }>('SELECT mine_id AS code FROM mines ORDER BY mine_id');
    expect(mines.map(({ code }) => code)).toEqual(['bom', 'chaili']);
  });
});
