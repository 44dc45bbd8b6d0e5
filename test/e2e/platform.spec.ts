import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CODES } from '../../src/modules/rules/messages.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { Readiness } from '../../src/platform/health/readiness.js';
import { PROPERTY_SENTENCES } from '../../src/platform/http/http-sentences.js';
import { decodeCursor, encodeCursor, keyDate, keyNumber, keyText, pageOf } from '../../src/platform/http/paging.js';
import { Sentences } from '../../src/platform/http/sentences.js';
import { createLog, logFormat, type Log } from '../../src/platform/logging/log.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

const MAX_UPLOAD_BYTES = 1000;
const MINES = '/api/v1/mines';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp({ maxUploadBytes: MAX_UPLOAD_BYTES });
});
afterAll(() => service.stop());

const columns = (body: { errors?: { column: string; code: string }[] }) =>
  (body.errors ?? []).map(({ column, code }) => `${column} ${code}`);

/** Everything that comes back on a connection that sends just this. */
const answerTo = (text: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (bytes) => (answer += bytes.toString()));
    socket.on('end', () => resolve(answer)).on('error', reject);
  });

describe('problems', () => {
  it('are RFC 9457, in Chinese unless asked otherwise, with the request id', async () => {
    const response = await service.http.get('/api/v1/nothing').set('x-request-id', 'mine-7');
    expect(response.status).toBe(404);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/problem\+json/),
      'content-language': 'zh-CN',
      'x-request-id': 'mine-7',
      vary: 'Accept-Language',
    });
    expect(response.body).toEqual({
      ...{ type: 'about:blank', title: '未找到', status: 404, code: 'route_not_found', detail: '没有这个接口。' },
      requestId: 'mine-7',
    });
  });

  it.each([
    ['en', 'There is no such call.'],
    ['fr, en-GB;q=0.8, zh;q=0.2', 'There is no such call.'],
    ['en;q=0.3, zh-TW;q=0.7', '没有这个接口。'],
    ['fr', '没有这个接口。'],
    ['en;q=0', '没有这个接口。'],
  ])('Accept-Language: %s', async (languages, detail) => {
    const { body } = await service.http.get('/api/v1/nothing').set('accept-language', languages);
    expect(body.detail).toBe(detail);
  });

  it('replaces a request id that could not be logged as it is', async () => {
    const { headers } = await service.http.get(MINES).set('x-request-id', 'a b"');
    expect(headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['GET', '/%zz', 400, 'invalid_url'],
    ['GET', `${MINES}?x=%00`, 400, 'invalid_character'],
    ['GET', `/api/v1/imports/${'9'.repeat(2001)}`, 414, 'url_too_long'],
    ['DELETE', MINES, 405, 'method_not_allowed'],
  ])('%s %s is %i %s', async (method, path, status, code) => {
    const response = await fetch(service.url + path, { method });
    expect([response.status, ((await response.json()) as { code: string }).code]).toEqual([status, code]);
    expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    if (status === 405) expect(response.headers.get('allow')).toBe('GET, HEAD, POST');
  });

  it('answers what is no HTTP', async () => {
    const answer = await answerTo('nonsense\r\n\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 400 Bad Request\r\nContent-Type: application\/problem\+json/);
    expect(answer).toContain('"code":"malformed_http"');
  });

  it('closes with its answer where another protocol was asked for: what is broken after it would find no answer', async () => {
    const answer = await answerTo(
      'GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n',
    );
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(answer).toMatch(/\r\nconnection: close\r\n/i);
  });

  it('of our own making say nothing and are logged', async () => {
    const rename = (from: string, to: string) =>
      withConnection(service.database.ownerUrl, (owner) => owner.query(`ALTER TABLE ${from} RENAME TO ${to}`));
    await rename('mines', 'lost_mines');
    const response = await service.http.get(MINES).set('accept-language', 'en');
    await rename('lost_mines', 'mines');
    expect(response.status).toBe(500);
    expect(response.body).toMatchObject({ code: 'internal_error', title: 'Internal Server Error' });
    expect(JSON.stringify(response.body)).not.toMatch(/relation|42P01|SELECT/);
    const logged = service.log.find(({ msg }) => msg === 'unexpected error');
    expect(logged).toMatchObject({ requestId: response.body.requestId, err: { code: '42P01' } });
  });
});

