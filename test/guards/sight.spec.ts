import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { wholeMine } from '../../src/modules/mines/index.js';
import { Door } from '../support/door.js';

let door: Door;
beforeAll(async () => {
  // One connection: whoever comes next has the one that was used before.
  door = await Door.open(1);
});
afterAll(() => door.close());

it('what a transaction may see ends with it, also on the same connection', async () => {
  const mine = await door.newMine();
  const items = 'SELECT count(*)::int AS seen FROM items';
  const seen = await door.uow.run(wholeMine(mine), (tx) => tx.rows<{ seen: number }>(items));
  expect(seen[0]!.seen).toBeGreaterThan(20);
  expect(await door.dataSource.query(items)).toEqual([{ seen: 0 }]);
  await expect(
    door.uow.run(wholeMine(mine), async (tx) => {
      await tx.rows(items);
      throw new Error('broken off');
    }),
  ).rejects.toThrow('broken off');
  expect(await door.dataSource.query(items)).toEqual([{ seen: 0 }]);
});
