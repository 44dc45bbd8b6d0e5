/** What becomes an entry, and what does not: over HTTP, by hand, by a file that is refused, by everybody at once. */
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { FIRST_MINE } from '../../src/modules/mines/index.js';
import { csvOf } from '../db/kept-books.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { ImportClient } from '../support/import-client.js';

const MINE = FIRST_MINE.code;
let running: HttpAppUnderTest;
let files: ImportClient;
let auditor: Readonly<Record<string, string>>;
beforeAll(async () => {
  running = await startHttpApp();
  files = new ImportClient(running);
  auditor = await running.callerWith('auditor');
});
afterAll(() => running.stop());

interface Seen {
  readonly seq: string;
  readonly action: string;
  readonly subject: string;
  readonly key: string;
  readonly actor: string;
  readonly address: string | null;
  readonly request: string | null;
  readonly before: string | null;
  readonly after: string | null;
}

async function entries(query: Readonly<Record<string, string>> = {}): Promise<Seen[]> {
  const { body } = await running.http.get('/api/v1/audit').query(query).set(auditor).expect(200);
  return body.data as Seen[];
}
const count = async () => Number((await entries({ limit: '1' }))[0]!.seq);
const verified = async () => (await running.http.get('/api/v1/audit/verify').set(auditor).expect(200)).body;

/** Tables whose changes are no entries of their own, and why. */
const NOT_AUDITED = {
  derived: ['cell_sums', 'cells', 'cell_issues', 'closed_cells'],
  // The import's entry has the hash of the file that they are read from.
  of_files: [
    ...['import_files', 'row_fates', 'import_accounts', 'left_out_lines', 'account_balances', 'control_totals'],
    ...['comparatives', 'ledger_accounts'],
  ],
  its_own_log: ['audit_entries', 'audit_heads', 'audit_anchors', 'reference_history'],
  counters: ['sign_in_attempts', 'idempotency_keys'],
};

it('every lasting table is audited, or named with the reason', async () => {
  const tables = await running.query<{ name: string; audited: boolean }>(
    `SELECT c.relname AS name, EXISTS (SELECT FROM pg_trigger t
       WHERE t.tgrelid = c.oid AND t.tgname = 'audit_change' AND t.tgenabled = 'O') AS audited
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'mine_id'
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' ORDER BY 1`,
  );
  const left = tables.filter(({ audited }) => !audited).map(({ name }) => name);
  expect(left).toEqual(Object.values(NOT_AUDITED).flat().sort());
  expect(tables.length - left.length).toBeGreaterThan(20);
});

describe('a change over HTTP', () => {
  it('says who, from where, by which request, what was and what is; decimals as they are', async () => {
    const clerk = await running.callerWith(['clerk', 'finance']);
    await files.take(MINE, 'departments', csvOf('departments', [{ code: 'CM1', name: '采煤一区' }]));
    const price = (unitPrice: string) => ({
      ...{ code: 'B-1', department: 'CM1', category: 'resource', item: '0104', nature: 'explicit', basis: 'budget' },
      unit_price: unitPrice,
    });
    await running.http.post('/api/v1/baselines').set(clerk).send(price('108.10')).expect(201);
    const { headers } = await running.http.post('/api/v1/baselines').set(clerk).send(price('107.000001'));
    const [changed, made] = await entries({ subject: 'baselines', key: 'B-1' });
    expect(made).toMatchObject({ action: 'insert', key: '{"code": "B-1"}', before: null });
    expect(JSON.parse(made!.after!)).toMatchObject({ unit_price: '108.100000', mine_id: MINE });
    expect(changed).toMatchObject({ action: 'update', request: headers['x-request-id'], address: '127.0.0.1' });
    expect(changed!.actor).toMatch(/^key:/);
    const [was, is] = [JSON.parse(changed!.before!), JSON.parse(changed!.after!)];
    expect([was.unit_price, is.unit_price]).toEqual(['108.100000', '107.000001']);
    // Only what changed.
    expect(Object.keys(was)).not.toContain('department');
    expect(await entries({ request: headers['x-request-id']! })).toContainEqual(changed);
  });

  it('of a secret only that it was changed', async () => {
    const admin = await running.callerWith('admin');
    const user = { username: 'lisi', displayName: '李四' };
    const { body } = await running.http.post('/api/v1/users').set(admin).send(user).expect(201);
    const [changed, made] = await entries({ subject: 'users', key: 'lisi' });
    expect(JSON.parse(made!.after!)).toMatchObject({ password_hash: null, display_name: '李四' });
    expect(JSON.parse(changed!.before!)).toMatchObject({ password_hash: null });
    expect(JSON.parse(changed!.after!)).toMatchObject({ password_hash: '***' });
    const all = JSON.stringify(await running.query('SELECT * FROM audit_entries'));
    expect(all).not.toContain('argon2');
    expect(all).not.toContain(body.oneTimePassword);
    expect(all).not.toMatch(/"secret_sha256\\*": \\*"[0-9a-f]/);
  });

  it('that was refused, or only tried, leaves none', async () => {
    const before = await count();
    const { status } = await files.take(MINE, 'departments', 'code,name\nX,甲\nX,乙\n');
    expect(status).toBe('refused');
    // The import itself, and nothing that was in it.
    const since = (await entries()).filter(({ seq }) => Number(seq) > before);
    expect(new Set(since.map(({ subject }) => subject))).toEqual(new Set(['imports']));
    expect(await entries({ subject: 'departments', key: 'X' })).toEqual([]);
  });

  it('a file of records is one import with its hash, not a thousand entries', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => ({
      ...{
        id: `F-${i}`,
        date: '2023-03-05',
        department: 'CM1',
        category: 'resource',
        item: '0104',
        nature: 'explicit',
      },
      ...{ quantity: '1', unit: '件', amount: '100.00' },
    }));
    const { id, status } = await files.take(MINE, 'records', csvOf('records', rows));
    expect(status).toBe('accepted');
    const [last, ...earlier] = await entries({ subject: 'imports', key: id });
    expect(JSON.parse(last!.after!)).toMatchObject({ status: 'accepted', control_amount: '30000.00' });
    expect(JSON.parse(earlier.at(-1)!.after!).sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await entries({ subject: 'records' })).toEqual([]);
  });
});

