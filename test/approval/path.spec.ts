import { describe, expect, it } from '@jest/globals';
import { DEFAULT_PATH, rolesFor } from '../../src/modules/approval/app/path.js';
import { pathOf } from './desk.js';

describe('the path of one kind', () => {
  const path = [
    ...pathOf('records', ['reviewer']),
    ...pathOf('records', ['reviewer', 'finance'], '10000.00'),
    ...pathOf('records', ['reviewer', 'finance', 'committee'], '500000.00'),
  ];

  it.each([
    ['0', ['reviewer']],
    ['9999.99', ['reviewer']],
    ['10000', ['reviewer', 'finance']],
    // Red letters weigh as much as black ones.
    ['-10000.00', ['reviewer', 'finance']],
    ['499999.99', ['reviewer', 'finance']],
    ['500000.000', ['reviewer', 'finance', 'committee']],
    // Beyond 2⁵³ fen, where a binary float would already round.
    ['90071992547409.93', ['reviewer', 'finance', 'committee']],
  ])('of %s yuan is that of the highest amount reached: %j', (amount, roles) => {
    expect(rolesFor(path, ['records'], amount)).toEqual(roles);
  });

  it('has no step of a lower amount that the higher one leaves out', () => {
    const higher = [...pathOf('records', ['reviewer']), ...pathOf('records', ['finance'], '10000')];
    expect(['9999.99', '10000'].map((amount) => rolesFor(higher, ['records'], amount))).toEqual([
      ...[['reviewer'], ['finance']],
    ]);
  });

  it('is empty below its first amount, and for a kind without steps', () => {
    expect(rolesFor(pathOf('rates', ['finance'], '100'), ['rates'], '99.99')).toEqual([]);
    expect(rolesFor(path, ['rates'], '1000000')).toEqual([]);
  });
});

describe('the path of several kinds', () => {
  it('is their union, each role once and as late as any of them has it', () => {
    // records: reviewer 1, finance 2 · rates: finance 1 → finance stays behind the reviewer.
    expect(rolesFor(DEFAULT_PATH, ['rates', 'records'], '1')).toEqual(['reviewer', 'finance']);
    const path = [
      ...pathOf('records', ['reviewer', 'finance']),
      ...pathOf('projects', ['quality', 'committee', 'finance']),
    ];
    // reviewer 1, quality 1, committee 2, finance max(2, 3) = 3; at the same place the order of STEP_ROLES.
    expect(rolesFor(path, ['projects', 'records'], '1')).toEqual(['reviewer', 'quality', 'committee', 'finance']);
  });

  it('asks a role that one kind has first and another later only then', () => {
    const path = [...pathOf('records', ['reviewer', 'finance']), ...pathOf('projects', ['finance', 'committee'])];
    // finance max(2, 1) = 2, where the committee is, too, and goes before it.
    expect(rolesFor(path, ['records', 'projects'], '1')).toEqual(['reviewer', 'committee', 'finance']);
  });

  it('does not depend on their order or on naming one twice', () => {
    const twice = rolesFor(DEFAULT_PATH, ['records', 'rates', 'records'], '5');
    expect(twice).toEqual(rolesFor(DEFAULT_PATH, ['rates', 'records'], '5'));
  });
});

describe('the path itself and the opening of a closed month', () => {
  it.each(['rules', 'reopening'])('%s: has a step of finance, whatever the path says', (kind) => {
    expect(rolesFor([], [kind], '0')).toEqual(['finance']);
    expect(rolesFor(pathOf(kind, ['committee']), [kind], '0')).toEqual(['committee', 'finance']);
    expect(rolesFor(pathOf(kind, ['finance', 'committee']), [kind], '0')).toEqual(['finance', 'committee']);
  });
});
