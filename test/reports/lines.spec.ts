/** Every printed figure leads back to what it was reckoned from, for those who may see all of it. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exact, plain, ZERO } from '../../analytics/kernel/exact.js';
import type { Figure, ReportModel, Source } from '../../analytics/report/model.js';
import { covers } from '../../src/modules/reports/app/figure-reach.js';
import { JANUARY, MATERIAL } from '../periods/two-months.js';
import { ReportedMine, type Made, type Who } from './make-report-mine.js';
import { IS_SAMPLE } from './read-back.js';

let mine: ReportedMine;
let report: Made;
let model: ReportModel;
beforeAll(async () => {
  mine = await ReportedMine.open();
  await mine.close(JANUARY);
  report = await mine.make(JANUARY);
  model = await mine.model(report.id);
}, 120_000);
afterAll(() => mine.running.stop());

const trace = (figure: Pick<Figure, 'id'>, who?: Who) => mine.get(`/lines/${report.id}-${figure.id}`, who);
const find = (isIt: (figure: Figure) => boolean): Figure => model.figures.find(isIt)!;
const isSum = (measure: string, department?: string) => (figure: Figure) =>
  figure.source.kind === 'sum' &&
  figure.source.measure === measure &&
  figure.source.place.periods.from === JANUARY &&
  figure.source.place.department === department &&
  figure.source.place.category === undefined &&
  figure.source.place.item === undefined;

/** CM1 bought 10 for 900 where the baseline says 100 each: 100·10 − 900 = 100. */
it('of a sum: the value, the question and the lines that add up to it', async () => {
  const { body } = await trace(find(isSum('price_reduction'))).expect(200);
  expect(body).toMatchObject({
    report: { id: report.id, period: JANUARY, state: 'final', version: 1, sha256: report.sha256 },
    ...{ exact: '100', unit: 'wan', shown: '0.01', now: { reported: '100', known: '100' }, restated: null },
    question: { kind: 'sum', measure: 'price_reduction', lines: `/api/v1/synergy/lines?period=${JANUARY}` },
    hasMoreLines: false,
  });
  const lines = body.lines as { id: string; measures: Record<string, string> }[];
  expect(plain(lines.reduce((sum, line) => sum + exact(line.measures['price_reduction']!), ZERO))).toBe('100');
  expect(lines.find(({ id }) => id === `R1-${JANUARY}`)?.measures['price_reduction']).toBe('100');
  const question = body.question as { synergy: string; lines: string };
  const answer = await mine.running.http.get(question.synergy).set(mine.finance).expect(200);
  expect(answer.body.total.price_reduction).toBe('100.00');
  expect((await mine.running.http.get(question.lines).set(mine.finance).expect(200)).body.data).toEqual(lines);
  expect((await mine.get(`/lines/${body.code as string}?limit=1`).expect(200)).body).toMatchObject({
    hasMoreLines: true,
  });
});

/** In the ordinary run one of thirteen. */
const STEP = IS_SAMPLE ? 1 : 29;

it('of every figure of the report: what is printed is what is answered', async () => {
  const kinds = new Set<string>();
  for (const figure of model.figures.filter((_, at) => at % STEP === 0)) {
    const { body } = await trace(figure).expect(200);
    kinds.add(figure.source.kind);
    expect(body).toMatchObject({ exact: figure.exact, shown: figure.shown, question: { kind: figure.source.kind } });
    if (figure.source.kind === 'sum' && figure.exact !== null) expect(body.now.reported).toBe(figure.exact);
    if (figure.source.kind === 'sum' || figure.source.kind === 'plan') expect(body.restated).toBeNull();
    if (figure.source.kind === 'derived') expect(body.parts).toHaveLength(figure.source.of.length);
  }
  expect([...kinds].sort()).toEqual(expect.arrayContaining(['derived', 'plan', 'sum']));
}, 120_000);

/** TARGET: 90 planned of price reduction in CM1 resource. */
it('of a plan: its targets; of what was derived: its parts, by their own codes', async () => {
  const plan = find(
    ({ source, exact: value }) => source.kind === 'plan' && source.measure === 'price_reduction' && value === '90',
  );
  const { body } = await trace(plan).expect(200);
  expect(body.planned).toEqual([{ period: JANUARY, department: 'CM1', category: 'resource', amount: '90' }]);
  const done = find(
    ({ source }) =>
      source.kind === 'derived' &&
      source.rule === 'ratio' &&
      source.of.some((part) => part.kind === 'plan' && part.measure === 'price_reduction'),
  );
  const { parts } = (await trace(done).expect(200)).body as { parts: { code: string; exact: string }[] };
  expect(parts.map((part) => part.exact)).toEqual(['100', '90']);
  for (const { code, exact: value } of parts) {
    expect((await mine.get(`/lines/${code}`).expect(200)).body.exact).toBe(value);
  }
});

