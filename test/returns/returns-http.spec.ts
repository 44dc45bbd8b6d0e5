import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readXlsx } from 'hucre';
import type supertest from 'supertest';
import { attachment } from '../../src/platform/http/attachment.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';
import { zipOf } from '../support/zip.js';

let running: HttpAppUnderTest;
let client: ImportClient;
const MINE = 'chaili';
beforeAll(async () => {
  running = await startHttpApp();
  client = new ImportClient(running);
});
afterAll(() => running.stop());

const get = (path: string) => running.http.get(`/api/v1/imports/${path}`).set('X-Mine', MINE);

/** The body as bytes. */
const bytes = (request: supertest.Test) =>
  request.buffer(true).parse((response, done) => {
    const chunks: Buffer[] = [];
    response.on('data', (chunk: Buffer) => chunks.push(chunk));
    response.on('end', () => done(null, Buffer.concat(chunks)));
  });

const GOOD = 'code,name,parent\nCM1,采煤一区,\n';
const BAD = '编码,名称,上级\nCM2,采煤二区,没有\n,"无",\n';

describe('a refused file', () => {
  it('comes back with its bad cells marked, under its own name', async () => {
    const { id, status } = await client.take(MINE, 'departments', BAD, "部门 '三月;x.csv");
    expect(status).toBe('refused');
    const { headers, body } = await bytes(get(`${id}/workbook`).expect(200));
    expect(headers['content-type']).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
    // ASCII: 部 门 blank ' 三 月 ; x - 待 改 正.
    expect(headers['content-disposition']).toBe(
      `attachment; filename="__ '___x-___.xlsx"; filename*=UTF-8''${encodeURIComponent("部门 '三月;x-待改正.xlsx").replace("'", '%27')}`,
    );
    expect(Number(headers['content-length'])).toBe((body as Buffer).length);
    const { sheets } = await readXlsx(body as Buffer);
    expect(sheets[0]!.rows).toEqual([
      ['原文件行号', '编码', '名称', '上级'],
      ['2', 'CM2', '采煤二区', '没有'],
      ['3', null, '无', null],
    ]);
    const comments = [...sheets[0]!.cells!].flatMap(([place, cell]) =>
      cell.comment ? [[place, cell.comment.text]] : [],
    );
    expect(comments).toContainEqual(['2,1', expect.stringMatching(/必须填写.*（value_missing）$/)]);
  });

  it('of a folder comes back by its name, else the first with something wrong', async () => {
    const zip = zipOf([
      { name: 'departments.csv', content: Buffer.from(GOOD) },
      { name: 'projects.csv', content: Buffer.from('code,name,category,lead\nP1,一,资源,XX\n') },
    ]);
    const { id } = await client.take(MINE, 'folder', zip, '三月.zip');
    const { body } = await bytes(get(`${id}/workbook`).expect(200));
    expect((await readXlsx(body as Buffer)).sheets[0]!.rows[0]).toEqual([
      '原文件行号',
      'code',
      'name',
      'category',
      'lead',
    ]);
    await get(`${id}/workbook?file=projects.csv`).expect(200);
    expect((await get(`${id}/workbook?file=departments.csv`).expect(409)).body.code).toBe('nothing_to_mark');
    expect((await get(`${id}/workbook?file=x.csv`).expect(404)).body.code).toBe('unknown_import_file');
    // The archive itself is kept as well as what was in it.
    expect((await bytes(get(`${id}/files/${encodeURIComponent('三月.zip')}`).expect(200))).body).toEqual(zip);
    expect((await bytes(get(`${id}/files/departments.csv`).expect(200))).body).toEqual(Buffer.from(GOOD));
  });
});

