import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from '@jest/globals';
import { unzip, type ZipLimits } from '../../src/platform/files/unzip.js';
import { zipOf, type ZipEntry } from '../support/zip.js';

async function contents(entries: readonly ZipEntry[], limits: ZipLimits): Promise<Record<string, string>> {
  const path = join(await mkdtemp(join(tmpdir(), 'unzip-')), 'a.zip');
  await writeFile(path, zipOf(entries));
  const found: Record<string, string> = {};
  await unzip(path, limits, async (name, content) => {
    found[name] = (await buffer(content)).toString();
  });
  return found;
}

const LIMITS = { maxEntries: 3, maxInflatedBytes: 1000 };
const entry = (name: string, bytes: number): ZipEntry => ({ name, content: Buffer.alloc(bytes, 'a') });

describe('unzip', () => {
  it('hands over each file whole', async () => {
    expect(await contents([entry('a', 3), entry('b/c', 0)], LIMITS)).toEqual({ a: 'aaa', 'b/c': '' });
  });

  it.each([
    ['one byte more than allowed over all entries', [entry('a', 500), entry('b', 501)], 'zip_too_large'],
    ['one entry more than allowed', ['a', 'b', 'c', 'd'].map((name) => entry(name, 1)), 'too_many_entries'],
    ['a CRC that is not that of the content', [{ ...entry('a', 1), claims: { crc: 7 } }], 'not_a_zip'],
  ])('refuses %s', async (_, entries, code) => {
    await expect(contents(entries, LIMITS)).rejects.toMatchObject({ code });
  });

  it('takes the most that is allowed', async () => {
    expect(Object.keys(await contents([entry('a', 500), entry('b', 500)], LIMITS))).toEqual(['a', 'b']);
  });
});
