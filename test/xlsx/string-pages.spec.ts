import { readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, it } from '@jest/globals';
import { StringPages } from '../../src/platform/xlsx/string-pages.js';

const COUNT = 1000;
const text = (index: number) => (index % 7 === 0 ? '' : `${index}${'煤'.repeat(index % 50)}😀\n`);

describe('StringPages', () => {
  it.each([
    ['all in memory', { packedBytes: 1 << 20, unpackedBytes: 1 << 20 }],
    ['half of it in a file', { packedBytes: 40_000, unpackedBytes: 20_000 }],
    ['nothing in memory, one page unpacked at a time', { packedBytes: 0, unpackedBytes: 0 }],
  ])('gives back every string: %s', (_, bounds) => {
    const pages = new StringPages(bounds);
    for (let index = 0; index < COUNT; index++) pages.add(text(index));
    pages.seal();
    expect(pages.length).toBe(COUNT);
    // 7 and 1000 have no common divisor: every index once, far apart; then in order, then backwards.
    const order = Array.from({ length: COUNT }, (_, k) => k);
    for (const indices of [order.map((k) => (k * 7) % COUNT), order, [...order].reverse()]) {
      for (const index of indices) if (pages.at(index) !== text(index)) throw new Error(`string ${index}`);
    }
    pages.close();
  });

  it('leaves no file behind, not even while it is open', () => {
    const files = () => readdirSync(tmpdir()).filter((name) => name.startsWith('strings-'));
    const before = files();
    const pages = new StringPages({ packedBytes: 0, unpackedBytes: 0 });
    for (let index = 0; index < COUNT; index++) pages.add(text(index));
    pages.seal();
    expect(pages.at(999)).toBe(text(999));
    expect(files()).toEqual(before);
    pages.close();
  });
});
