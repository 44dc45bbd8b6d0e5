import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DIMENSIONS, type Dimension } from '../../analytics/synergy/roll-up.js';
import { Door, type Fate } from '../support/door.js';
import { naive } from '../support/naive.js';
import { randomFolder, splitFolder, type Folder, type Step } from '../support/random-folder.js';

/** FOLDERS=1000 widens the run, FIRST=1001 moves it on; a test's name is the seed of its folder. */
const FOLDERS = Number(process.env.FOLDERS ?? 5);
const FIRST = Number(process.env.FIRST ?? 1);
const seeds = Array.from({ length: FOLDERS }, (_, at) => FIRST + at);

/** The finest rows there are, and the coarser ones, each of which is rounded from its own exact sum (RND-3). */
const GROUPINGS: readonly (readonly Dimension[])[] = [DIMENSIONS, ['department', 'period', 'category'], []];

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

const accepted = ({ status, reason, problems }: Fate) => ({ status, reason, problems });
const ACCEPTED = { status: 'accepted', reason: null, problems: [] };

async function expectOracle(mine: string, folder: Folder): Promise<void> {
  for (const by of GROUPINGS) {
    expect(await door.answer(mine, by)).toEqual(JSON.parse(JSON.stringify(naive(folder, by))));
  }
}

async function take(mine: string, step: Step): Promise<Fate> {
  if (step.kind === 'method') return door.takeFolder(mine, { 'method.json': step.json });
  return door.takeFile(mine, step.kind, step.csv);
}

describe('what the door stores equals the oracle', () => {
  it.each(seeds)('folder %i, taken in at once', async (seed) => {
    const folder = randomFolder(seed);
    const mine = await door.newMine();
    expect(accepted(await door.takeFolder(mine, folder))).toEqual(ACCEPTED);
    await expectOracle(mine, folder);
  });

  it.each(seeds)('folder %i, file by file in a random order', async (seed) => {
    const folder = randomFolder(seed);
    const mine = await door.newMine();
    for (const step of splitFolder(folder, seed)) expect(accepted(await take(mine, step))).toEqual(ACCEPTED);
    await expectOracle(mine, folder);
  });
});

it('control: a sum that is off by a fen is noticed', async () => {
  const folder = randomFolder(FIRST);
  const mine = await door.newMine();
  await door.takeFolder(mine, folder);
  await door.query('UPDATE cells SET m_explicit_actual = m_explicit_actual + 0.01 WHERE mine_id = $1', [mine]);
  await expect(expectOracle(mine, folder)).rejects.toThrow('explicit_actual');
});
