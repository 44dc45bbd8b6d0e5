import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { dispatch } from '../../src/commands/dispatch.js';
import { runFolder } from '../support/database.js';
import { Door } from '../support/door.js';
import { JANUARY, TwoMonths } from './two-months.js';

let door: Door;
let books: TwoMonths;
const before = { ...process.env };
beforeAll(async () => {
  door = await Door.open();
  books = await TwoMonths.open(door);
  process.env['DATABASE_URL'] = door.database.ownerUrl;
  process.env['DATA_DIR'] = join(runFolder(), 'close-command');
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

it('closes a month, or says line by line what stands in the way', async () => {
  const refused = await six('close', JANUARY, '--mine', books.mine);
  expect({ code: refused.code, out: refused.out }).toEqual({ code: 1, out: '' });
  expect(refused.err.split('\n').map((line) => line.split('\t').slice(0, 4))).toEqual([
    [JANUARY, '0', '', 'not_declared'],
    [''],
  ]);
  expect(refused.err).toContain('2 departments have not declared their reporting complete');
  expect(await books.status(JANUARY)).toBe('open');

  await books.declare(JANUARY);
  const closed = await six('close', JANUARY, '--mine', books.mine);
  expect(closed).toEqual({
    ...{ code: 0, err: '' },
    out: '期间 2023-01 已结账（第 1 次） Period 2023-01 is closed (closing 1)\n',
  });
  expect(await books.status(JANUARY)).toBe('closed');
  expect((await six('close', JANUARY, '--mine', books.mine)).err).toContain('period_already_closed');
});

it('asks for one month', async () => {
  for (const args of [[], ['2023'], [JANUARY, '2023-02'], [JANUARY, '--force']]) {
    expect((await six('close', ...args)).code).toBe(2);
  }
  expect((await six('close', JANUARY, '--mine', 'nobody')).err).toContain('unknown_mine');
});
