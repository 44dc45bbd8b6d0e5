/** Drafts on the set day of the month, and what listeners hear of reports. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, expect, it, jest } from '@jest/globals';
import { Clock } from '../../src/platform/clock/clock.js';
import { MakeReport } from '../../src/modules/reports/app/make-report.js';
import { MonthlyDrafts } from '../../src/modules/reports/app/monthly-drafts.js';
import { withConnection } from '../../src/platform/database/connect.js';
import { FEBRUARY, JANUARY } from '../periods/two-months.js';
import { ReportedMine, type Made, type Who } from './make-report-mine.js';

let mine: ReportedMine;
beforeAll(async () => {
  mine = await ReportedMine.open();
}, 120_000);
afterEach(() => void jest.restoreAllMocks());
afterAll(() => mine.running.stop());

/** Does what is due at a moment; answers the reports that the calendar has made so far. */
async function at(moment: string): Promise<string[]> {
  itIs(moment);
  await mine.running.app.get(MonthlyDrafts, { strict: false }).makeDue();
  return drafted();
}

function itIs(moment: string): void {
  jest.spyOn(mine.running.app.get(Clock), 'now').mockReturnValue(new Date(moment));
}

async function drafted(): Promise<string[]> {
  const { body } = await mine.get('/reports').expect(200);
  return (body.data as (Made & { madeBy: string })[])
    .filter(({ madeBy }) => madeBy === 'calendar')
    .map(({ period, state }) => `${period} ${state}`)
    .reverse();
}

/** Follows the events while `work` is done; answers those named `report`. */
async function heardDuring(who: Who, work: () => Promise<unknown>): Promise<Record<string, unknown>[]> {
  const abort = new AbortController();
  const response = await fetch(`${mine.running.url}/api/v1/events`, { signal: abort.signal, headers: who });
  let text = '';
  const reading = (async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += decoder.decode(chunk, { stream: true });
    }
  })().catch(() => undefined);
  await work();
  await sleep(300);
  abort.abort();
  await reading;
  return [...text.matchAll(/event: report\ndata: (.*)\n/g)].map(
    ([, data]) => JSON.parse(data!) as Record<string, unknown>,
  );
}

it('drafts nothing where no day is set', async () => {
  expect(await at('2023-02-28T00:00:00Z')).toEqual([]);
});

it('drafts the last month once, on its day in China or as soon after as the service runs', async () => {
  itIs('2023-02-10T00:00:00Z');
  await mine.put('/report-settings', { draftDay: 5 }).expect(200);
  // February's day has passed before it was set; on 4 March in China it has not come.
  expect(await at('2023-02-20T00:00:00Z')).toEqual([]);
  expect(await at('2023-03-04T15:59:59Z')).toEqual([]);
  expect(await at('2023-03-04T16:00:00Z')).toEqual([`${FEBRUARY} draft`]);
  expect(await at('2023-03-05T09:00:00Z')).toEqual([`${FEBRUARY} draft`]);
  expect(await at('2023-03-31T00:00:00Z')).toEqual([`${FEBRUARY} draft`]);
});

it('looks again where a draft failed, and drafts no month that is closed', async () => {
  itIs('2023-02-01T00:00:00Z');
  await mine.put('/report-settings', {}).expect(200);
  await mine.put('/report-settings', { draftDay: 3 }).expect(200);
  await mine.running.query(`ALTER TABLE reports ADD CONSTRAINT no_more CHECK (made_by <> 'calendar') NOT VALID`);
  expect(await at('2023-02-03T00:00:00Z')).toEqual([`${FEBRUARY} draft`]);
  expect(mine.running.log.filter(({ msg, on }) => msg === 'report not drafted' && on === '2023-02-03')).toHaveLength(1);
  await mine.running.query('ALTER TABLE reports DROP CONSTRAINT no_more');
  expect(await at('2023-02-04T00:00:00Z')).toEqual([`${FEBRUARY} draft`, `${JANUARY} draft`]);
  await mine.close(JANUARY);
  await mine.close(FEBRUARY);
  expect(await at('2023-03-03T00:00:00Z')).toHaveLength(2);
  const [row] = await mine.running.query('SELECT drafted_on FROM report_settings');
  expect(row).toEqual({ drafted_on: '2023-03-03' });
});

it('is done by one process at a time, and by the next that starts where the day was missed', async () => {
  itIs('2023-03-01T00:00:00Z');
  await mine.put('/report-settings', {}).expect(200);
  await mine.put('/report-settings', { draftDay: 4 }).expect(200);
  const [make, drafts] = [
    jest.spyOn(mine.running.app.get(MakeReport, { strict: false }), 'make'),
    mine.running.app.get(MonthlyDrafts, { strict: false }),
  ];
  await mine.reopen(FEBRUARY);
  itIs('2023-03-06T00:00:00Z');
  await withConnection(mine.running.database.ownerUrl, async (other) => {
    await other.query(`SELECT pg_advisory_lock(hashtextextended('report drafts', 7))`);
    await drafts.makeDue();
    expect(make).not.toHaveBeenCalled();
  });
  drafts.onApplicationBootstrap();
  await Promise.all([drafts.onModuleDestroy(), drafts.makeDue()]);
  expect(make.mock.calls.map(([, periods]) => periods)).toEqual([{ from: FEBRUARY, to: FEBRUARY }]);
});

it('tells who sees the whole mine that a report was made or signed, and nobody else', async () => {
  const [auditor, cm1] = [await mine.running.callerWith('auditor'), await mine.running.callerWith('finance', ['CM1'])];
  let made: Made | undefined;
  const work = async () => {
    made = await mine.make(JANUARY);
    await mine.post(`/reports/${made.id}/sign`, { role: 'prepare', sha256: made.sha256 }).expect(200);
  };
  let heardByCm1: unknown;
  const heard = await heardDuring(auditor, async () => (heardByCm1 = await heardDuring(cm1, work)));
  const told = { reportId: made!.id, from: JANUARY, to: JANUARY, state: 'final', version: 1 };
  expect(heard).toEqual([
    { ...told, signatures: 0 },
    { ...told, signatures: 1 },
  ]);
  expect(heardByCm1).toEqual([]);
});
