/** A report from the first draft to the second version, over HTTP and on a real database. */
import { truncate, unlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FileStore } from '../../src/platform/files/file-store.js';
import { canonicalJson } from '../../src/modules/reports/app/canonical-json.js';
import { FORMATS } from '../../src/modules/reports/index.js';
import { FEBRUARY, JANUARY, MATERIAL } from '../periods/two-months.js';
import { MINE, ReportedMine, sha256, whole, type Made } from './make-report-mine.js';

let mine: ReportedMine;
beforeAll(async () => {
  mine = await ReportedMine.open();
}, 120_000);
afterAll(() => mine.running.stop());

describe('canonical JSON', () => {
  it.each([
    [{ b: '1', a: [true, null, -3] }, '{"a":[true,null,-3],"b":"1"}'],
    [{ é: 'x"\n', z: { a: undefined, b: {} } }, '{"z":{"b":{}},"é":"x\\"\\n"}'],
  ])('of %p', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it.each([0.5, Number.NaN, 2 ** 53, 1n, Symbol('x')])('is not written of %p', (value) => {
    expect(() => canonicalJson({ value })).toThrow('no value of canonical JSON');
  });

  it.each(['{"b":"1","10":"2"}', '{"__proto__":"1"}'])('would lose the order, or a member, of %s', (text) => {
    expect(() => canonicalJson(JSON.parse(text))).toThrow('no member of canonical JSON');
  });
});

describe('a draft', () => {
  let draft: Made;
  it('is made of an open month and stored once while nothing changes', async () => {
    draft = await mine.make(JANUARY);
    expect(draft).toMatchObject({ period: JANUARY, state: 'draft', version: 0 });
    expect(await mine.make(JANUARY, { language: 'en' })).toEqual(draft);
    const [again, beside] = await Promise.all([mine.make(FEBRUARY), mine.make(FEBRUARY)]);
    expect(again).toEqual(beside);
  });

  it('has every document in both languages, and each comes back byte for byte under its hash', async () => {
    for (const language of ['zh', 'en']) {
      for (const format of FORMATS) {
        const response = await mine
          .get(`/reports/${draft.id}.${format}?language=${language}`)
          .buffer(true)
          .parse(whole);
        const bytes = response.body as Buffer;
        expect([format, response.status, response.headers['etag']]).toEqual([format, 200, `"${sha256(bytes)}"`]);
        expect((await mine.document(draft.id, format, `?language=${language}`)).equals(bytes)).toBe(true);
        await mine
          .get(`/reports/${draft.id}.${format}?language=${language}`)
          .set('If-None-Match', `"${sha256(bytes)}"`)
          .expect(304);
      }
    }
    const { body } = await mine.get(`/reports/${draft.id}/signatures`).expect(200);
    expect(body.files).toHaveLength(2 * FORMATS.length);
    expect(body).toMatchObject({ sha256: draft.sha256, signed: [], due: null });
  });

  it('prints the hash of its JSON, which is that of the model', async () => {
    const bytes = await mine.document(draft.id, 'json');
    expect(sha256(bytes)).toBe(draft.sha256);
    expect(canonicalJson(JSON.parse(bytes.toString('utf8')))).toBe(bytes.toString('utf8'));
    expect(await mine.model(draft.id)).toMatchObject({ state: 'draft', version: 0, date: null });
    expect((await mine.document(draft.id, 'html')).toString('utf8')).toContain(draft.sha256);
  });

  it('is another once a figure changes, and the first stays', async () => {
    await mine.take('records', MATERIAL(FEBRUARY, 'R9', { amount: '850' }));
    const before = await mine.document(draft.id, 'pdf');
    const other = await mine.make(JANUARY);
    expect(other.id).not.toBe(draft.id);
    expect((await mine.document(draft.id, 'pdf')).equals(before)).toBe(true);
    const { body } = await mine.get(`/reports?period=${JANUARY}`).expect(200);
    expect((body.data as Made[]).map(({ id }) => id)).toEqual([other.id, draft.id]);
  });

  it('is asked for by a period that there is', async () => {
    await mine.post('/reports', { period: '2023' }).expect(400);
    await mine.post('/reports', { period: `${FEBRUARY}..${JANUARY}` }).expect(400);
    for (const path of ['999', 'x', `${draft.id}.exe`, `999.pdf`]) {
      const { body } = await mine.get(`/reports/${path}${path.includes('.') ? '' : '/signatures'}`).expect(404);
      expect(body.code).toBe('unknown_report');
    }
  });
});

describe('a final report', () => {
  let first: Made;
  it('is of closed periods alone, and stays while others change', async () => {
    await mine.close(JANUARY);
    first = await mine.make(JANUARY);
    expect(first).toMatchObject({ state: 'final', version: 1 });
    expect((await mine.make(`${JANUARY}..${FEBRUARY}`)).state).toBe('draft');
    await mine.take('records', MATERIAL(FEBRUARY, 'R10', { amount: '800' }));
    expect(await mine.make(JANUARY)).toEqual(first);
    const [row] = await mine.running.query<{ closings: object }>('SELECT closings FROM reports WHERE id = $1', [
      first.id,
    ]);
    expect(row).toEqual({ closings: [{ period: JANUARY, version: 1 }] });
  });

  /** 100·10 − 900 = 100 of price reduction, and one more of 100·10 − 700 = 300: 400. */
  it('of a restated month is a second version with its restatement in front; the first stays', async () => {
    const pages = await mine.document(first.id, 'docx');
    await mine.reopen(JANUARY);
    expect((await mine.make(JANUARY)).state).toBe('draft');
    await mine.take('records', MATERIAL(JANUARY, 'R11', { amount: '700' }));
    await mine.close(JANUARY);
    const second = await mine.make(JANUARY);
    expect(second).toMatchObject({ state: 'final', version: 2 });
    expect(await mine.make(JANUARY)).toEqual(second);
    const [before, after] = [await mine.model(first.id), await mine.model(second.id)];
    expect([before.restatement, before.version]).toEqual([null, 1]);
    expect(after.restatement?.absent).toBeNull();
    expect(after.version).toBe(2);
    const reduction = (model: typeof before) =>
      model.figures.find(
        ({ source }) =>
          source.kind === 'sum' &&
          canonicalJson(source) ===
            canonicalJson({
              kind: 'sum',
              measure: 'price_reduction',
              place: { periods: { from: JANUARY, to: JANUARY } },
            }),
      )?.exact;
    expect([reduction(before), reduction(after)]).toEqual(['100', '400']);
    expect((await mine.document(first.id, 'docx')).equals(pages)).toBe(true);
  });

  it('is not given out where its bytes are no longer those that were hashed', async () => {
    const { body } = await mine.get(`/reports/${first.id}/signatures`).expect(200);
    const hashOf = (format: string) =>
      (body.files as { format: string; language: string; sha256: string }[]).find(
        (file) => file.format === format && file.language === 'zh',
      )!.sha256;
    const store = mine.running.app.get(FileStore);
    await truncate(store.pathOf(hashOf('xlsx')), 100);
    await unlink(store.pathOf(hashOf('docx')));
    for (const format of ['xlsx', 'docx']) {
      const refused = await mine.get(`/reports/${first.id}.${format}`).expect(503);
      expect(refused.body.code).toBe('report_file_damaged');
    }
  });

  it('is changed by nobody, not even by the owner of the database', async () => {
    for (const sql of [
      `UPDATE reports SET made_by = 'x'`,
      'DELETE FROM report_files',
      `UPDATE report_files SET sha256 = '${'0'.repeat(64)}'`,
      'TRUNCATE report_signatures',
    ]) {
      await expect(mine.running.query(sql)).rejects.toThrow('is only added to');
    }
  });
});

describe('who sees reports', () => {
  it('is who may read the whole mine; who makes them is finance and the office', async () => {
    const [ofCm1, committee, auditor] = [
      await mine.running.callerWith(['finance', 'committee'], ['CM1']),
      await mine.running.callerWith('committee'),
      await mine.running.callerWith('auditor'),
    ];
    expect((await mine.get('/reports', ofCm1).expect(403)).body.code).toBe('whole_mine_needed');
    await mine.post('/reports', { period: JANUARY }, auditor).expect(403);
    await mine.post('/reports', { period: JANUARY }, committee).expect(201);
    const all = (await mine.get('/reports', committee).expect(200)).body.data as Made[];
    expect(all.some(({ state }) => state === 'draft')).toBe(true);

    await mine.put('/report-settings', { committeeSees: 'final' }).expect(200);
    const draft = all.find(({ state }) => state === 'draft')!;
    const finals = (await mine.get('/reports', committee).expect(200)).body.data as Made[];
    expect(finals.every(({ state }) => state === 'final')).toBe(true);
    expect(finals.length).toBeGreaterThan(0);
    await mine.get(`/reports/${draft.id}.json`, committee).expect(404);
    await mine.get(`/reports/${draft.id}.json`, auditor).expect(200);
  });

  it('is nobody of another mine', async () => {
    await mine.running.query(`INSERT INTO mines (mine_id, name) VALUES ('other', '别的矿')`);
    const stranger = { ...(await mine.running.callerWith('finance', [''], 'other')), 'X-Mine': 'other' };
    expect((await mine.get('/reports', stranger).expect(200)).body).toEqual({ data: [], next: null });
    const [own] = (await mine.get('/reports?limit=1').expect(200)).body.data as Made[];
    await mine.get(`/reports/${own!.id}.pdf`, stranger).expect(404);
    expect(MINE).not.toBe('other');
  });
});