describe('forms', () => {
  const send = () => service.http.post('/api/v1/imports').set('x-mine', 'chaili');
  const rows = (bytes: number) => Buffer.alloc(bytes, 'x');

  it.each([
    ['a file over the limit', 413, 'file_too_large', () => send().attach('file', rows(MAX_UPLOAD_BYTES + 1), 'a.csv')],
    [
      'two files',
      413,
      'too_many_parts',
      () => send().attach('file', rows(1), 'a.csv').attach('file', rows(1), 'b.csv'),
    ],
    [
      'many fields',
      413,
      'too_many_parts',
      () => send().field(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`f${i}`, 'x']))),
    ],
    ['a form without a boundary', 400, 'malformed_multipart', () => send().type('multipart/form-data').send('x')],
    [
      'half a form',
      400,
      'malformed_multipart',
      () => send().type('multipart/form-data; boundary=b').send('--b\r\nContent-Disposition: form-data; name="k"'),
    ],
    ['no form', 415, 'not_multipart', () => send().send({})],
  ])('%s is %i %s', async (_what, expected, code, request) => {
    const { status, body } = await request();
    expect([status, body.code]).toEqual([expected, code]);
  });
});

it('refuses a file that is announced too large before it is sent', async () => {
  const head = 'POST /api/v1/imports HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\n';
  const answer = await answerTo(`${head}Content-Length: 3000000000\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toContain('"code":"file_too_large"');
});

describe('a caller who goes away in the middle', () => {
  it.each([
    [MINES, 'application/json', '{"code":'],
    [
      '/api/v1/imports',
      'multipart/form-data; boundary=b',
      '--b\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\nx',
    ],
  ])('at %s is no fault of ours', async (path, type, beginning) => {
    const seen = service.log.length;
    const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nX-Mine: chaili\r\nContent-Type: ${type}\r\nContent-Length: 500\r\n\r\n`;
    const socket = connect(Number(new URL(service.url).port), '127.0.0.1', () => socket.write(head + beginning));
    await sleep(100);
    socket.destroy();
    for (let waited = 0; service.log.length === seen && waited < 50; waited += 1) await sleep(100);
    const lines = service.log.slice(seen);
    expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
    expect(lines).toMatchObject([{ route: path, msg: 'caller gone' }]);
  });
});

describe('health and metrics', () => {
  it('is live, and ready in every part', async () => {
    expect((await service.http.get('/health/live')).body).toEqual({ status: 'up' });
    const { status, body } = await service.http.get('/health/ready');
    expect([status, body]).toMatchObject([200, { status: 'up', checks: { database: { status: 'up' } } }]);
    expect(body.checks.disk.facts.freeBytes).toBeGreaterThan(200 * 2 ** 20);
  });

  it('measures requests by pattern, not by address', async () => {
    await service.http.get('/api/v1/imports/123456');
    const { text } = await service.http.get('/metrics');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).toMatch(
      /http_request_duration_seconds_count\{method="GET",route="\/api\/v1\/imports\/:id",status="404"\} 1/,
    );
    expect(text).not.toContain('123456');
  });

  it('logs each request in one line', async () => {
    await service.http.get(`${MINES}?secret=1`).set('x-request-id', 'logged').set('authorization', 'Bearer secret');
    const lines = service.log.filter(({ requestId }) => requestId === 'logged');
    expect(lines).toMatchObject([{ level: 'info', method: 'GET', route: MINES, status: 401, msg: 'request' }]);
    expect(JSON.stringify(lines)).not.toContain('secret');
  });
});

describe('the log', () => {
  const written = (format: 'json' | 'readable', write: (log: Log) => void): string => {
    let text = '';
    write(createLog('info', format, { write: (line) => (text += line) }));
    return text;
  };

  it('is read by people on a terminal, by programs elsewhere', () => {
    const request = { requestId: 'r1', method: 'GET', route: '/x', status: 200, ms: 3 };
    expect(written('readable', (log) => log.info(request, 'request'))).toMatch(
      /^\d\d:\d\d:\d\d GET \/x 200 3 ms r1\n$/,
    );
    expect(written('readable', (log) => log.warn({ port: 1 }, 'busy'))).toMatch(/ 警告 WARN busy port=1\n$/);
    expect(logFormat({}, { isTTY: true, write: () => 0 })).toBe('readable');
    expect(logFormat({ LOG_FORMAT: 'json' }, { isTTY: true, write: () => 0 })).toBe('json');
    expect(logFormat({}, { write: () => 0 })).toBe('json');
  });

  it('holds no secrets, and of an error no parameters', () => {
    const failed = Object.assign(new Error('query failed'), { code: '22P02', parameters: ['s3cret'] });
    const text = written('json', (log) => log.error({ err: failed, user: { password: 's3cret' }, password: 's3cret' }));
    expect(text).not.toContain('s3cret');
    expect(JSON.parse(text)).toMatchObject({ err: { code: '22P02', message: 'query failed' } });
  });
});

