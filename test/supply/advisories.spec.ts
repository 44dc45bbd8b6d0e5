import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { advisoryFaults, applying, reported, type Advisories } from '../../supply/advisories.js';
import { lockOf, textOf, type Lock } from '../../supply/lock.js';

const file = (name: string) => textOf(join(import.meta.dirname, '../..', name));
const lock = lockOf(file('package-lock.json'));
const advisories = JSON.parse(file('docs/advisories.json')) as Advisories;

describe('the advisories that are known of what is installed', () => {
  it('are all of packages of the lock, each named once', () => {
    const names = new Set(lock.packages.map(({ name }) => name));
    expect(advisories.known.filter((one) => !names.has(one.package))).toEqual([]);
    expect(new Set(advisories.known.map(({ id }) => id)).size).toBe(advisories.known.length);
    expect(advisories.known.length).toBeGreaterThanOrEqual(25);
  });

  it('apply to no locked version, but those that are accepted with a reason', () => {
    expect(advisoryFaults(applying(advisories, lock), advisories.accepted)).toEqual([]);
  });
});

/** The control: versions on both sides of every bound. */
describe('an advisory', () => {
  const withPg = (version: string): Lock => ({
    ...lock,
    packages: [{ ...lock.packages[0]!, name: 'pg', path: 'node_modules/pg', version }],
  });
  const known = {
    ...{ id: 'GHSA-1', package: 'pg', summary: '' },
    affected: [
      { from: '1.2.0', fixed: '1.10.0' },
      { from: '2.0.0', fixed: '2.0.1' },
    ],
  };

  it.each([
    ['1.1.9', false],
    ['1.2.0', true],
    // By number, not by text: 1.9 comes before 1.10.
    ['1.9.9', true],
    ['1.10.0-beta.1', true],
    ['1.10.0', false],
    ['2.0.0-rc.1', false],
    ['2.0.0', true],
    ['2.0.1', false],
    ['12.0.0', false],
  ])('applies to %s: %s', (version, applies) => {
    const found = applying({ checkedOn: '2024-01-01', known: [known], accepted: [] }, withPg(version));
    expect(found).toEqual(applies ? [{ id: 'GHSA-1', package: 'pg' }] : []);
  });

  it('applies to the package that lies under another name', () => {
    const alias = lock.packages.find(({ path }) => path === 'node_modules/@tensorflow/tfjs-node')!;
    const of = (name: string) => ({ ...known, package: name, affected: [{ from: '0.0.0', fixed: '99.0.0' }] });
    const list = {
      checkedOn: '2024-01-01',
      known: [of('@tensorflow/tfjs'), of('@tensorflow/tfjs-node')],
      accepted: [],
    };
    expect([alias.name, applying(list, lock).map((one) => one.package)]).toEqual([
      ...['@tensorflow/tfjs', ['@tensorflow/tfjs']],
    ]);
  });

  const found = [{ id: 'GHSA-1', package: 'pg' }];
  const accepted = { ...found[0]!, reason: 'we never do that', until: '2024-06-30' };
  it('must be accepted, as long as it applies and until its day', () => {
    expect(advisoryFaults(found, [])).toEqual(['GHSA-1 applies to pg']);
    expect(advisoryFaults(found, [{ ...accepted, package: 'pg-pool' }])).toEqual([
      ...['GHSA-1 applies to pg', 'GHSA-1 of pg-pool is accepted and does not apply'],
    ]);
    expect(advisoryFaults([], [accepted])).toEqual(['GHSA-1 of pg is accepted and does not apply']);
    expect(advisoryFaults(found, [accepted], '2024-06-30')).toEqual([]);
    expect(advisoryFaults(found, [accepted], '2024-07-01')).toEqual(['GHSA-1 was accepted until 2024-06-30']);
    // The tests of a version stay what they were: a day is asked only by `npm run check:supply`.
    expect(advisoryFaults(found, [accepted])).toEqual([]);
  });

  it('is read from what npm audit answers: of the package itself, not of those that depend on it', () => {
    const cause = { source: 1, name: 'pg', url: 'https://github.com/advisories/GHSA-1', range: '<2.0.1' };
    const vulnerabilities = { pg: { via: [cause] }, typeorm: { via: ['pg'] } };
    expect(reported({ vulnerabilities })).toEqual(found);
  });
});