describe('a change past the service', () => {
  it('is an entry too, by the database user', async () => {
    await running.query(`UPDATE records SET amount = 900 WHERE id = 'F-7'`);
    await running.query(`DELETE FROM records WHERE id = 'F-8'`);
    const [deleted, changed] = await entries({ subject: 'records' });
    expect(changed).toMatchObject({ action: 'update', actor: 'database postgres', request: null });
    expect([changed!.before, changed!.after]).toEqual(['{"amount": "100.00"}', '{"amount": "900.00"}']);
    expect(deleted).toMatchObject({ action: 'delete', after: null });
    expect(JSON.parse(deleted!.before!)).toMatchObject({ id: 'F-8', amount: '100.00' });
  });
});

describe('who may read it', () => {
  it('auditors of the whole mine and nobody else', async () => {
    for (const path of ['', '/verify', '/export']) {
      await running.http
        .get(`/api/v1/audit${path}`)
        .set(await running.callerWith('finance'))
        .expect(403);
      await running.http
        .get(`/api/v1/audit${path}`)
        .set(await running.callerWith('auditor', ['CM1']))
        .expect(403);
    }
  });

  it.each(['2023-02-30', '0000-01-01', '2023-3-1'])('from a day that there is: not %s', async (from) => {
    const { status, body } = await running.http.get('/api/v1/audit').query({ from }).set(auditor);
    expect([status, body.code, body.errors[0].code]).toEqual([400, 'invalid_request', 'not_date']);
  });

  it('pages back through the chain without a gap', async () => {
    const seen: number[] = [];
    let cursor: string | null = null;
    do {
      const query: Record<string, string> = cursor === null ? { limit: '7' } : { limit: '7', cursor };
      const { body } = await running.http.get('/api/v1/audit').query(query).set(auditor).expect(200);
      seen.push(...body.data.map(({ seq }: Seen) => Number(seq)));
      cursor = body.next;
    } while (cursor !== null);
    expect(seen).toEqual(Array.from({ length: seen.length }, (_, i) => seen.length - i));
  });
});

it('forty writers at once write one chain', async () => {
  const before = await count();
  const writes = Array.from({ length: 40 }, (_, i) =>
    running.http.post('/api/v1/departments').send({ code: `P${i}`, name: `队${i}` }),
  );
  for (const { status } of await Promise.all(writes)) expect(status).toBe(201);
  expect((await count()) - before).toBeGreaterThanOrEqual(40);
  expect(await verified()).toMatchObject({ isIntact: true, broken: 0, breaks: [], brokenSeals: [] });
});