describe('within reach', () => {
  it('a department sees what is all its own and no more', async () => {
    const cm1 = await mine.running.callerWith('clerk', ['CM1']);
    const own = find(({ source }) => source.kind === 'sum' && source.place.department === 'CM1');
    expect((await trace(own, cm1).expect(200)).body.exact).toBe(own.exact);
    for (const figure of model.figures) {
      const { status, body } = await trace(figure, cm1);
      const isOwn = JSON.stringify(figure.source).includes('"department":"CM1"') && !isOfOthers(figure.source);
      expect([figure.id, status, body.code]).toEqual([
        ...[figure.id, isOwn ? 200 : 404],
        isOwn ? `${report.id}-${figure.id}` : 'no_such_figure',
      ]);
    }
  }, 120_000);

  const isOfOthers = (source: Source): boolean =>
    source.kind === 'derived'
      ? source.of.some(isOfOthers)
      : source.kind === 'stated' || source.place.department !== 'CM1';

  const at = (department?: string): Source => {
    const place = { periods: { from: JANUARY, to: JANUARY }, ...(department === undefined ? {} : { department }) };
    return { kind: 'sum', measure: 'turnover', place };
  };
  const stated: Source = { kind: 'stated', what: { zh: '数', en: 'number' } };
  it.each<[string, readonly string[] | null, Source, boolean]>([
    ['the whole mine, of the whole mine', null, at(), true],
    ['one department, of the whole mine', ['CM1'], at(), false],
    ['one department, of it', ['CM1'], at('CM1'), true],
    [
      'two departments, reckoned from both',
      ['CM1', 'JD'],
      { kind: 'derived', rule: 'sum', of: [at('CM1'), at('JD')] },
      true,
    ],
    [
      'one department, reckoned from another too',
      ['CM1'],
      { kind: 'derived', rule: 'sum', of: [at('CM1'), at('JD')] },
      false,
    ],
    ['one department, what is only stated', ['CM1'], stated, false],
    ['one department, reckoned from nothing', ['CM1'], { kind: 'derived', rule: 'effect', of: [] }, false],
    ['the whole mine, what is only stated', null, stated, true],
  ])('%s', (_, departments, source, isCovered) => {
    expect(covers({ departments }, source)).toBe(isCovered);
  });

  it('a code that leads nowhere is not found, nor is one of another mine', async () => {
    for (const code of [
      `${report.id}-99999`,
      `999-1`,
      'x',
      `${report.id}`,
      `${report.id}-1;`,
      `0-1`,
      `${report.id}-1.1.1`,
    ]) {
      expect((await mine.get(`/lines/${encodeURIComponent(code)}`).expect(404)).body.code).toBe('no_such_figure');
    }
    await mine.running.query(`INSERT INTO mines (mine_id, name) VALUES ('other', '别的矿')`);
    const stranger = { ...(await mine.running.callerWith('finance', [''], 'other')), 'X-Mine': 'other' };
    await trace(find(isSum('price_reduction')), stranger).expect(404);
  });
});

/** One more of 100·10 − 700 = 300: the figure printed 100, and is reported as 400 since the second closing. */
it('says when the figure was restated since', async () => {
  const figure = find(isSum('price_reduction'));
  await mine.reopen(JANUARY);
  await mine.take('records', MATERIAL(JANUARY, 'R30', { amount: '700' }));
  expect((await trace(figure).expect(200)).body).toMatchObject({
    now: { reported: '100', known: '400' },
    restated: null,
  });
  await mine.close(JANUARY);
  const { body } = await trace(figure).expect(200);
  expect(body).toMatchObject({ exact: '100', now: { reported: '400', known: '400' }, restated: { exact: '400' } });
  const { body: closings } = await mine.get(`/periods/${JANUARY}/closings`).expect(200);
  expect(body.restated.since).toBe(closings.data[1].closedAt);
});
