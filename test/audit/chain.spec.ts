/** The tamper matrix: whatever is done to a chain is found, and placed; in the database, and with an export alone. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { hashOf, type Entry } from '../../src/modules/audit/app/canonical-form.js';
import type { Anchor } from '../../src/modules/audit/app/chain-check.js';
import { exportChain, verifyExport } from '../../src/modules/audit/app/export-chain.js';
import { anchorChain, verifyChain } from '../../src/modules/audit/index.js';
import { readChain } from '../../src/modules/audit/db/entry-queries.js';
import { FIRST_MINE, wholeMine } from '../../src/modules/mines/index.js';
import { startHttpApp, type HttpAppUnderTest } from '../support/http-app.js';
import { LENGTH, relinked, TAMPERINGS } from './tampering.js';

const MINE = FIRST_MINE.code;
const folder = mkdtempSync(join(tmpdir(), 'audit-spec-'));
let running: HttpAppUnderTest;
let uow: UnitOfWork;
/** The chain that the database wrote. */
let written: Entry[];
/** Its last nine as a chain of their own, its head as it was anchored, and its export. */
let chain: Entry[];
let anchor: Anchor;
let exported: string;

const chainNow = () =>
  uow.run(wholeMine(MINE), async (tx) => {
    const entries: Entry[] = [];
    for await (const entry of readChain(tx, MINE)) entries.push(entry);
    return entries;
  });

/** As the owner of the database could: past the triggers that let nobody change an entry. */
async function put(entries: readonly Entry[]): Promise<void> {
  await running.query(`ALTER TABLE audit_entries DISABLE TRIGGER USER`);
  await running.query(`DELETE FROM audit_entries WHERE mine_id = $1`, [MINE]);
  await running.query(
    `INSERT INTO audit_entries (form, mine_id, seq, at, actor, address, request, action, subject, key, before, after,
       previous, hash)
     SELECT form, mine, seq, at, actor, address, request, action, subject, key, before, after, previous, hash
     FROM jsonb_to_recordset($1::jsonb) AS e (form smallint, mine text, seq bigint, at timestamptz, actor text,
       address text, request text, action text, subject text, key text, before text, after text, previous text, hash text)`,
    [JSON.stringify(entries)],
  );
  await running.query(`ALTER TABLE audit_entries ENABLE TRIGGER USER`);
}

async function verdict(outside: readonly Anchor[] = []) {
  return verifyChain(uow, MINE, 'test', outside);
}

/** Where and as what something is found. */
const found = (breaks: readonly { code: string; seq: string }[]) => breaks.map(({ code, seq }) => `${code} at ${seq}`);
const meant = ({ foundAs, foundAt }: (typeof TAMPERINGS)[number]) =>
  foundAs.flatMap((code) => foundAt.map((seq) => `${code} at ${seq}`));

beforeAll(async () => {
  running = await startHttpApp();
  uow = running.app.get(UnitOfWork);
  for (const [i, name] of ['“引号”, \\ 与', "O'Neil 🚜", '<b>&amp;"', '普通'].entries()) {
    await running.http
      .post('/api/v1/departments')
      .send({ code: `D${i}`, name })
      .expect(201);
  }
  // A line end and a tab, which no file may bring.
  await running.query(`UPDATE departments SET name = E'a\\n\\tb\\u2028' WHERE code = 'D3'`);
  written = await chainNow();
  const last = written.slice(-LENGTH);
  chain = relinked([{ ...last[0]!, previous: '0'.repeat(64) }, ...last.slice(1)], 1);
  await put(chain);
  await running.query('UPDATE audit_heads SET entries = $2, hash = $3 WHERE mine_id = $1', [
    MINE,
    LENGTH,
    chain.at(-1)!.hash,
  ]);
  await uow.run(wholeMine(MINE), (tx) => anchorChain(tx, MINE, '2023-03/1'));
  anchor = { occasion: '2023-03/1', entries: String(LENGTH), hash: chain.at(-1)!.hash };
  exported = join(folder, 'chain.jsonl');
  await exportChain(uow, MINE, 'test', exported);
});
afterAll(async () => {
  await running.stop();
  rmSync(folder, { recursive: true });
});

describe('a chain that nobody touched', () => {
  it('is intact, in the database and exported', async () => {
    expect(await verdict([anchor])).toMatchObject({
      isIntact: true,
      entries: String(LENGTH),
      hash: anchor.hash,
      broken: 0,
    });
    expect(await verifyExport(exported, [anchor])).toMatchObject({ mine: MINE, entries: String(LENGTH), broken: 0 });
  });

  it('lets nobody change, delete or empty it, the owner neither', async () => {
    for (const statement of [
      `UPDATE audit_entries SET actor = 'x'`,
      `DELETE FROM audit_entries`,
      `TRUNCATE audit_entries`,
      `UPDATE audit_anchors SET hash = hash`,
      `TRUNCATE audit_anchors`,
    ]) {
      await expect(running.query(statement)).rejects.toThrow('is only added to');
    }
  });
});

