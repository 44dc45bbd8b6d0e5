import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { CHECKOUT, GuardedCopy } from '../guards/removal.js';
import { MUTANTS } from './mutants.js';

/** `MUTANTS=all` tries them one by one, which takes some 20 minutes; `MUTANTS='leap|half'` those of such names. */
const wanted = process.env.MUTANTS;

const HOURS = 3_600_000;

describe('the list of mutants of the number, date and scope code', () => {
  it('has sixty or more, each another change', () => {
    expect(MUTANTS.length).toBeGreaterThanOrEqual(60);
    expect(new Set(MUTANTS.map(({ file, from, to }) => [file, from, to].join('\0'))).size).toBe(MUTANTS.length);
  });

  it.each(MUTANTS)('$file: $name', ({ file, from, to, specs }) => {
    expect(readFileSync(join(CHECKOUT, file), 'utf8').split(from).length - 1).toBe(1);
    expect(from).not.toBe(to);
    for (const spec of specs) {
      const path = spec.endsWith('.spec') ? `${spec}.ts` : `${spec}.spec.ts`;
      expect([spec, existsSync(join(CHECKOUT, path))]).toEqual([spec, true]);
    }
  });
});

(wanted === undefined ? describe.skip : describe)('tried one by one', () => {
  it(
    'are killed, every one of them, by the specs that name them',
    async () => {
      const tried = MUTANTS.filter(
        ({ file, name }) => wanted === 'all' || new RegExp(wanted!).test(`${file}: ${name}`),
      );
      const copy = await GuardedCopy.make();
      try {
        const runs = new Map(tried.map((mutant) => [`${mutant.specs.join()} ${mutant.only}`, mutant]));
        for (const [run, mutant] of runs) expect([run, await copy.passes(mutant)]).toEqual([run, true]);
        const survivors: string[] = [];
        for (const mutant of tried) {
          const isKilled = await copy.notices(mutant);
          // At once: a console's lines wait for the end of the spec.
          process.stdout.write(`${isKilled ? 'killed' : 'SURVIVED'}: ${mutant.file}: ${mutant.name}\n`);
          if (!isKilled) survivors.push(`${mutant.file}: ${mutant.name}`);
        }
        process.stdout.write(`${tried.length - survivors.length} of ${tried.length} killed\n`);
        expect(survivors).toEqual([]);
      } finally {
        await copy.remove();
      }
    },
    2 * HOURS,
  );
});
