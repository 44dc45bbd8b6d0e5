import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { computeFolder } from '../../src/modules/offline/compute-folder.js';
import type { Problem } from '../../src/modules/rules/problem.js';
import { Door, sortedProblems } from '../support/door.js';
import { spoiledFolder, type SpoiledFolder } from './spoiled-folder.js';

/** FOLDERS=2000 widens the run, FIRST=2001 moves it on; a test's name is the seed of its folder. */
const FOLDERS = Number(process.env.FOLDERS ?? 60);
const FIRST = Number(process.env.FIRST ?? 1);
const BY = ['department', 'period', 'category'] as const;

let door: Door;
beforeAll(async () => {
  door = await Door.open();
});
afterAll(() => door.close());

type Verdict = { readonly answer: unknown } | { readonly problems: readonly Problem[] };

function offline(files: SpoiledFolder): Verdict {
  const outcome = computeFolder(new Map(Object.entries(files)), BY);
  return 'answer' in outcome ? outcome : { problems: sortedProblems(outcome.problems) };
}

/** What the door says of a folder; one that it refuses must have written nothing but the log of imports. */
async function throughTheDoor(files: SpoiledFolder): Promise<Verdict> {
  const mine = await door.newMine();
  const before = await door.contents(mine);
  const fate = await door.takeFolder(mine, files);
  expect(fate.reason).toBeNull();
  if (fate.status === 'accepted') return { answer: await door.answer(mine, BY) };
  expect(await door.contents(mine)).toEqual(before);
  return { problems: fate.problems };
}

describe('compute and the door say the same of a folder', () => {
  const found = new Map<string, number>();
  afterAll(() => {
    const counts = [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([code, count]) => `${code} ${count}`);
    console.info(`seeds ${FIRST} to ${FIRST + FOLDERS - 1}; findings: ${counts.join(', ')}`);
  });

  it.each(Array.from({ length: FOLDERS }, (_, at) => FIRST + at))('spoilt folder %i', async (seed) => {
    const { files, defects } = spoiledFolder(seed);
    const expected = offline(files);
    for (const code of 'answer' in expected ? ['(none)'] : expected.problems.map((problem) => problem.code))
      found.set(code, (found.get(code) ?? 0) + 1);
    expect({ defects, ...(await throughTheDoor(files)) }).toEqual({ defects, ...expected });
  });
});
