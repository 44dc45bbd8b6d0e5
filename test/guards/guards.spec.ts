import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { GUARDS } from './guards.js';
import { CHECKOUT, GuardedCopy } from './removal.js';

/** `GUARDS=all` removes them one by one, which takes an hour; `GUARDS='database|mine'` those of such names. */
const wanted = process.env.GUARDS;

const HOURS = 3_600_000;

describe('the list of guards', () => {
  it('has thirty or more, each under a name of its own', () => {
    expect(GUARDS.length).toBeGreaterThanOrEqual(30);
    expect(new Set(GUARDS.map(({ name }) => name)).size).toBe(GUARDS.length);
  });

  it.each(GUARDS)('$name: its text stands once, and its specs are there', ({ file, from, to, specs }) => {
    expect(readFileSync(join(CHECKOUT, file), 'utf8').split(from).length - 1).toBe(1);
    expect(from).not.toBe(to);
    for (const spec of specs) {
      expect([spec, existsSync(join(CHECKOUT, spec.endsWith('.spec') ? `${spec}.ts` : `${spec}.spec.ts`))]).toEqual([
        spec,
        true,
      ]);
    }
  });
});

(wanted === undefined ? describe.skip : describe)('removed one by one', () => {
  it(
    'are missed, every one of them, by the tests that name them',
    async () => {
      const removed = GUARDS.filter(({ name }) => wanted === 'all' || new RegExp(wanted!).test(name));
      const copy = await GuardedCopy.make();
      try {
        const runs = new Map(removed.map((guard) => [`${guard.specs.join()} ${guard.only} ${guard.asking}`, guard]));
        for (const [run, guard] of runs) {
          process.stdout.write(`with every guard in place: ${run}\n`);
          expect([run, await copy.passes(guard)]).toEqual([run, true]);
        }
        const unnoticed: string[] = [];
        for (const guard of removed) {
          const isNoticed = await copy.notices(guard);
          // At once: a console's lines wait for the end of the spec.
          process.stdout.write(`${isNoticed ? 'noticed' : 'NOT NOTICED'}: ${guard.name}\n`);
          if (!isNoticed) unnoticed.push(guard.name);
        }
        process.stdout.write(`${removed.length - unnoticed.length} of ${removed.length} noticed\n`);
        expect(unnoticed).toEqual([]);
      } finally {
        await copy.remove();
      }
    },
    3 * HOURS,
  );
});
