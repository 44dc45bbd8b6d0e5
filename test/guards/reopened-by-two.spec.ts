import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type pg from 'pg';
import { Door } from '../support/door.js';

let door: Door;
beforeAll(async () => {
  door = await Door.open(1);
});
afterAll(() => door.close());

it('the database keeps no reopening by one person, nor one without a reason', async () => {
  const mine = await door.newMine();
  await door.query(
    `INSERT INTO periods (mine_id, code, start_date, end_date) VALUES ($1, '2023-01', '2023-01-01', '2023-01-31')`,
    [mine],
  );
  const keep = async (version: number, asked: string | null, reason: string, by: string | null) => {
    const values = [mine, version, asked, reason, by];
    const kept = door.query(
      `INSERT INTO closings (mine_id, period, version, method_version, data_version, checklist, closed_by,
         reopen_requested_by, reopen_reason, reopened_by, reopened_at)
       VALUES ($1, '2023-01', $2, 1, 1, '{}', 'ann', $3, $4, $5, now())`,
      values,
    );
    return kept.then(
      () => 'kept',
      (error: pg.DatabaseError) => error.constraint,
    );
  };
  expect(await keep(1, 'ann', '漏报', 'bob')).toBe('kept');
  const REFUSED = 'closings_reopened_by_two';
  expect(await keep(2, 'ann', '漏报', 'ann')).toBe(REFUSED);
  expect(await keep(3, 'ann', '', 'bob')).toBe(REFUSED);
  expect(await keep(4, null, '漏报', 'bob')).toBe(REFUSED);
  expect(await keep(5, 'ann', '漏报', null)).toBe(REFUSED);
});
