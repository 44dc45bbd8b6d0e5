/** What a closing leaves behind, and `verify` over it, in the database and with an export alone. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispatch } from '../../src/commands/dispatch.js';
import { exportChain } from '../../src/modules/audit/app/export-chain.js';
import { runFolder } from '../support/database.js';
import { Door } from '../support/door.js';
import { JANUARY, TwoMonths } from '../periods/two-months.js';

let door: Door;
let books: TwoMonths;
const dataDir = join(runFolder(), 'verify-command');
const before = { ...process.env };
beforeAll(async () => {
  door = await Door.open();
  books = await TwoMonths.open(door);
  process.env['DATABASE_URL'] = door.database.ownerUrl;
  process.env['DATA_DIR'] = dataDir;
  await books.declare(JANUARY);
  expect((await six('close', JANUARY, '--mine', books.mine)).code).toBe(0);
});
afterAll(async () => {
  process.env = before;
  await door.close();
});

async function six(...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    stdout: { isTTY: false, write: (text: string) => void out.push(text) },
    stderr: { write: (text: string) => void err.push(text) },
  };
  const code = await dispatch(args, terminal);
  return { code, out: out.join(''), err: err.join('') };
}
const verify = () => six('verify', '--mine', books.mine);
/** Of lines on the standard error, what they are about. */
const faults = (err: string) =>
  err
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t').slice(0, 4));

interface Anchor {
  readonly mine: string;
  readonly occasion: string;
  readonly entries: string;
  readonly hash: string;
}
const anchorsOutside = () =>
  readFileSync(join(dataDir, 'audit-anchors.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Anchor);

let anchor: Anchor;
it('a closing leaves the head of the chain outside the database, its own entries included', async () => {
  const [kept] = anchorsOutside();
  anchor = kept!;
  const [entry] = await door.query<{ hash: string; subject: string; request: string }>(
    'SELECT hash, subject, request FROM audit_entries WHERE mine_id = $1 AND seq = $2',
    [books.mine, kept!.entries],
  );
  expect(kept).toMatchObject({ mine: books.mine, occasion: `${JANUARY}/1`, hash: entry!.hash });
  expect(entry).toMatchObject({ subject: 'closings', request: 'command close' });
  const { code, out, err } = await verify();
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toContain(`${kept!.hash}\t完好 intact`);
});

it('a figure that a closing sealed cannot be changed unnoticed', async () => {
  const [cell] = await door.query<{ turnover: string }>(
    'SELECT m_turnover::text AS turnover FROM closed_cells WHERE mine_id = $1 LIMIT 1',
    [books.mine],
  );
  const set = (turnover: string) =>
    door.query(`UPDATE closed_cells SET m_turnover = $3 WHERE mine_id = $1 AND m_turnover::text = $2`, [
      ...[books.mine, turnover === cell!.turnover ? '0.01' : cell!.turnover, turnover],
    ]);
  await set('0.01');
  const { code, err } = await verify();
  await set(cell!.turnover);
  expect([code, faults(err)]).toEqual([1, [[books.mine, '0', '', 'closed_figures_changed']]]);
  expect(err).toContain('2023-01 第 1 次结账封存的数被改动过');
  expect((await verify()).code).toBe(0);
});

it('an entry that was changed is named', async () => {
  const change = async (actor: string) => {
    await door.query('ALTER TABLE audit_entries DISABLE TRIGGER USER');
    await door.query('UPDATE audit_entries SET actor = $2 WHERE mine_id = $1 AND seq = 3', [books.mine, actor]);
    await door.query('ALTER TABLE audit_entries ENABLE TRIGGER USER');
  };
  const [{ actor }] = (await door.query<{ actor: string }>(
    'SELECT actor FROM audit_entries WHERE mine_id = $1 AND seq = 3',
    [books.mine],
  )) as [{ actor: string }];
  await change('somebody else');
  const { code, err } = await verify();
  await change(actor);
  expect([code, faults(err)]).toEqual([1, [[books.mine, '3', '', 'entry_changed']]]);
});

it('a sealing that was cut off before its head was written down is made up for', async () => {
  writeFileSync(join(dataDir, 'audit-anchors.jsonl'), '{"mine":"cut');
  await verify();
  const made = readFileSync(join(dataDir, 'audit-anchors.jsonl'), 'utf8');
  expect(made).toBe(`{"mine":"cut\n${JSON.stringify(anchor)}\n`);
});

it('an export is checked alone, and against a head on paper', async () => {
  const path = join(dataDir, 'chain.jsonl');
  await exportChain(door.uow, books.mine, 'test', path);
  process.env['DATABASE_URL'] = 'postgres://nobody@127.0.0.1:1/none';
  const { entries, hash } = anchor;
  expect(await six('verify', path)).toMatchObject({ code: 0, err: '' });
  expect((await six('verify', path, '--anchor', `${entries}:${hash}`)).code).toBe(0);
  const other = await six(
    'verify',
    path,
    '--anchor',
    `${entries}:${hash.replace(/^./, (c) => (c === '0' ? '1' : '0'))}`,
  );
  expect([other.code, faults(other.err)]).toEqual([1, [[path, entries, '', 'anchor_differs']]]);
  writeFileSync(join(dataDir, 'other.txt'), 'no export\n');
  expect((await six('verify', join(dataDir, 'other.txt'))).err).toContain('no_audit_export');
  expect((await six('verify', join(dataDir, 'none.jsonl'))).err).toContain('audit_export_unreadable');
  process.env['DATABASE_URL'] = door.database.ownerUrl;
});

it('asks for what it can use', async () => {
  for (const args of [['a', 'b'], ['a', '--mine', 'x'], ['--anchor', 'nonsense'], ['--force']]) {
    expect((await six('verify', ...args)).code).toBe(2);
  }
});