describe('the API page', () => {
  it('loads all its parts from here, under the security headers', async () => {
    const page = await service.http.get('/api/docs');
    expect(page.headers['content-security-policy']).toContain("default-src 'self'");
    const parts = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, part]) => part!);
    expect(parts.length).toBeGreaterThanOrEqual(4);
    for (const part of parts) {
      const { status, headers } = await service.http.get(new URL(part, `${service.url}/api/docs`).pathname);
      expect([part, status, headers['content-length']]).toEqual([part, 200, expect.stringMatching(/^\d{3,}$/)]);
    }
  });

  it('describes the calls', async () => {
    const { body } = await service.http.get('/api/openapi.json');
    expect(body.paths[MINES].post).toMatchObject({ operationId: 'createMines', tags: ['mines'] });
  });
});

describe('what callers do not see', () => {
  it('lets the rules word their findings, and has no code for properties that is one of theirs', () => {
    expect(CODES.filter((code) => code in PROPERTY_SENTENCES)).toEqual([]);
    const sentences = service.app.get(Sentences);
    const finding = { row: 2, column: 'amount', params: {}, file: 'records.csv' };
    expect(sentences.sayFinding({ ...finding, code: 'value_missing' }, 'zh')).toContain('金额');
    expect(sentences.sayFinding({ ...finding, code: 'not_text' }, 'zh')).toBe('应为字符串。');
    expect(() => sentences.register({ not_text: { zh: '另一句', en: 'another' } })).toThrow('not_text');
  });

  it('pages by keys', async () => {
    const rows = [1, 2, 3].map((id) => ({ id }));
    const keyOf = ({ id }: { id: number }) => ['2023-01-31', String(id)];
    const { data, next } = pageOf(rows, 2, keyOf);
    expect([data, decodeCursor(next!, [keyDate, keyNumber])]).toEqual([
      [{ id: 1 }, { id: 2 }],
      ['2023-01-31', '2'],
    ]);
    expect(pageOf(rows, 3, keyOf).next).toBeNull();
    expect(decodeCursor(undefined, [keyText])).toBeNull();
    const tampered = [encodeCursor(['2023-02-30', '2']), encodeCursor(['2023-01-31']), `${next!}=`, 'x', 'bnVsbA'];
    for (const cursor of tampered) expect(() => decodeCursor(cursor, [keyDate, keyNumber])).toThrow('invalid_cursor');
    expect(() => decodeCursor(encodeCursor(['a\0']), [keyText])).toThrow('invalid_cursor');
    const answers = await Promise.all(
      ['limit=0', 'limit=201', 'limit=1.5', 'limit=1&limit=2', 'offset=1', 'cursor=zzz'].map((query) =>
        service.http.get(`/api/v1/imports?${query}`),
      ),
    );
    expect(answers.map(({ status, body }) => [status, ...columns(body)])).toEqual([
      ...[
        [400, 'limit out_of_range'],
        [400, 'limit out_of_range'],
        [400, 'limit not_whole_number'],
      ],
      ...[[400, 'limit not_whole_number'], [400, 'offset unknown_property'], [400]],
    ]);
  });
});

describe('without what it needs', () => {
  it('is not ready while a part hangs, and says which after two seconds', async () => {
    service.app.get(Readiness).add('hanging', () => new Promise(() => undefined));
    const { status, body } = await service.http.get('/health/ready');
    expect([status, body.code, body.checks.hanging.status, body.checks.database.status]).toEqual([
      503,
      'not_ready',
      'down',
      'up',
    ]);
  });

  it('answers 503 when its database is gone', async () => {
    await service.database.drop();
    const { status, body, headers } = await service.http.get(MINES);
    expect([status, body.code, headers['retry-after']]).toEqual([503, 'database_unavailable', '5']);
    expect((await service.http.get('/health/ready')).body.checks.database.status).toBe('down');
    expect((await service.http.get('/health/live')).status).toBe(200);
  });
});
