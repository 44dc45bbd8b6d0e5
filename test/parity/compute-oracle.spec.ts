import { describe, expect, it } from '@jest/globals';
import { DIMENSIONS, type Dimension } from '../../analytics/synergy/roll-up.js';
import { computeFolder } from '../../src/modules/offline/compute-folder.js';
import { naive, type Folder } from '../support/naive.js';
import { randomFolder } from '../support/random-folder.js';

const bytesOf = (folder: Folder) => new Map(Object.entries(folder).map(([name, text]) => [name, Buffer.from(text)]));

/** FOLDERS=1000 widens the run; the figures of the wide run are in docs/evidence.md. */
const FOLDERS = Number(process.env.FOLDERS ?? 50);

describe('compute equals the oracle', () => {
  it.each(Array.from({ length: FOLDERS }, (_, seed) => seed + 1))('random folder %i', (seed) => {
    const folder = randomFolder(seed);
    const groupings: readonly (readonly Dimension[])[] = [
      ['department', 'period', 'category'],
      ['item', 'nature'],
      DIMENSIONS,
      [],
    ];
    for (const by of groupings) {
      expect(computeFolder(bytesOf(folder), by)).toEqual({ answer: JSON.parse(JSON.stringify(naive(folder, by))) });
    }
  });
});
