import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { allowedFaults, type Allowed } from '../../supply/allowed.js';
import { lockFaults } from '../../supply/lock-faults.js';
import { lockOf, textOf, type LockedPackage, type Wanted } from '../../supply/lock.js';

const file = (name: string) => textOf(join(import.meta.dirname, '../..', name));
const lock = lockOf(file('package-lock.json'));
const manifest = JSON.parse(file('package.json')) as Wanted;
const allowed = JSON.parse(file('docs/supply.json')) as Allowed;

describe('the lock of the project', () => {
  it('brings the same bytes everywhere', () => {
    expect(lock.packages.length).toBeGreaterThan(500);
    expect(lockFaults(lock, manifest)).toEqual([]);
  });

  it('has no script, licence or override that is not on the list with its reason, and the list nothing else', () => {
    expect(allowedFaults(lock, manifest, allowed)).toEqual([]);
    const reasons = [allowed.installScripts, allowed.licenceExceptions, allowed.overrides].flatMap((list) =>
      Object.values(list),
    );
    expect(reasons.filter((reason) => reason.length < 10)).toEqual([]);
  });

  it('brings @scarf/scarf with its reports switched off', () => {
    expect(JSON.parse(file('package.json'))).toMatchObject({ scarfSettings: { enabled: false } });
  });
});

/** The control: what each rule is there for is told, one at a time. */
describe('a lock that is not to be trusted', () => {
  const changed = (name: string, change: Partial<LockedPackage>) => ({
    ...lock,
    packages: lock.packages.map((one) => (one.path === `node_modules/${name}` ? { ...one, ...change } : one)),
  });

  it.each<[string, Partial<LockedPackage>, string]>([
    [
      'from a host of its own choice',
      { resolved: 'https://example.org/pg.tgz' },
      'node_modules/pg: comes from https://example.org/pg.tgz',
    ],
    [
      'from git',
      { resolved: 'git+ssh://git@github.com/x/pg.git#1' },
      'node_modules/pg: comes from git+ssh://git@github.com/x/pg.git#1',
    ],
    ['without a hash', { integrity: null }, 'node_modules/pg: has no sha512 hash'],
    ['with a short hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }, 'node_modules/pg: has no sha512 hash'],
    ['of a folder', { isLink: true }, 'node_modules/pg: a folder, not a package of the registry'],
    ['of another version', { version: '8.0.0' }, `pg: ${manifest.dependencies!.pg!} is not what is locked`],
  ])('%s', (_, change, fault) => {
    expect(lockFaults(changed('pg', change), manifest)).toEqual([fault]);
  });

  it('of ranges, of another package.json, of an older form', () => {
    const ranged = { ...manifest, dependencies: { ...manifest.dependencies, pg: '^8.0.0' } };
    expect(lockFaults(lock, ranged)).toEqual([
      ...['dependencies of package.json are not those of the lock', 'pg: ^8.0.0 is not one version'],
    ]);
    expect(lockFaults({ ...lock, lockfileVersion: 2 }, manifest)).toEqual(['lockfileVersion 2, not 3']);
  });

  it.each<[Partial<LockedPackage>, string[]]>([
    [{ hasInstallScript: true }, ['pg runs a script when it is installed']],
    [{ licence: 'AGPL-3.0-only' }, [`pg@${manifest.dependencies!.pg!} has a licence that is not on the list`]],
    [{ licence: null }, [`pg@${manifest.dependencies!.pg!} has a licence that is not on the list`]],
    [{ licence: 'MIT AND GPL-2.0-only' }, [`pg@${manifest.dependencies!.pg!} has a licence that is not on the list`]],
    [{ licence: '(MIT OR GPL-2.0-only)' }, []],
  ])('%j', (change, faults) => {
    expect(allowedFaults(changed('pg', change), manifest, allowed)).toEqual(faults);
  });

  it('of an override that nobody explains, and of a list that lags behind', () => {
    const overridden = { ...manifest, overrides: { ...manifest.overrides, pg: '1.0.0' } };
    expect(allowedFaults(lock, overridden, allowed)).toEqual(['pg is overridden']);
    const installScripts = { ...allowed.installScripts, gone: 'was there once, for a reason' };
    expect(allowedFaults(lock, manifest, { ...allowed, installScripts })).toEqual([
      'gone no longer runs a script when it is installed',
    ]);
  });
});