describe.each(TAMPERINGS)('$name', (tampering) => {
  it('is found in the database', async () => {
    await put(tampering.tamper(chain));
    const { isIntact, breaks } = await verdict();
    await put(chain);
    expect(isIntact).toBe(false);
    expect(meant(tampering)).toContain(found(breaks)[0]);
  });

  it('is found in an export', async () => {
    const path = join(folder, 'tampered.jsonl');
    const [heading] = readFileSync(exported, 'utf8').split('\n');
    const lines = tampering.tamper(chain).map((entry) => JSON.stringify(entry));
    writeFileSync(path, [heading, ...lines, ''].join('\n'));
    const { broken, breaks } = (await verifyExport(path, []))!;
    expect(broken).toBeGreaterThan(0);
    expect(meant(tampering)).toContain(found(breaks)[0]);
  });
});

describe('a chain that was rewritten as a whole, its head too', () => {
  const rewritten = () =>
    relinked(
      chain.map((entry, i) => (i === 3 ? { ...entry, actor: 'somebody else' } : entry)),
      4,
    );

  it('holds together in itself, and differs from the anchor that was left outside', async () => {
    const forged = rewritten();
    await put(forged);
    await running.query('UPDATE audit_heads SET hash = $2 WHERE mine_id = $1', [MINE, forged.at(-1)!.hash]);
    await running.query('ALTER TABLE audit_anchors DISABLE TRIGGER USER');
    await running.query('UPDATE audit_anchors SET hash = $2 WHERE mine_id = $1', [MINE, forged.at(-1)!.hash]);
    const [unaware, aware] = [await verdict(), await verdict([anchor])];
    await running.query('UPDATE audit_anchors SET hash = $2 WHERE mine_id = $1', [MINE, anchor.hash]);
    await running.query('ALTER TABLE audit_anchors ENABLE TRIGGER USER');
    await running.query('UPDATE audit_heads SET hash = $2 WHERE mine_id = $1', [MINE, anchor.hash]);
    await put(chain);
    // Control: without what is outside nobody could tell.
    expect(unaware.isIntact).toBe(true);
    expect(found(aware.breaks)).toEqual([`anchor_differs at ${LENGTH}`]);
  });

  it('is found in an export by a head on paper', async () => {
    const path = join(folder, 'rewritten.jsonl');
    const forged = rewritten();
    const heading = {
      export: 'six-synergies audit 1',
      mine: MINE,
      entries: String(LENGTH),
      hash: forged.at(-1)!.hash,
      anchors: [],
    };
    writeFileSync(path, [heading, ...forged].map((line) => `${JSON.stringify(line)}\n`).join(''));
    expect((await verifyExport(path, []))!.broken).toBe(0);
    expect(found((await verifyExport(path, [anchor]))!.breaks)).toEqual([`anchor_differs at ${LENGTH}`]);
  });
});

describe('an export', () => {
  const write = (name: string, lines: readonly string[]) => {
    const path = join(folder, name);
    writeFileSync(path, lines.join('\n'));
    return path;
  };

  it.each([
    [
      'with a line that is no entry',
      (lines: string[]) => [...lines.slice(0, 4), '{"seq":', ...lines.slice(4)],
      'entry_unreadable at 3',
    ],
    [
      'with a part that no hash covers',
      (lines: string[]) => lines.map((line, i) => (i === 4 ? line.replace('{', '{"note":"x",') : line)),
      'entry_unreadable at 3',
    ],
    [
      'with two lines swapped',
      (lines: string[]) => [...lines.slice(0, 3), lines[4]!, lines[3]!, ...lines.slice(5)],
      'entry_missing at 3',
    ],
    [
      'of another mine in one entry',
      (lines: string[]) =>
        lines.map((line, i) => (i === 4 ? line.replace(`"mine":"${MINE}"`, '"mine":"other"') : line)),
      'entry_changed at 4',
    ],
  ])('%s is found out', async (_, tamper, expected) => {
    const lines = readFileSync(exported, 'utf8').trimEnd().split('\n');
    const verdictOfFile = await verifyExport(write('lines.jsonl', tamper(lines)), []);
    expect(found(verdictOfFile!.breaks)[0]).toBe(expected);
  });

  it('is no export without its first line', async () => {
    const lines = readFileSync(exported, 'utf8').split('\n');
    expect(await verifyExport(write('headless.jsonl', lines.slice(1)), [])).toBeNull();
    expect(await verifyExport(write('empty.jsonl', []), [])).toBeNull();
  });
});

it('the service hashes what the database hashes', () => {
  expect(written.length).toBeGreaterThan(LENGTH);
  expect(written.map((entry) => hashOf(entry))).toEqual(written.map(({ hash }) => hash));
  expect(written.map(({ previous }) => previous)).toEqual([
    '0'.repeat(64),
    ...written.slice(0, -1).map(({ hash }) => hash),
  ]);
  // Quotes, line ends and other planes are among them.
  expect(written.filter(({ after }) => /\\n|🚜|\\"/.test(after ?? '')).length).toBeGreaterThan(2);
});
