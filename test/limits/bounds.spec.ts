import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FileStore } from '../../src/platform/files/file-store.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';
import { FORM_HEAD, RawRequest, uploadHead } from './raw-request.js';

const MIB = 2 ** 20;
const LIMIT = 20 * MIB;
const PAGE = 'https://caiwu.example';

const RECORD_COLUMNS =
  'id,date,department,category,item,nature,quantity,unit,unit_price,amount,project,counterparty,internal,voucher,summary';

let service: HttpAppUnderTest;
beforeAll(async () => {
  service = await startHttpApp({ maxUploadBytes: LIMIT, env: { MAX_ANSWER_ROWS: '3', CORS_ORIGINS: PAGE } });
  const client = new ImportClient(service);
  await client.take('chaili', 'departments', 'code,name,parent\nCM1,采煤一区,\nJD,机电区,\n');
  const rows = [1, 2, 3, 4].flatMap((month) =>
    ['CM1', 'JD'].map((unit) => `${unit}${month},2023-0${month}-05,${unit},management,0104,explicit,,,,10.00,,,,,`),
  );
  const taken = await client.take('chaili', 'records', `${[RECORD_COLUMNS, ...rows].join('\n')}\n`);
  expect([taken.status, await client.findings('chaili', taken.id)]).toEqual(['accepted', []]);
});
afterAll(() => service.stop());
afterEach(() => RawRequest.leaveAll());

describe('an upload without an end', () => {
  const filesKept = async () => {
    const folder = join(service.app.get(FileStore).pathOf('00'), '../..');
    const names = await readdir(folder, { recursive: true, withFileTypes: true });
    return names.filter((entry) => entry.isFile()).map(({ name }) => name);
  };

  it('is cut off at the limit, and nothing of it is kept', async () => {
    const { 'X-Api-Key': key } = await service.callerWith(['finance', 'clerk']);
    const before = await filesKept();
    const request = await RawRequest.open(service.url, uploadHead('Transfer-Encoding: chunked', key));
    const piece = (bytes: Buffer) =>
      Buffer.concat([Buffer.from(`${bytes.length.toString(16)}\r\n`), bytes, Buffer.from('\r\n')]);
    request.send(piece(Buffer.from(FORM_HEAD)));
    const content = piece(Buffer.alloc(MIB, 'x'));
    let sent = 0;
    while (!request.isClosed && sent < 10 * LIMIT) {
      await request.handOver(content);
      sent += MIB;
    }
    // Cut long before all of it was sent, whether or not its answer still got through.
    expect(sent).toBeLessThan(5 * LIMIT);
    expect(await request.answer()).toMatch(/^(HTTP\/1\.1 413 .*"code":"file_too_large".*)?$/s);
    expect(await filesKept()).toEqual(before);
  });

  it('leaves nothing behind where its end is the limit’s own', async () => {
    const before = await filesKept();
    const { status } = await service.http.post('/api/v1/imports').attach('file', Buffer.alloc(LIMIT + 1, 'y'), 'a.csv');
    expect([status, await filesKept()]).toEqual([413, before]);
  });
});

describe('an answer', () => {
  it('has no more rows than may be, and says how to ask for fewer', async () => {
    const ask = (by: string) => service.http.get(`/api/v1/synergy?by=${by}`);
    expect((await ask('department')).body.rows).toHaveLength(2);
    const { status, body } = await ask('department,period');
    expect([status, body.code]).toEqual([422, 'answer_too_large']);
    expect(body.detail).toBe('应答超过 3 行（格）：请缩小期间、加筛选条件，或减少分组维度。');
    expect((await ask('period')).body.code).toBe('answer_too_large');
    expect((await service.http.get('/api/v1/synergy?by=period&period=2023-01..2023-03')).body.rows).toHaveLength(3);
    for (const path of ['pivot?rows=department&columns=period', 'export?format=csv&by=department,period']) {
      expect((await service.http.get(`/api/v1/synergy/${path}`)).body.code).toBe('answer_too_large');
    }
  });
});

describe('pages from elsewhere', () => {
  const preflight = (origin: string, url = service.url) =>
    fetch(`${url}/api/v1/me`, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'GET', 'access-control-request-headers': 'authorization' },
    });

  it('may ask where they are listed, and nowhere else', async () => {
    const { status, headers } = await preflight(PAGE);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([204, PAGE]);
    expect(headers.get('access-control-allow-headers')).toContain('Authorization');
    expect(headers.get('access-control-allow-credentials')).toBeNull();
    const answer = await fetch(`${service.url}/api/v1/me`, { headers: { origin: PAGE } });
    expect(answer.headers.get('access-control-allow-origin')).toBe(PAGE);
    for (const other of ['https://caiwu.example.evil', 'http://caiwu.example', 'null']) {
      expect((await preflight(other)).headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  it('may not ask where none is listed', async () => {
    const closed = await startHttpApp();
    try {
      const { status, headers } = await preflight(PAGE, closed.url);
      expect([status, headers.get('access-control-allow-origin')]).toEqual([405, null]);
    } finally {
      await closed.stop();
    }
  });
});

describe('readiness', () => {
  it('is lost while a job has waited too long, and says since when', async () => {
    const look = () => service.http.get('/health/ready');
    expect((await look()).body.checks.queue).toEqual({ status: 'up', facts: { waiting: 0, oldestSeconds: 0 } });
    await service.query(
      `SELECT graphile_worker.add_job('nobody', job_key => 'late', run_at => now() - interval '20 minutes')`,
    );
    const { status, body } = await look();
    expect([status, body.code, body.checks.queue.status]).toEqual([503, 'not_ready', 'down']);
    expect(body.checks.queue.facts.oldestSeconds).toBeGreaterThanOrEqual(1_200);
    await service.query(`SELECT graphile_worker.remove_job('late')`);
    expect((await look()).status).toBe(200);
  });
});
