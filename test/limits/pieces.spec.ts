import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { FairTurns } from '../../src/platform/limits/fair-turns.js';
import { jsonInSlices, mapInSlices } from '../../src/platform/limits/in-slices.js';
import { Places } from '../../src/platform/limits/places.js';
import { RequestThrottle } from '../../src/platform/limits/request-throttle.js';
import { TokenBuckets } from '../../src/platform/limits/token-buckets.js';

describe('a bucket of tokens', () => {
  it('gives a burst, then so many a second, and says when there is one again', () => {
    const buckets = new TokenBuckets(2, 3);
    const take = (nowMs: number) => buckets.take('a', nowMs);
    expect([take(0), take(0), take(0), take(0)]).toEqual([0, 0, 0, 1]);
    // Half a second brings one token (2 a second), and not another.
    expect([take(500), take(500)]).toEqual([0, 1]);
    // Ten seconds would bring 20; it holds 3.
    expect([take(10_500), take(10_500), take(10_500), take(10_500)]).toEqual([0, 0, 0, 1]);
    expect(buckets.take('b', 10_500)).toBe(0);
    expect(new TokenBuckets(0.1, 1).take('slow', 0)).toBe(0);
  });

  it('forgets whom it has not seen for longest, and nobody else, when too many come', () => {
    const buckets = new TokenBuckets(1, 1);
    expect([buckets.take('old', 0), buckets.take('busy', 0)]).toEqual([0, 0]);
    for (let i = 0; i < 9_999; i += 1) {
      buckets.take(`other ${i}`, 0);
      buckets.take('busy', 0);
    }
    // A forgotten one has a full bucket again.
    expect([buckets.take('busy', 0) > 0, buckets.take('old', 0)]).toEqual([true, 0]);
  });
});

describe('the throttle', () => {
  const refused = (throttle: RequestThrottle, headers: Record<string, string>, address: string): boolean => {
    try {
      throttle.admit(headers, address, 0);
      return false;
    } catch (error) {
      expect(error).toMatchObject({ trouble: 'throttled', code: 'too_many_requests', params: { retry_after: '1' } });
      return true;
    }
  };

  it('counts made-up keys by the address they come from', () => {
    const throttle = new RequestThrottle(1, 2);
    const answers = ['k1', 'k2', 'k3'].map((key) => refused(throttle, { 'x-api-key': key }, '10.0.0.1'));
    expect(answers).toEqual([false, false, true]);
    expect(refused(throttle, { authorization: 'Bearer x' }, '10.0.0.2')).toBe(false);
    const ofOneNetwork = ['2001:db8::1', '2001:db8::2', '2001:db8::3'].map((from) => refused(throttle, {}, from));
    expect(ofOneNetwork).toEqual([false, false, true]);
  });

  it('counts a caller who was recognised apart from their address, by whichever token', () => {
    const throttle = new RequestThrottle(1, 2);
    const [first, second] = [{ authorization: 'Bearer first' }, { authorization: 'Bearer second' }];
    throttle.recognise(first, 'chaili/wang');
    throttle.recognise(second, 'chaili/wang');
    for (const key of ['k1', 'k2', 'k3']) refused(throttle, { 'x-api-key': key }, '10.0.0.1');
    expect([first, second, first].map((headers) => refused(throttle, headers, '10.0.0.1'))).toEqual([
      ...[false, false, true],
    ]);
  });
});

describe('turns', () => {
  /** Works whose end is said from outside; `begun` tells in which order they began. */
  class Works {
    readonly begun: string[] = [];
    private readonly ends = new Map<string, () => void>();

    constructor(private readonly turns: FairTurns) {}

    ask(asker: string, name: string): Promise<void> {
      return this.turns.run(asker, () => {
        this.begun.push(name);
        return new Promise((resolve) => this.ends.set(name, resolve));
      });
    }

    async end(name: string): Promise<void> {
      this.ends.get(name)!();
      await sleep(0);
    }
  }

  it('go round among those who wait, whoever has asked for more', async () => {
    const works = new Works(new FairTurns({ atOnce: 2, perAsker: 1 }));
    for (const name of ['a1', 'a2', 'a3']) void works.ask('a', name);
    for (const name of ['b1', 'b2']) void works.ask('b', name);
    void works.ask('c', 'c1');
    expect(works.begun).toEqual(['a1', 'b1']);
    await works.end('a1');
    // a may begin again, and stood first; c had to wait for one turn of each, not for all of a's.
    expect(works.begun).toEqual(['a1', 'b1', 'a2']);
    await works.end('a2');
    expect(works.begun).toEqual(['a1', 'b1', 'a2', 'c1']);
    await works.end('b1');
    await works.end('c1');
    expect(works.begun.slice(4).sort()).toEqual(['a3', 'b2']);
  });

  it('are given back by what fails, and refused to whom too many wait', async () => {
    const turns = new FairTurns({ atOnce: 1, perAsker: 1 });
    await expect(turns.run('a', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    const works = new Works(turns);
    for (let i = 0; i <= 64; i += 1) void works.ask('a', `a${i}`);
    await expect(works.ask('a', 'one more')).rejects.toMatchObject({
      ...{ trouble: 'unavailable', code: 'too_many_questions', params: { max: '64' } },
    });
    void works.ask('b', 'b');
    await works.end('a0');
    await works.end('a1');
    expect(works.begun).toEqual(['a0', 'a1', 'b']);
  });
});

it('places are given to one house up to its share, to all up to the whole, and given back', () => {
  const places = new Places(3, 2);
  const giveBack = places.take('chaili');
  places.take('chaili');
  expect(() => places.take('chaili')).toThrow('too_many_transfers');
  places.take('jiangzhuang');
  expect(() => places.take('jiangzhuang')).toThrow('too_many_transfers');
  giveBack();
  places.take('jiangzhuang');
  expect(() => places.take('chaili')).toThrow('too_many_transfers');
});

describe('work in slices', () => {
  it('lets others in between, and answers what would be answered at once', async () => {
    let others = 0;
    const other = setInterval(() => (others += 1), 1);
    const busy = (ms: number) => {
      for (const begun = performance.now(); performance.now() - begun < ms;);
      return ms;
    };
    expect(await mapInSlices([4, 4, 4, 4, 4, 4], busy)).toEqual([4, 4, 4, 4, 4, 4]);
    clearInterval(other);
    expect(others).toBeGreaterThanOrEqual(2);
  });

  it('writes JSON as JSON.stringify does', async () => {
    const value = { 数: ['1', null, { a: undefined }], none: undefined, empty: [], text: '"', inner: { list: [1] } };
    expect(Buffer.concat(await jsonInSlices(value)).toString()).toBe(JSON.stringify(value));
    const long = { rows: Array.from({ length: 5_000 }, (_, at) => ({ 部门: `采煤${at}区`, amount: '0.00' })) };
    const pieces = await jsonInSlices(long);
    expect(pieces.length).toBeGreaterThan(2);
    expect(Buffer.concat(pieces).toString()).toBe(JSON.stringify(long));
  });
});
