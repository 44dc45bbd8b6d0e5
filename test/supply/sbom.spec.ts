import { join } from 'node:path';
import { expect, it } from '@jest/globals';
import { lockOf, textOf } from '../../supply/lock.js';
import { billOf, madeBill } from '../../supply/sbom.js';

const lock = lockOf(textOf(join(import.meta.dirname, '../../package-lock.json')));

it('the bill of materials names every package of the lock, with its hash and its licence', () => {
  const { components, metadata } = madeBill('six-synergies');
  const hex = (integrity: string) => Buffer.from(integrity.replace('sha512-', ''), 'base64').toString('hex');
  const purl = (name: string, version: string) => `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const pinned = lock.packages.map(({ name, version, integrity }) => `${purl(name, version)} ${hex(integrity!)}`);
  const billed = components.map(({ purl: of, hashes }) => `${of} ${hashes?.[0]?.content}`);
  expect([...new Set(billed)].sort()).toEqual([...new Set(pinned)].sort());
  const unlicensed = components.filter(({ licenses }) => licenses === undefined || licenses.length === 0);
  expect(unlicensed.map(({ 'bom-ref': ref }) => ref)).toEqual(['png-js@1.1.0', 'typed-function@2.1.0']);
  expect(metadata.component.name).toBe('six-synergies');
});

it('is the same whenever it is made, and in whatever folder', () => {
  const made = (timestamp: string, serialNumber: string, folder: string) => {
    const metadata = { timestamp, tools: [{ version: timestamp }], component: { name: folder, version: '0.1.0' } };
    return billOf(JSON.stringify({ serialNumber, metadata, components: [] }), 'six-synergies');
  };
  const bill = { metadata: { component: { name: 'six-synergies', version: '0.1.0' } }, components: [] };
  expect([made('2024', 'urn:1', 'main'), made('2025', 'urn:2', 'clone')]).toEqual([bill, bill]);
});
