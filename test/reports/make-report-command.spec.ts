import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispatch } from '../../src/commands/dispatch.js';
import { JANUARY, TwoMonths } from '../periods/two-months.js';
import { runFolder } from '../support/database.js';
import { Door } from '../support/door.js';
import { sha256 } from './make-report-mine.js';

let door: Door;
let books: TwoMonths;
const before = { ...process.env };
beforeAll(async () => {
  door = await Door.open();
  books = await TwoMonths.open(door);
  process.env['DATABASE_URL'] = door.database.ownerUrl;
  process.env['DATA_DIR'] = join(runFolder(), 'report-command');
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
  return { code: await dispatch(args, terminal), out: out.join(''), err: err.join('') };
}

it('writes the five documents of a month, the same again the next time', async () => {
  const folder = join(runFolder(), 'reports-out', 'january');
  const ofMine = ['--mine', books.mine];
  const first = await six('report', JANUARY, '--out', folder, ...ofMine);
  expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
  const names = ['docx', 'html', 'json', 'pdf', 'xlsx'].map((format) => `${books.mine}-${JANUARY}-v0-zh.${format}`);
  expect((await readdir(folder)).sort()).toEqual(names);
  const lines = first.out
    .trimEnd()
    .split('\n')
    .map((line) => line.split('  '));
  for (const [hash, path] of lines) expect(sha256(await readFile(path!))).toBe(hash);
  expect((await six('report', JANUARY, '--out', folder, ...ofMine)).out).toBe(first.out);

  await books.close(JANUARY);
  const final = await six('report', JANUARY, '--out', folder, '--language', 'en', ...ofMine);
  expect(final.code).toBe(0);
  expect((await readdir(folder)).filter((name) => name.includes('-v1-en.'))).toHaveLength(5);
}, 120_000);

it('asks for a period and a folder', async () => {
  for (const args of [[], [JANUARY], ['2023', '--out', 'x'], [JANUARY, '--out', 'x', '--language', 'fr']]) {
    expect((await six('report', ...args)).code).toBe(2);
  }
  for (const [periods, code] of [
    ['2023-02..2023-01', 'period_range_reversed'],
    ['2001-01..2023-12', 'report_range_too_long'],
  ] as const) {
    const refused = await six('report', periods, '--out', join(runFolder(), 'none'), '--mine', books.mine);
    expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: '' });
    expect(refused.err).toContain(code);
  }
});
