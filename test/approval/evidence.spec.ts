import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { FIRST_MINE } from '../../src/modules/mines/index.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { zipOf } from '../support/zip.js';

type Headers = Awaited<ReturnType<HttpAppUnderTest['callerWith']>>;

let running: HttpAppUnderTest;
const mine = FIRST_MINE.code;
let clerk: Headers;
let reviewer: Headers;

const MIB = 2 ** 20;
const zipNamed = (...names: string[]) => zipOf(names.map((name) => ({ name, content: Buffer.from('<x/>') })));
const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n');
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00]);
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0x00]);
const XLSX = zipNamed('[Content_Types].xml', 'xl/workbook.xml');
const DOCX = zipNamed('[Content_Types].xml', 'word/document.xml');
const OFD = zipNamed('OFD.xml', 'Doc_0/Document.xml');
const EXE = Buffer.concat([Buffer.from('MZ\x90\x00'), Buffer.alloc(60)]);

beforeAll(async () => {
  running = await startHttpApp({ approval: true, maxUploadBytes: 64 * MIB });
  await running.query(`INSERT INTO departments (mine_id, code, name) VALUES ($1, 'D1', '综采'), ($1, 'D2', '掘进')`, [
    mine,
  ]);
  clerk = await running.callerWith('clerk', ['D1']);
  reviewer = await running.callerWith('reviewer', ['D1']);
  const record = {
    id: 'Z/1',
    date: '2023-01-05',
    department: 'D1',
    category: 'resource',
    item: '0101',
    amount: '100.00',
  };
  const { status, body } = await running.http
    .post('/api/v1/records')
    .set(clerk)
    .send({ ...record, nature: 'explicit' });
  expect([status, body.code]).toEqual([201, undefined]);
});
afterAll(() => running.stop());

const RECORD = `/api/v1/records/${encodeURIComponent('Z/1')}/evidence`;

const add = (by: Headers, content: Buffer, name: string, url = RECORD) =>
  running.http.post(url).set(by).attach('file', content, name);

const codeOf = async (sent: ReturnType<typeof add>) => {
  const { status, body } = await sent;
  return `${status} ${body.code ?? body.mediaType}`;
};

