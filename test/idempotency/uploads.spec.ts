import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';

/** Forms under an Idempotency-Key: what counts is what a form says, not how it is wrapped. */
let running: HttpAppUnderTest;
beforeAll(async () => {
  running = await startHttpApp({ maxUploadBytes: 2 ** 20 });
  await running.http.post('/api/v1/departments').send({ code: 'CM1', name: '采一' }).expect(201);
  const record = { id: 'R1', date: '2023-01-05', department: 'CM1', category: 'resource', item: '0104' };
  await running.http
    .post('/api/v1/records')
    .send({ ...record, nature: 'explicit', amount: '1.00' })
    .expect(201);
});
afterAll(() => running.stop());

let key: string;
beforeEach(() => {
  key = randomUUID();
});

interface Form {
  readonly fields?: readonly (readonly [name: string, value: string])[];
  readonly fileName?: string;
  readonly file?: string;
  readonly boundary?: string;
}

const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n';
const partOf = (boundary: string, disposition: string, content: string) =>
  `--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n\r\n${content}\r\n`;

function bodyOf({ fields = [], fileName = 'e.pdf', file = PDF, boundary = 'b1' }: Form): string {
  const said = fields.map(([name, value]) => partOf(boundary, `name="${name}"`, value));
  const sent = partOf(boundary, `name="file"; filename="${fileName}"`, file);
  return `${said.join('')}${sent}--${boundary}--\r\n`;
}

async function send(path: string, form: Form, body = bodyOf(form)) {
  const { status, headers, text } = await running.http
    .post(`/api/v1${path}`)
    .set({ 'Idempotency-Key': key, 'Content-Type': `multipart/form-data; boundary=${form.boundary ?? 'b1'}` })
    .send(body);
  return { status, text, isReplay: headers['idempotency-replayed'] === 'true' };
}

const EVIDENCE = '/records/R1/evidence';
const papers = async () =>
  (await running.query<{ name: string }>('SELECT name FROM evidence ORDER BY id')).map(({ name }) => name);

it('the same form in another wrapping is the same request', async () => {
  const first = await send(EVIDENCE, {
    fileName: 'a.pdf',
    fields: [
      ['x', '1'],
      ['y', '2'],
    ],
  });
  const again = await send(EVIDENCE, {
    fileName: 'a.pdf',
    fields: [
      ['y', '2'],
      ['x', '1'],
    ],
    boundary: 'other-9',
  });
  expect([first.status, first.isReplay]).toEqual([201, false]);
  expect(again).toEqual({ ...first, isReplay: true });
  expect(await papers()).toEqual(['a.pdf']);
});

it('control: without the key it is another paper', async () => {
  await send(EVIDENCE, { fileName: 'c.pdf' });
  key = randomUUID();
  await send(EVIDENCE, { fileName: 'c.pdf' });
  expect((await papers()).filter((name) => name === 'c.pdf')).toHaveLength(2);
});

it.each([
  ['file', { file: `${PDF}%` }],
  ['name', { fileName: 'f.pdf' }],
  ['field', { fields: [['x', '1']] }],
] as const)('another %s is another request', async (_, change) => {
  const before = await papers();
  await send(EVIDENCE, {});
  const changed = await send(EVIDENCE, change);
  expect([changed.status, JSON.parse(changed.text).code]).toEqual([422, 'idempotency_key_reused']);
  expect(await papers()).toEqual([...before, 'e.pdf']);
});

it('an import is taken in once, and its number told again', async () => {
  const form: Form = { fields: [['kind', 'departments']], fileName: 'd.csv', file: 'code,name,parent\nCM2,采二,\n' };
  const first = await send('/imports', form);
  const again = await send('/imports', { ...form, boundary: 'zz' });
  expect([first.status, again]).toEqual([202, { ...first, isReplay: true }]);
  expect(JSON.parse(again.text)).toMatchObject({ isNew: true });
});

it('a form that was not read to its end leaves the key free', async () => {
  const cut = await send(EVIDENCE, {}, bodyOf({}).slice(0, -20));
  expect([cut.status, JSON.parse(cut.text).code]).toEqual([400, 'malformed_multipart']);
  expect((await send('/imports', { file: PDF.padEnd(2 ** 20 + 1) })).status).toBe(413);
  expect((await send(EVIDENCE, { fileName: 'whole.pdf' })).status).toBe(201);
});

it('bytes reach the store as they were sent', async () => {
  const file = PDF.padEnd(900_000, '% ');
  const { text } = await send(EVIDENCE, { file });
  expect(JSON.parse(text)).toMatchObject({
    sizeBytes: file.length,
    sha256: createHash('sha256').update(file).digest('hex'),
  });
});
