/** What the office says, measures, sets and restyles itself. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Block } from '../../analytics/report/model.js';
import { Mines } from '../../src/modules/mines/index.js';
import { JANUARY, VOLUME } from '../periods/two-months.js';
import { ReportedMine, sha256, whole, type Made } from './make-report-mine.js';

let mine: ReportedMine;
beforeAll(async () => {
  mine = await ReportedMine.open();
}, 120_000);
afterAll(() => mine.running.stop());

const OWN = { cause: '', text: '下月集中整治闲机。', owner: '机电科', due: '2023-02-28' };

const officeWords = (blocks: readonly Block[]): string =>
  JSON.stringify(blocks.filter((block) => block.kind === 'paragraph' && block.origin === 'office'));

describe('the office’s own words', () => {
  it('are kept by period, stand in the report marked as its own, and make another draft', async () => {
    expect((await mine.get(`/report-texts?period=${JANUARY}`).expect(200)).body).toEqual({
      ...{ texts: [], writtenBy: null, writtenAt: null },
    });
    const before = await mine.make(JANUARY);
    const { body } = await mine
      .put('/report-texts', { period: JANUARY, texts: [OWN, { text: '其余照旧。' }] })
      .expect(200);
    expect(body.texts).toEqual([
      { id: '1', ...OWN },
      { id: '2', cause: '', text: '其余照旧。', owner: null, due: null },
    ]);
    expect((await mine.get('/report-texts?period=2023-02').expect(200)).body.texts).toEqual([]);
    const after = await mine.make(JANUARY);
    expect(after.id).not.toBe(before.id);
    const { sections } = await mine.model(after.id);
    expect(officeWords(sections.flatMap(({ blocks }) => blocks))).toContain(OWN.text);
  });

  it.each([
    [{ text: '' }, 400],
    [{ text: '字'.repeat(4_001) }, 400],
    [{ text: '措施', cause: 'no_such_cause' }, 400],
    [{ text: '措施', due: '2023-2-1' }, 400],
    [{ text: '措施', due: '2023-02-30' }, 400],
    [{ text: '措施', cause: 'not_reported', owner: '供应部', due: '2023-02-10' }, 200],
  ])('take %j with %i', async (text, status) => {
    await mine.put('/report-texts', { period: '2023-02', texts: [text] }).expect(status);
  });

  it('stand once all have signed the report; a reopened month begins anew', async () => {
    await mine.close(JANUARY);
    const first = await mine.make(JANUARY);
    const signers = [
      ['prepare', 'committee'],
      ['review', 'reviewer'],
      ['chief', 'finance'],
      ['committee', 'committee'],
    ] as const;
    const sign = async ({ id, sha256: hash }: Made, places: typeof signers | readonly (typeof signers)[number][]) => {
      for (const [role, held] of places) {
        const who = await mine.running.callerWith(held);
        await mine.post(`/reports/${id}/sign`, { role, sha256: hash }, who).expect(200);
      }
    };
    await sign(first, signers.slice(0, 3));
    // The committee has not signed: the words may change, and make another version, which is signed from the beginning.
    await mine.put('/report-texts', { period: JANUARY, texts: [OWN] }).expect(200);
    const second = await mine.make(JANUARY);
    expect([first.version, second.version]).toEqual([1, 2]);
    await sign(second, signers);
    const refused = await mine.put('/report-texts', { period: JANUARY, texts: [] }).expect(409);
    expect(refused.body).toMatchObject({ code: 'report_signed' });
    // Whatever else would be said otherwise today, what all have signed is the report.
    const items = [{ group: 'explicit', code: 'ZERO_SCRAP', name: '零废品', measure: '件' }];
    await mine.put('/control-items', { items }).expect(200);
    expect(await mine.make(JANUARY)).toEqual(second);
    await mine.reopen(JANUARY);
    await mine.put('/report-texts', { period: JANUARY, texts: [OWN] }).expect(200);
  });

  it('are written by who makes reports', async () => {
    const auditor = await mine.running.callerWith('auditor');
    await mine.get(`/report-texts?period=${JANUARY}`, auditor).expect(200);
    for (const [path, body] of [
      ['/report-texts', { period: '2023-03', texts: [] }],
      ['/control-items', { items: [] }],
      ['/report-settings', {}],
    ] as const) {
      await mine.put(path, body, auditor).expect(403);
      await mine.put(path, body, await mine.running.callerWith('committee', ['CM1'])).expect(403);
    }
  });
});

describe('the double six zeros', () => {
  const SIX = ['零废品', '零废弃', '零浪费', '零闲人', '零闲机', '零闲物'];
  it('begin with the known explicit six, which nothing measures yet, in every mine', async () => {
    await mine.running.app.get(Mines).ensure({ code: 'new', name: '新矿' });
    const ofNew = { ...(await mine.running.callerWith('finance', [''], 'new')), 'X-Mine': 'new' };
    const { items } = (await mine.get('/control-items', ofNew).expect(200)).body as { items: { name: string }[] };
    expect(items.map(({ name }) => name)).toEqual(SIX);
    expect(items).toEqual(items.map((item) => ({ ...item, group: 'explicit', items: [], measure: '', owner: null })));
  });

  const machine = {
    group: 'explicit',
    code: 'ZERO_IDLE_MACHINE',
    name: '零闲机',
    items: ['IDLE_MACHINE'],
    measure: '闲置小时',
    owner: '机电科',
  };
  const implicit = (code: string) => ({ group: 'implicit', code, name: '零返工', items: ['REWORK'] });

  it('are replaced by what the mine names', async () => {
    const { body } = await mine.put('/control-items', { items: [implicit('I1'), machine] }).expect(200);
    expect(body.items).toEqual([machine, { ...implicit('I1'), measure: '', owner: null }]);
    expect((await mine.get('/control-items').expect(200)).body).toEqual(body);
  });

  it.each([
    [[machine, machine], 'control_item_twice'],
    [['1', '2', '3', '4', '5', '6', '7'].map(implicit), 'too_many_control_items'],
    [[{ ...machine, items: ['02'] }], 'not_an_implicit_item'],
    [[{ ...machine, items: ['NONE'] }], 'not_an_implicit_item'],
  ])('are refused: %#', async (items, code) => {
    expect((await mine.put('/control-items', { items }).expect(422)).body.code).toBe(code);
  });
});

describe('settings', () => {
  it('say nothing at first, and are set as a whole', async () => {
    const nothing = { outputDriver: null, draftDay: null, committeeSees: 'all', baseUrl: '' };
    expect((await mine.get('/report-settings').expect(200)).body).toEqual(nothing);
    const basis = { zh: '原煤产量', en: 'raw coal output' };
    const said = {
      ...nothing,
      outputDriver: { driver: 'output', tonnesPerUnit: '1000.5', basis },
      draftDay: 5,
      baseUrl: 'https://six.example.com/mine',
    };
    expect((await mine.put('/report-settings', said).expect(200)).body).toEqual(said);
    expect((await mine.get('/report-settings').expect(200)).body).toEqual(said);
    await mine.take('activities', { ...VOLUME('2023-02'), actual: '120' });
    const made = await mine.make('2023-02');
    expect((await mine.document(made.id, 'json')).toString('utf8')).toContain('原煤产量');
    expect((await mine.document(made.id, 'html')).toString('utf8')).toContain(
      `https://six.example.com/mine/api/v1/lines/${made.id}-`,
    );
    expect((await mine.put('/report-settings', {}).expect(200)).body).toEqual(nothing);
  });

  it.each([
    { draftDay: 0 },
    { draftDay: 29 },
    { draftDay: '5' },
    { committeeSees: 'none' },
    { baseUrl: 'javascript:alert(1)' },
    { baseUrl: 'https://a.b/' },
    { baseUrl: 'https://a.b/"><x' },
    { outputDriver: { driver: 'output', basis: { zh: '原煤' } } },
    { outputDriver: [] },
    { outputDriver: { driver: 'output', basis: [] } },
    ...['0', '0.000', '-1', '1e3', '1000.0000001', 1000].map((tonnesPerUnit) => ({
      outputDriver: { driver: 'output', tonnesPerUnit, basis: { zh: '原煤', en: 'raw coal' } },
    })),
  ])('refuse %j', async (said) => {
    await mine.put('/report-settings', said).expect(400);
  });
});

describe('the Word template', () => {
  const upload = (bytes: Buffer, name = '矿模板.docx') =>
    mine.running.http
      .post('/api/v1/report-template')
      .set(mine.finance)
      .set('Accept-Language', 'en')
      .attach('file', bytes, name);
  const download = async () =>
    (await mine.get('/report-template/file').buffer(true).parse(whole).expect(200)).body as Buffer;

  it('is built in until the office puts its own in force', async () => {
    const builtIn = { sha256: null, name: null, sizeBytes: null, setBy: null, setAt: null };
    expect((await mine.get('/report-template').expect(200)).body).toEqual(builtIn);
    const bytes = await download();
    const before = await mine.make('2023-02');
    const { body } = await upload(bytes).expect(201);
    expect(body).toMatchObject({ sha256: sha256(bytes), name: '矿模板.docx', sizeBytes: bytes.length });
    expect((await download()).equals(bytes)).toBe(true);
    const after = await mine.make('2023-02');
    expect({ ...after, id: before.id }).toEqual(before);
    expect(after.id).not.toBe(before.id);
    expect(await mine.make('2023-02')).toEqual(after);
    await mine.post('/report-template/reset').expect(204);
    expect((await mine.get('/report-template').expect(200)).body).toEqual(builtIn);
    expect(await mine.make('2023-02')).toEqual(before);
  });

  it('is refused where it is no template, with the reason', async () => {
    const { body } = await upload(Buffer.from('no docx')).expect(422);
    expect(body).toMatchObject({ code: 'template_refused', errors: [{ code: 'template_not_a_docx' }] });
    expect(body.errors[0].message).toContain('no Word document');
    await upload(Buffer.alloc(8 * 2 ** 20 + 1)).expect(413);
    await mine.post('/report-template', {}).expect(415);
  });
});