describe('what is taken as evidence', () => {
  it.each([
    ['发票.pdf', PDF, 'application/pdf'],
    ['a.PNG', PNG, 'image/png'],
    ['a.jpg', JPEG, 'image/jpeg'],
    ['a.jpeg', JPEG, 'image/jpeg'],
    ['合同.docx', DOCX, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
    ['a.xlsx', XLSX, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['电子发票.ofd', OFD, 'application/ofd'],
  ])('%s', async (name, content, mediaType) => {
    const { status, body } = await add(clerk, content, name);
    expect([status, body]).toEqual([
      201,
      {
        ...{ id: expect.any(String), name, mediaType, sizeBytes: content.length, addedAt: expect.any(String) },
        ...{ sha256: createHash('sha256').update(content).digest('hex'), actor: expect.stringMatching(/^key:/) },
      },
    ]);
  });

  it.each([
    ['a renamed program', 'invoice.pdf', EXE],
    ['a program with a paper behind it', 'invoice.pdf', Buffer.concat([EXE, PDF])],
    ['a program before an archive', 'a.xlsx', Buffer.concat([EXE, XLSX])],
    ['a paper named as a program', 'invoice.pdf.exe', PDF],
    ['a paper that a browser would run', 'invoice.hta', PDF],
    ['a paper named as another', 'a.png', PDF],
    ['a name without an ending', 'pdf', PDF],
    ['a page', 'a.pdf', Buffer.from('<html><script>alert(1)</script>')],
    ['a plain archive', 'a.xlsx', zipNamed('run.exe')],
    ['an archive that only says it is one', 'a.ofd', Buffer.from('PK\x03\x04 and nothing more')],
    ['a workbook named as a letter', 'a.docx', XLSX],
    ['nothing', 'a.pdf', Buffer.alloc(0)],
  ])('not %s', async (_, name, content) => {
    expect(await codeOf(add(clerk, content, name))).toBe('415 evidence_type');
  });

  it('20 MiB are taken, a byte more is not', async () => {
    const upTo = (bytes: number) => Buffer.concat([PDF, Buffer.alloc(bytes - PDF.length)]);
    expect(await codeOf(add(clerk, upTo(20 * MIB), 'large.pdf'))).toBe('201 application/pdf');
    expect(await codeOf(add(clerk, upTo(20 * MIB + 1), 'larger.pdf'))).toBe('413 file_too_large');
  }, 60_000);

  it('a form without a file, no form, a name too long', async () => {
    expect(await codeOf(running.http.post(RECORD).set(clerk).field('note', 'x'))).toBe('400 file_missing');
    expect(await codeOf(running.http.post(RECORD).set(clerk).send({}))).toBe('415 not_multipart');
    expect(await codeOf(add(clerk, PDF, `${'长'.repeat(197)}.pdf`))).toBe('400 evidence_name');
  });
});

describe('who adds it, and who sees it', () => {
  it('the maker and who checks it; nobody else of the department', async () => {
    expect(await codeOf(add(reviewer, PDF, 'r.pdf'))).toBe('201 application/pdf');
    const another = await running.callerWith('clerk', ['D1']);
    expect(await codeOf(add(another, PDF, 'c.pdf'))).toBe('403 evidence_not_yours');
    expect(await codeOf(add(await running.callerWith('auditor'), PDF, 'a.pdf'))).toBe('403 forbidden');
  });

  it('for those of other departments, and of what is not there, it is unknown', async () => {
    const { body } = await running.http.get(RECORD).set(clerk);
    const other = await running.callerWith(['clerk', 'reviewer'], ['D2']);
    const { id } = body.data[0];
    expect(await codeOf(add(other, PDF, 'a.pdf'))).toBe('404 unknown_record');
    expect(await codeOf(running.http.get(RECORD).set(other))).toBe('404 unknown_record');
    expect(await codeOf(running.http.get(`/api/v1/evidence/${id}`).set(other))).toBe('404 unknown_evidence');
    for (const unknown of ['999999', '0', 'x', '1e3']) {
      expect(await codeOf(running.http.get(`/api/v1/evidence/${unknown}`).set(clerk))).toBe('404 unknown_evidence');
    }
    expect(await codeOf(add(clerk, PDF, 'a.pdf', '/api/v1/imports/999999/evidence'))).toBe('404 unknown_import');
    expect(await codeOf(add(clerk, PDF, 'a.pdf', '/api/v1/imports/x/evidence'))).toBe('404 unknown_import');
    expect(await codeOf(running.http.get('/api/v1/records/none/evidence').set(clerk))).toBe('404 unknown_record');
  });

  it('an import has papers as a record has', async () => {
    const rows = 'item,unit,rate,valid_from,valid_to,basis\nREWORK,工时,30,2023-01-01,,定额\n';
    const sent = await running.http
      .post('/api/v1/imports')
      .set(clerk)
      .field('kind', 'rates')
      .attach('file', Buffer.from(rows), 'rates.csv');
    const url = `/api/v1/imports/${sent.body.id}/evidence`;
    expect(await codeOf(add(clerk, OFD, '依据.ofd', url))).toBe('201 application/ofd');
    const { body } = await running.http.get(url).set(clerk);
    expect(body.data.map(({ name }: { name: string }) => name)).toEqual(['依据.ofd']);
    expect(await codeOf(running.http.get(url).set(await running.callerWith('clerk', ['D2'])))).toBe(
      '404 unknown_import',
    );
  });

  it('comes down as an attachment, byte for byte, and never as what a browser would open', async () => {
    const name = '../发"票;\u202e.pdf';
    const added = await add(clerk, PDF, name);
    const { headers, body } = await running.http.get(`/api/v1/evidence/${added.body.id}`).set(reviewer).buffer(true);
    expect(Buffer.compare(body as Buffer, PDF)).toBe(0);
    expect(headers).toMatchObject({
      'content-type': 'application/octet-stream',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    });
    expect(headers['content-disposition']).toMatch(
      /^attachment; filename="[\x20-\x7e]*\.pdf"; filename\*=UTF-8''[\w.%~-]*\.pdf$/,
    );
  });

  it('is never removed or changed', async () => {
    const { body } = await running.http.get(RECORD).set(clerk);
    const url = `/api/v1/evidence/${body.data[0].id}`;
    expect((await running.http.delete(url).set(clerk)).status).toBe(405);
    expect((await running.http.put(url).set(clerk).send({})).status).toBe(405);
  });
});
