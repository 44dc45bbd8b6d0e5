/** A service process is killed between the stored report and its documents; another finishes what it began. */
import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { withConnection } from '../../src/platform/database/connect.js';
import { FORMATS } from '../../src/modules/reports/index.js';
import { makeChildInstall } from '../db/child-install.js';
import { ServiceProcess } from '../faults/service-process.js';
import { JANUARY } from '../periods/two-months.js';
import { runFolder } from '../support/database.js';
import { ReportedMine, sha256, type Made } from './make-report-mine.js';
import { IS_SAMPLE } from './read-back.js';

const HELD = 4712;
/** Documents are written down only once nobody holds the lock. */
const HOLD = `
  CREATE FUNCTION hold_documents() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN PERFORM pg_advisory_xact_lock_shared(${HELD}); RETURN NEW; END $$;
  CREATE TRIGGER hold BEFORE INSERT ON report_files FOR EACH ROW EXECUTE FUNCTION hold_documents()`;

let living: ReportedMine;
let killed: ServiceProcess;
/** Both keep their files here. */
const dataDir = join(runFolder(), `data-${randomUUID()}`);
const filesDir = join(dataDir, 'files');
beforeAll(async () => {
  living = await ReportedMine.open({ filesDir });
  await living.running.query(HOLD);
  const settings = { DATABASE_URL: living.running.database.ownerUrl };
  killed = await ServiceProcess.start(await makeChildInstall(), dataDir, settings);
}, 120_000);
afterAll(async () => {
  await ServiceProcess.killAll();
  await living.running.stop();
}, 60_000);

async function until(sql: string): Promise<void> {
  while ((await living.running.query(sql)).length === 0) await sleep(20);
}

/** Names of what is in the file store, each by its hash. */
async function kept(): Promise<Set<string>> {
  const names = await readdir(filesDir, { recursive: true });
  return new Set(names.map((name) => name.replace(/.*\//, '')).filter((name) => /^[0-9a-f]{64}$/.test(name)));
}

/** Long: it starts a service of its own. */
(IS_SAMPLE ? it : it.skip)(
  'the same report comes of it, to the byte, and a repeat of the request learns that it had begun',
  async () => {
    await living.close(JANUARY);
    const key = { ...living.finance, 'Idempotency-Key': 'made-once' };
    const before = await withConnection(living.running.database.ownerUrl, async (holder) => {
      await holder.query(`SELECT pg_advisory_lock(${HELD})`);
      const sent = fetch(`${killed.url}/api/v1/reports`, {
        ...{ method: 'POST', body: JSON.stringify({ period: JANUARY }) },
        headers: { ...key, 'content-type': 'application/json' },
      }).catch(() => 'no answer');
      await until(`SELECT FROM pg_locks WHERE locktype = 'advisory' AND objid = ${HELD} AND NOT granted`);
      await killed.kill();
      expect(await sent).toBe('no answer');
      return kept();
    });
    // Stored, final, without documents.
    const [stored] = (await living.get('/reports').expect(200)).body.data as Made[];
    expect(stored).toMatchObject({ period: JANUARY, state: 'final', version: 1 });
    expect((await living.get(`/reports/${stored!.id}/signatures`).expect(200)).body.files).toEqual([]);

    await until('SELECT FROM idempotency_keys');
    await living.running.query(`UPDATE idempotency_keys SET lease_until = now() - interval '1 second'`);
    const again = await living.post('/reports', { period: JANUARY }, key);
    expect([again.status, again.body.code]).toEqual([409, 'outcome_unknown']);
    const made = await living.make(JANUARY);
    expect(made).toMatchObject({ id: stored!.id, sha256: stored!.sha256 });
    // What the dead process had written is what the living one writes.
    const hashes = await Promise.all(FORMATS.map(async (format) => sha256(await living.document(made.id, format))));
    expect(hashes.filter((hash) => !before.has(hash))).toEqual([]);
    expect(await kept()).toEqual(before);
  },
  60_000,
);