describe('an accepted file', () => {
  let id: string;
  beforeAll(async () => {
    const taken = await client.take(MINE, 'departments', GOOD, '部门<b>.csv');
    expect(taken.status).toBe('accepted');
    id = taken.id;
  });

  it('has nothing to be marked', async () => {
    expect((await get(`${id}/workbook`).expect(409)).body).toMatchObject({ code: 'nothing_to_mark' });
  });

  it('has a receipt as data, and as a page for a browser', async () => {
    const { body, headers } = await get(`${id}/receipt`).expect(200);
    expect(body).toMatchObject({
      ...{
        importId: id,
        status: 'accepted',
        kind: 'departments',
        actor: expect.stringMatching(/^key:/),
        fileName: '部门<b>.csv',
      },
      ...{ sizeBytes: Buffer.byteLength(GOOD), sha256: createHash('sha256').update(GOOD).digest('hex') },
      rows: { read: 1, posted: 1, skipped: 0, refused: 0 },
      files: [{ name: '部门<b>.csv', encoding: 'utf-8', read: 1, added: 1 }],
      ...{ findings: [], findingCount: 0, supersedes: null },
    });
    expect(headers.vary).toContain('Accept');
    for (const page of [get(`${id}/receipt`).set('Accept', 'text/html,*/*;q=0.8'), get(`${id}/receipt.html`)]) {
      const { text, headers } = await page.expect(200).expect('content-type', 'text/html; charset=utf-8');
      expect(text).toContain('<td>部门&lt;b&gt;.csv</td>');
      expect(headers['content-security-policy']).toContain("default-src 'self'");
      expect(headers['content-language']).toBe('zh-CN');
    }
    const english = await get(`${id}/receipt.html`).set('Accept-Language', 'en').expect(200);
    expect(english.text).toContain('Receipt of an import');
    await get(`${id}/receipt`).set('Accept', 'application/json, text/html').expect('content-type', /json/);
  });

  it('is given back byte for byte, once', async () => {
    const path = `${id}/files/${encodeURIComponent('部门<b>.csv')}`;
    const { body, headers } = await bytes(get(path).expect(200));
    expect(body).toEqual(Buffer.from(GOOD));
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      etag: `"${createHash('sha256').update(GOOD).digest('hex')}"`,
      'content-disposition': `attachment; filename="__<b>.csv"; filename*=UTF-8''${encodeURIComponent('部门<b>.csv')}`,
    });
    const again = await get(path).set('If-None-Match', `"x", W/${headers.etag}`).expect(304);
    expect(again.text).toBe('');
  });
});

describe('the name of a download', () => {
  it('stays inside its quotes and its header', () => {
    expect(attachment('a"; filename=evil.exe\r\nSet-Cookie: x\ud800/../b.csv')).toBe(
      `attachment; filename="a__ filename=evil.exe__Set-Cookie: x__.._b.csv"; filename*=UTF-8''a%22%3B%20filename%3Devil.exe__Set-Cookie%3A%20x__.._b.csv`,
    );
  });
});

describe('what is not there', () => {
  it.each(['receipt', 'receipt.html', 'workbook', 'files/a.csv'])('%s of an unknown import is 404', async (what) => {
    for (const id of ['999999', 'x', '%2e%2e']) {
      expect((await get(`${id}/${what}`).expect(404)).body).toMatchObject({ code: 'unknown_import' });
    }
  });

  it('is what another mine handed in, and a file that is none of the import', async () => {
    const { id } = await client.take(MINE, 'departments', 'code,name,parent\nX1,甲,\n', 'a.csv');
    await client.createMine('other');
    await running.http.get(`/api/v1/imports/${id}/receipt`).set('X-Mine', 'other').expect(404);
    await running.http.get(`/api/v1/imports/${id}/files/a.csv`).set('X-Mine', 'other').expect(404);
    const missing = await get(`${id}/files/${encodeURIComponent('../../postgres-password')}`).expect(404);
    expect(missing.body).toMatchObject({ code: 'unknown_import_file' });
  });

  it('is the original of what came as one row', async () => {
    await running.http
      .post('/api/v1/departments')
      .set('X-Mine', MINE)
      .send({ code: 'R1', name: '', parent: 'ZZ' })
      .expect(422);
    const { body } = await running.http.get('/api/v1/imports?limit=1').set('X-Mine', MINE).expect(200);
    expect((await get(`${body.data[0].id}/workbook`).expect(404)).body.code).toBe('file_not_kept');
  });
});
