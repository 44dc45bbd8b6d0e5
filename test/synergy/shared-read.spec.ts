import { setImmediate as later } from 'node:timers/promises';
import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { SharedRead } from '../../src/modules/mines/app/shared-read.js';

/** A counter that is read in two steps: what is answered is its value when the read began. */
function slowCounter() {
  const state = { value: 0, reads: 0 };
  const shared = new SharedRead(async (key: string) => {
    state.reads += 1;
    const seen = state.value;
    await later();
    return `${key}${seen}`;
  });
  return { state, shared };
}

it('is one read for those who ask while none is under way, and one more for those who ask meanwhile', async () => {
  const { state, shared } = slowCounter();
  const first = shared.get('a');
  state.value = 1;
  const meanwhile = Array.from({ length: 30 }, () => shared.get('a'));
  state.value = 2;
  expect(await first).toBe('a0');
  expect(new Set(await Promise.all(meanwhile))).toEqual(new Set(['a2']));
  expect(state.reads).toBe(2);
  expect(await shared.get('b')).toBe('b2');
});

it('never answers with less than stood when it was asked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom('ask', 'change', 'wait'), { maxLength: 60 }), async (steps) => {
      const { state, shared } = slowCounter();
      const asked: Promise<void>[] = [];
      for (const step of steps) {
        if (step === 'change') state.value += 1;
        if (step === 'wait') await later();
        const atLeast = state.value;
        if (step === 'ask') {
          asked.push(shared.get('').then((seen) => expect(Number(seen)).toBeGreaterThanOrEqual(atLeast)));
        }
      }
      await Promise.all(asked);
    }),
  );
});

it('a read that fails fails for its own, and the next is tried', async () => {
  let reads = 0;
  const shared = new SharedRead(async () => {
    reads += 1;
    await later();
    if (reads === 1) throw new Error('gone');
    return reads;
  });
  const [first, second] = [shared.get(null), shared.get(null)];
  await expect(first).rejects.toThrow('gone');
  expect(await second).toBe(2);
  expect(await shared.get(null)).toBe(3);
});
