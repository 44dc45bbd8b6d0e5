import { describe, expect, it } from '@jest/globals';
import { AnswerCache } from '../../src/modules/synergy/app/answer-cache.js';

const answer = (dataVersion: string, bytes: number, fill = 'x') => ({ dataVersion, body: [Buffer.alloc(bytes, fill)] });

/** Counts how often it is computed. */
function counted(dataVersion: string, bytes = 10, fill = 'x') {
  const counter = { calls: 0, compute: () => Promise.resolve(answer(dataVersion, bytes, fill)) };
  const { compute } = counter;
  counter.compute = () => {
    counter.calls += 1;
    return compute();
  };
  return counter;
}

describe('answers kept in memory', () => {
  it('computes once for a version, and anew for the next', async () => {
    const cache = new AnswerCache(10_000);
    const [first, second] = [counted('1'), counted('2', 10, 'y')];
    await cache.getOrCompute('k', '1', first.compute);
    await cache.getOrCompute('k', '1', first.compute);
    expect(first.calls).toBe(1);
    expect((await cache.getOrCompute('k', '2', second.compute)).body.join('')).toBe('yyyyyyyyyy');
    expect(cache.get('k', '1')).toBeNull();
    expect(cache.get('other', '2')).toBeNull();
  });

  it('computes once for those who ask at the same time, but not for those who saw a later version', async () => {
    const cache = new AnswerCache(10_000);
    const [old, fresh] = [counted('1'), counted('2', 10, 'y')];
    const asked = [
      ...Array.from({ length: 20 }, () => cache.getOrCompute('k', '1', old.compute)),
      ...Array.from({ length: 20 }, () => cache.getOrCompute('k', '2', fresh.compute)),
    ];
    const bodies = (await Promise.all(asked)).map(({ body }) => body[0]!.toString('latin1', 0, 1));
    expect([old.calls, fresh.calls]).toEqual([1, 1]);
    expect(bodies).toEqual([...Array(20).fill('x'), ...Array(20).fill('y')]);
  });

  it('gives out an answer under the version that it shows, not the one that was asked for', async () => {
    const cache = new AnswerCache(10_000);
    const later = counted('2');
    await cache.getOrCompute('k', '1', later.compute);
    expect(cache.get('k', '1')).toBeNull();
    expect(cache.get('k', '2')).not.toBeNull();
  });

  it('drops the least recently used first and stays within its bytes', async () => {
    // Three entries of 1,000 + 500 + 4 bytes fit, a fourth does not.
    const cache = new AnswerCache(5_000);
    for (const key of ['a', 'b', 'c']) await cache.getOrCompute(key, '1', counted('1', 1_000).compute);
    expect(cache.get('a', '1')).not.toBeNull();
    await cache.getOrCompute('d', '1', counted('1', 1_000).compute);
    expect(['a', 'b', 'c', 'd'].filter((key) => cache.get(key, '1') !== null)).toEqual(['a', 'c', 'd']);
    // One that fills everything pushes the others out; one that is too large is given out and not kept.
    await cache.getOrCompute('e', '1', counted('1', 4_400).compute);
    expect(['a', 'c', 'd', 'e'].filter((key) => cache.get(key, '1') !== null)).toEqual(['e']);
    const large = counted('1', 5_000);
    expect(await cache.getOrCompute('f', '1', large.compute)).toMatchObject({ bytes: 5_000 });
    await cache.getOrCompute('f', '1', large.compute);
    expect(large.calls).toBe(2);
    expect(cache.get('e', '1')).not.toBeNull();
  });

  it('keeps nothing of what failed', async () => {
    const cache = new AnswerCache(10_000);
    const failing = () => Promise.reject(new Error('no'));
    await expect(cache.getOrCompute('k', '1', failing)).rejects.toThrow('no');
    const second = counted('1');
    await cache.getOrCompute('k', '1', second.compute);
    expect(second.calls).toBe(1);
  });

  it('tags equal bodies equally', async () => {
    const cache = new AnswerCache(10_000);
    const tags = [];
    for (const [key, fill] of ['xx', 'yx', 'zy'].map((pair) => [...pair])) {
      tags.push((await cache.getOrCompute(key!, '1', counted('1', 10, fill).compute)).etag);
    }
    expect(tags[0]).toBe(tags[1]);
    expect(tags[0]).not.toBe(tags[2]);
    expect(tags[0]).toMatch(/^W\/"[\w-]{27}"$/);
  });
});
