/** What the report's routes leave behind: an entry in the audit for each change, and nothing half done. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { defaultTemplate } from '../../src/modules/reports/render/docx/default-template.js';
import { RENDERERS, type Renderer } from '../../src/modules/reports/render/renderers.js';
import { FEBRUARY, JANUARY } from '../periods/two-months.js';
import { ReportedMine, type Who } from './make-report-mine.js';

let mine: ReportedMine;
let auditor: Who;
beforeAll(async () => {
  mine = await ReportedMine.open();
  auditor = await mine.running.callerWith('auditor');
}, 120_000);
afterAll(() => mine.running.stop());

interface Entry {
  readonly seq: string;
  readonly action: string;
  readonly subject: string;
  readonly actor: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The entries of one request, in order. */
async function entriesOf(request: PromiseLike<{ status: number; headers: Record<string, string> }>): Promise<Entry[]> {
  const { status, headers } = await request;
  expect(status).toBeLessThan(300);
  const { body } = await mine.get(`/audit?request=${headers['x-request-id']}`, auditor).expect(200);
  return (body.data as Entry[]).reverse();
}

const named = (entries: readonly Entry[]) => entries.map(({ action, subject }) => `${action} ${subject}`);

describe('the audit', () => {
  it.each<readonly [string, () => ReturnType<ReportedMine['put']>, string]>([
    ['texts', () => mine.put('/report-texts', { period: FEBRUARY, texts: [{ text: '措施' }] }), 'report_texts'],
    ['settings', () => mine.put('/report-settings', { committeeSees: 'final' }), 'report_settings'],
    [
      'template',
      () => mine.running.http.post('/api/v1/report-template').set(mine.finance).attach('file', template, 't.docx'),
      'report_templates',
    ],
    ['template of before', () => mine.post('/report-template/reset'), 'report_templates'],
  ])('says who changed the %s', async (_, change, table) => {
    const [entry, ...others] = await entriesOf(change());
    expect(others).toEqual([]);
    expect(entry).toMatchObject({ action: 'insert', subject: table, actor: expect.stringMatching(/^key:/) });
  });

  it('says what was and what is', async () => {
    const items = [{ group: 'explicit', code: 'ZERO_SCRAP', name: '零废品', measure: '件' }];
    const changed = await entriesOf(mine.put('/control-items', { items }));
    expect(named(changed).filter((name) => name === 'insert control_items')).toHaveLength(1);
    expect(named(changed).filter((name) => name === 'delete control_items')).toHaveLength(6);
    const [seen] = await entriesOf(mine.put('/report-settings', { committeeSees: 'all' }));
    expect([JSON.parse(seen!.before!), JSON.parse(seen!.after!)]).toEqual([
      { committee_sees: 'final' },
      { committee_sees: 'all' },
    ]);
  });

  it('says which report was made, by its hash, with which documents, and who signed it', async () => {
    await mine.close(JANUARY);
    const making = mine.post('/reports', { period: JANUARY });
    const [report, ...documents] = await entriesOf(making);
    const { body: made } = await making;
    expect(report).toMatchObject({ action: 'insert', subject: 'reports' });
    expect(JSON.parse(report!.after!)).toMatchObject({ model_sha256: made.sha256, state: 'final', version: '1' });
    expect(named(documents)).toEqual(Array.from({ length: 5 }, () => 'insert report_files'));
    const signed = await entriesOf(mine.post(`/reports/${made.id}/sign`, { role: 'prepare', sha256: made.sha256 }));
    expect(named(signed)).toEqual(['insert report_signatures']);
    expect(JSON.parse(signed[0]!.after!)).toMatchObject({ role: 'prepare', model_sha256: made.sha256 });
  });
});

it('a list that several replace at once is that of one of them', async () => {
  const listOf = (nth: number) => [{ group: 'implicit', code: `I${nth}`, name: '零返工' }];
  const answers = await Promise.all(
    Array.from({ length: 6 }, (_, nth) => mine.put('/control-items', { items: listOf(nth) })),
  );
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
  expect((await mine.get('/control-items').expect(200)).body.items).toHaveLength(1);
});

let template: Buffer;
beforeAll(async () => {
  template = Buffer.from(await defaultTemplate());
});

describe('a range', () => {
  it.each(['0001-01..9999-12', '2019-12..2024-01'])(
    'as long as %s is refused before anything is read',
    async (period) => {
      const { body } = await mine.post('/reports', { period }).expect(400);
      expect(body).toMatchObject({ code: 'report_range_too_long', detail: expect.stringContaining('5') });
      expect((await mine.get(`/reports?period=${period}`).expect(400)).body.code).toBe('report_range_too_long');
      await mine.put('/report-texts', { period, texts: [] }).expect(400);
    },
  );

  it('of five calendar years is not too long', async () => {
    await mine.get('/reports?period=2019-01..2023-12').expect(200);
  });
});

describe('a document that cannot be written', () => {
  const renderers = RENDERERS as { pdf: Renderer };
  const { pdf } = renderers;
  afterEach(() => void (renderers.pdf = pdf));

  it('leaves a report that is whole as soon as it can be', async () => {
    renderers.pdf = () => Promise.reject(new Error('planted'));
    const failed = await mine.post('/reports', { period: FEBRUARY });
    expect(failed.status).toBeGreaterThanOrEqual(500);
    expect(JSON.stringify(failed.body)).not.toContain('planted');
    renderers.pdf = pdf;
    const made = await mine.make(FEBRUARY);
    const { body } = await mine.get(`/reports?period=${FEBRUARY}`).expect(200);
    expect(body.data).toMatchObject([{ id: made.id }]);
    expect((await mine.get(`/reports/${made.id}/signatures`).expect(200)).body.files).toHaveLength(5);
  });
});
